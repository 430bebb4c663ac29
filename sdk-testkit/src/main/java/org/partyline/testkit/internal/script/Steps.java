package org.partyline.testkit.internal.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The steps that there are. */
public final class Steps {
    private Steps() {}

    private interface Action {
        void on(ScriptedConnection connection) throws IOException;
    }

    private record Named(String description, Action action) implements Step {
        @Override
        public void play(ScriptedConnection connection) throws IOException {
            action.on(connection);
        }
    }

    /** Reads until the text came, and drops all up to its end. */
    public static Step expect(String text) {
        Pattern literal = Pattern.compile(Pattern.quote(text));
        return new Named("expect " + text, connection -> connection.readUntil(literal));
    }

    /** Reads until there is a match, drops all up to its end, and keeps the named groups. */
    public static Step expect(Pattern pattern) {
        return new Named("expect match of " + pattern, connection -> connection.readUntil(pattern));
    }

    /** Sends a text, with {@code {name}} replaced by what a named group matched. */
    public static Step send(String text) {
        return new Named(
                "send " + text,
                connection -> connection.write(connection.filledIn(text).getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends bytes as they are. */
    public static Step send(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Named("send " + copy.length + " bytes", connection -> connection.write(copy));
    }

    /** Sends each byte by itself from here on. */
    public static Step byteByByte() {
        return new Named("send byte by byte", ScriptedConnection::splitWrites);
    }

    /** Begins TLS as the server. */
    public static Step startTls() {
        return new Named("start TLS", ScriptedConnection::startTls);
    }

    /** Reads until the client ends the connection. */
    public static Step expectEnd() {
        return new Named("expect the end", ScriptedConnection::readToEnd);
    }

    /** Resets the connection. */
    public static Step reset() {
        return new Named("reset", ScriptedConnection::reset);
    }
}
