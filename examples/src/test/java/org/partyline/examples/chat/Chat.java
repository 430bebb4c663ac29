package org.partyline.examples.chat;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.partyline.examples.Main;
import org.partyline.testkit.TestAccount;

/** A chat client in line mode, run by a test. */
final class Chat extends Writer {
    private static final long PATIENCE_MILLIS = 60_000; // against hanging alone

    private final StringBuilder printed = new StringBuilder(); // guarded by this
    private final ChatInput input = new ChatInput();
    private final CompletableFuture<Integer> exit;
    private int seen; // guarded by this

    private Chat(Map<String, String> environment, String... arguments) {
        PrintWriter out = new PrintWriter(this, true);
        exit = CompletableFuture.supplyAsync(
                () -> Main.commandLine(environment, input, out, out).execute(arguments),
                task -> new Thread(task, "chat-under-test").start());
    }

    static Chat with(String... arguments) {
        return new Chat(Map.of(), arguments);
    }

    static Chat in(Map<String, String> environment, String... arguments) {
        return new Chat(environment, arguments);
    }

    static Chat as(TestAccount account, String password, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "chat";
        arguments[1] = "--account";
        arguments[2] = account.jid();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new Chat(Map.of("PARTYLINE_PASSWORD", password), arguments);
    }

    Chat type(String... lines) {
        for (String line : lines) {
            input.type(line);
        }
        return this;
    }

    Chat end() {
        input.end();
        return this;
    }

    /** Waits until a text is printed, after what was waited for before. */
    synchronized Chat await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        int found = printed.indexOf(text, seen);
        while (found < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return fail("\"" + text + "\" was not printed after:\n" + printed.substring(0, seen) + "\n--- but:\n"
                        + printed.substring(seen));
            }
            wait(left);
            found = printed.indexOf(text, seen);
        }
        seen = found + text.length();
        return this;
    }

    int exitCode() throws Exception {
        return exit.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized String text() {
        return printed.toString();
    }

    /** {@return how often a text was printed} */
    long count(String text) {
        return Pattern.compile(text, Pattern.LITERAL).matcher(text()).results().count();
    }

    @Override
    public synchronized void write(char[] from, int offset, int length) {
        printed.append(from, offset, length);
        notifyAll();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
