package org.partyline.examples.chat;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import picocli.CommandLine.Option;

/**
 * Where the password comes from. Never from the command line: others on the machine can read that, and shells keep it.
 */
final class PasswordOptions {
    static final String VARIABLE = "PARTYLINE_PASSWORD";
    private static final int LONGEST = 4_096;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Take the password from the first line of a file. Else it is taken from the environment variable "
                            + VARIABLE + ", else asked for.")
    private @Nullable Path file;

    /**
     * {@return the password, for the caller to wipe}
     *
     * @throws IllegalArgumentException if there is none; the message is for the user
     */
    char[] read(Jid account, Map<String, String> environment, boolean interactive) {
        char[] password = find(account, environment, interactive);
        if (password.length == 0) {
            throw new IllegalArgumentException("the password is empty");
        }
        return password;
    }

    private char[] find(Jid account, Map<String, String> environment, boolean interactive) {
        if (file != null) {
            return firstLine(file);
        }
        String variable = environment.get(VARIABLE);
        if (variable != null) {
            return variable.toCharArray();
        }
        Console console = interactive ? System.console() : null;
        if (console == null) {
            throw new IllegalArgumentException(
                    "no terminal to ask for the password on; set " + VARIABLE + " or use --password-file");
        }
        char[] typed = console.readPassword(
                "Password for %s (not shown): ", account.bare().displayForm());
        return typed == null ? new char[0] : typed;
    }

    private static char[] firstLine(Path file) {
        char[] line = new char[LONGEST];
        int length = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (int c = in.read(); c != -1 && c != '\n' && c != '\r'; c = in.read()) {
                if (length == LONGEST) {
                    throw new IllegalArgumentException("--password-file: the first line is too long for a password");
                }
                line[length++] = (char) c;
            }
            return Arrays.copyOf(line, length);
        } catch (IOException e) {
            throw new IllegalArgumentException("--password-file: cannot read " + file, e);
        } finally {
            Arrays.fill(line, '\0');
        }
    }
}
