package org.partyline.robustness;

import org.partyline.testkit.Transcript;

/** What a server can do wrong, wherever it stands. */
enum Misbehavior {
    CLOSES,
    RESETS,
    FALLS_SILENT,
    SENDS_GARBAGE,
    SENDS_DOCTYPE,
    SENDS_TOO_MUCH,
    ANSWERS_IN_HTTP,
    SENDS_STREAM_ERROR;

    private static final int TOO_MUCH = 2 * 1024 * 1024;

    /** A server that is good up to a stage, and then is not. */
    Transcript at(Stage stage) {
        Transcript script = stage.script();
        return switch (this) {
            case CLOSES -> script;
            case RESETS -> script.reset();
            case FALLS_SILENT -> script.expectEnd();
            case SENDS_GARBAGE ->
                script.send(new byte[] {0x01, (byte) 0xff, '<', '<', 0x00, '>'}).expectEnd();
            case SENDS_DOCTYPE ->
                script.send("<!DOCTYPE x SYSTEM 'file:///etc/passwd'>").expectEnd();
            case SENDS_TOO_MUCH ->
                script.send((stage.isOpen() ? "" : Stage.HEADER) + "<message><body>")
                        .send("x".repeat(TOO_MUCH))
                        .expectEnd();
            case ANSWERS_IN_HTTP ->
                script.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                        .expectEnd();
            case SENDS_STREAM_ERROR ->
                script.send((stage.isOpen() ? "" : Stage.HEADER)
                                + "<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
                                + "</stream:stream>")
                        .expectEnd();
        };
    }
}
