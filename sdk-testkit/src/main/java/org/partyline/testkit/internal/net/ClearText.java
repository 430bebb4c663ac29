package org.partyline.testkit.internal.net;

import java.io.ByteArrayOutputStream;

/** Everything that clients sent before TLS, so that a test can show what was not in it. Safe for use by several threads. */
final class ClearText {
    /** Bytes that are kept. */
    static final int MAX = 16 * 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean complete = true;

    synchronized void add(byte[] source, int offset, int length) {
        if (bytes.size() + length > MAX) {
            complete = false;
        } else {
            bytes.write(source, offset, length);
        }
    }

    /**
     * {@return all of it}
     *
     * @throws IllegalStateException if there was more than is kept
     */
    synchronized byte[] all() {
        if (!complete) {
            throw new IllegalStateException("more than " + MAX + " bytes were received before TLS");
        }
        return bytes.toByteArray();
    }
}
