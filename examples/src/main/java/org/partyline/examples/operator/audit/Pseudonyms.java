package org.partyline.examples.operator.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.partyline.examples.operator.files.PrivateFiles;

/**
 * Names for users that only who has the keys can make: the same for one user within a month, and another in the next. Once
 * a month's key is deleted, nobody can tell any more whom that month's entries are about. For the log's writer, of whom
 * there is one.
 */
public final class Pseudonyms {
    private static final int KEY_BYTES = 32;
    private static final int PSEUDONYM_BYTES = 16;

    private final Path directory;

    /**
     * Keeps its keys in a directory.
     *
     * @param directory the directory; made when the first key is
     */
    public Pseudonyms(Path directory) {
        this.directory = directory;
    }

    /**
     * {@return the user's name in the log}
     *
     * @param user the user's address, normalized
     * @param time when the entry is written
     * @throws IOException if the month's key can be neither read nor made
     */
    public String of(String user, Instant time) throws IOException {
        byte[] key = key(YearMonth.from(time.atZone(ZoneOffset.UTC)));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] full = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
            return "hmac:"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, PSEUDONYM_BYTES));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC-SHA-256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    static boolean isPseudonym(String text) {
        return text.matches("hmac:[A-Za-z0-9_-]{22}");
    }

    private byte[] key(YearMonth month) throws IOException {
        Path file = directory.resolve("users-" + month + ".key");
        if (Files.notExists(file)) {
            PrivateFiles.directory(directory);
            byte[] made = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(made);
            PrivateFiles.write(file, made);
        }
        byte[] key = PrivateFiles.read(file, KEY_BYTES);
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " is no key");
        }
        return key;
    }
}
