package org.partyline.benchmarks.sink;

import io.netty.buffer.ByteBuf;

/**
 * Finds the top-level elements of a benign client's stream by counting tags: no names, no entities, no checks, so that it
 * costs next to nothing beside the client that is measured.
 */
final class StanzaScanner {
    /** Hears of each element. */
    interface Sink {
        /**
         * An element is complete.
         *
         * @param buffer holds the element
         * @param start index of its {@code <}
         * @param end index after its last byte
         */
        void onElement(ByteBuf buffer, int start, int end);
    }

    private int depth;
    private int start = -1;
    private int next;
    private boolean inTag;
    private boolean closing;
    private byte quote;
    private byte previous;

    /**
     * Scans from where the last call ended, and discards what is complete.
     *
     * @param buffer all bytes not discarded so far
     * @param sink hears of each element
     */
    void scan(ByteBuf buffer, Sink sink) {
        int end = buffer.writerIndex();
        int i = buffer.readerIndex() + next;
        start = buffer.readerIndex();
        while (i < end) {
            if (!inTag) {
                int open = buffer.indexOf(i, end, (byte) '<');
                if (open < 0) {
                    i = end;
                    break;
                }
                if (depth == 0) {
                    start = open;
                }
                inTag = true;
                closing = false;
                previous = '<';
                i = open + 1;
                continue;
            }
            byte b = buffer.getByte(i++);
            if (quote != 0) {
                if (b == quote) {
                    quote = 0;
                }
            } else if (b == '\'' || b == '"') {
                quote = b;
            } else if (b == '/' && previous == '<') {
                closing = true;
            } else if (b == '>') {
                inTag = false;
                if (previous == '?' || isStreamHeader(buffer, i)) {
                    sink.onElement(buffer, start, i);
                    continue;
                }
                if (closing) {
                    depth--;
                } else if (previous != '/') {
                    depth++;
                }
                if (depth <= 0) {
                    depth = 0;
                    sink.onElement(buffer, start, i);
                    start = -1;
                }
            }
            previous = b;
        }
        int keep = depth > 0 || inTag ? start : end;
        buffer.readerIndex(keep);
        next = end - keep;
    }

    /** The root stays open, so its tag is reported as an element of its own. */
    private boolean isStreamHeader(ByteBuf buffer, int end) {
        return depth == 0
                && !closing
                && end - start > 14
                && buffer.getByte(start + 1) == 's'
                && buffer.getByte(start + 7) == ':'
                && buffer.getByte(start + 8) == 's';
    }
}
