package org.partyline.examples.chat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/** What a test types: lines that come when the test gives them. */
final class ChatInput extends InputStream {
    private static final int END = -1;

    private final LinkedBlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();
    private boolean ended;

    void type(String line) {
        for (byte b : (line + "\n").getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xFF);
        }
    }

    void end() {
        bytes.add(END);
    }

    @Override
    public int read() {
        if (ended) {
            return END;
        }
        try {
            int next = bytes.take();
            ended = next == END;
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    /** Gives what is there, so that a reader does not wait for a full buffer. */
    @Override
    public int read(byte[] into, int offset, int length) {
        int count = 0;
        do {
            int next = read();
            if (next == END) {
                return count == 0 ? END : count;
            }
            into[offset + count++] = (byte) next;
        } while (count < length && !bytes.isEmpty());
        return count;
    }
}
