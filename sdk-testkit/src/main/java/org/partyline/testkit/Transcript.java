package org.partyline.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.partyline.testkit.internal.script.Step;
import org.partyline.testkit.internal.script.Steps;

/**
 * What a scripted server does on one connection, down to the byte. Immutable: each method returns a longer transcript. A
 * {@link TranscriptServer} plays it, without any XML codec, so that a mistake that the SDK's codec makes at both ends shows.
 *
 * <pre>{@code
 * Transcript.begin()
 *         .startTls()
 *         .expect("<stream:stream")
 *         .send("<?xml version='1.0'?><stream:stream xmlns='jabber:client' …>")
 *         .expect(Pattern.compile("<iq [^>]*id=['\"](?<id>[^'\"]+)"))
 *         .send("<iq type='result' id='{id}'/>")
 * }</pre>
 *
 * When the last step was played the connection is closed.
 */
public final class Transcript {
    private final List<Step> steps;

    private Transcript(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** {@return a transcript that does nothing} */
    public static Transcript begin() {
        return new Transcript(List.of());
    }

    private Transcript then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Transcript(longer);
    }

    /**
     * Reads until this text came, and drops everything up to its end.
     *
     * @param text the text, as UTF-8
     * @return the longer transcript
     */
    public Transcript expect(String text) {
        return then(Steps.expect(Objects.requireNonNull(text, "text")));
    }

    /**
     * Reads until there is a match, drops everything up to its end, and keeps what its named groups matched.
     *
     * @param pattern a regular expression
     * @return the longer transcript
     */
    public Transcript expect(Pattern pattern) {
        return then(Steps.expect(Objects.requireNonNull(pattern, "pattern")));
    }

    /**
     * Sends a text as UTF-8. {@code {name}} stands for what the named group of that name matched before.
     *
     * @param text the text
     * @return the longer transcript
     */
    public Transcript send(String text) {
        return then(Steps.send(Objects.requireNonNull(text, "text")));
    }

    /**
     * Sends bytes as they are.
     *
     * @param bytes the bytes; copied
     * @return the longer transcript
     */
    public Transcript send(byte[] bytes) {
        return then(Steps.send(bytes));
    }

    /**
     * Sends each byte by itself from here on, within TLS as a record of its own, so that a client sees every split there is.
     *
     * @return the longer transcript
     */
    public Transcript byteByByte() {
        return then(Steps.byteByByte());
    }

    /**
     * Begins TLS as the server, and waits for the end of the handshake. As the first step, this is direct TLS.
     *
     * @return the longer transcript
     */
    public Transcript startTls() {
        return then(Steps.startTls());
    }

    /**
     * Reads until the client ends the connection.
     *
     * @return the longer transcript
     */
    public Transcript expectEnd() {
        return then(Steps.expectEnd());
    }

    /**
     * Resets the connection.
     *
     * @return the longer transcript
     */
    public Transcript reset() {
        return then(Steps.reset());
    }

    List<Step> steps() {
        return steps;
    }
}
