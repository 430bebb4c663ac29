package org.partyline.benchmarks.sink;

import java.util.Arrays;

/**
 * Cuts a benign client's stream into top-level elements by counting tags: no names, no entities, no checks, so that it
 * costs next to nothing beside the client that is measured. A {@code >} inside a value must be escaped, as both measured
 * clients do.
 */
final class StanzaScanner {
    private static final int MOST = 1 << 20;

    /** Hears of each element. */
    interface Sink {
        /**
         * An element is complete, or the stream's root has opened or closed.
         *
         * @param element begins with the element; valid during the call
         * @param length how many bytes it has
         */
        void onElement(byte[] element, int length);
    }

    private byte[] element = new byte[1024];
    private int length;
    private int tagStart;
    private int depth;
    private boolean inTag;

    /**
     * Scans what has come.
     *
     * @param in holds it
     * @param from where it begins
     * @param end behind its last byte
     * @param sink hears of each element
     */
    void scan(byte[] in, int from, int end, Sink sink) {
        int start = from;
        int at = from;
        while (true) {
            byte wanted = (byte) (inTag ? '>' : '<');
            while (at < end && in[at] != wanted) {
                at++;
            }
            if (at == end) {
                append(in, start, end);
                return;
            }
            if (!inTag) {
                if (depth == 0) {
                    length = 0;
                    start = at;
                }
                tagStart = length + at - start;
            }
            at++;
            inTag = !inTag;
            if (!inTag) {
                append(in, start, at);
                start = at;
                endOfTag(sink);
            }
        }
    }

    private void endOfTag(Sink sink) {
        boolean stays = element[1] == '?' || isStreamHeader();
        if (!stays && element[tagStart + 1] == '/') {
            depth = Math.max(0, depth - 1);
        } else if (!stays && element[length - 2] != '/') {
            depth++;
        }
        if (depth == 0) {
            sink.onElement(element, length);
            length = 0;
        }
    }

    private void append(byte[] in, int from, int end) {
        int count = end - from;
        if (length + count > element.length) {
            if (length + count > MOST) {
                throw new IllegalStateException("an element over " + MOST + " bytes");
            }
            element = Arrays.copyOf(element, Math.max(2 * element.length, length + count));
        }
        System.arraycopy(in, from, element, length, count);
        length += count;
    }

    /** The root stays open, so its tag is reported as an element of its own. */
    private boolean isStreamHeader() {
        return depth == 0 && length > 14 && element[1] == 's' && element[7] == ':' && element[8] == 's';
    }
}
