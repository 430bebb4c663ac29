package org.partyline.xmpp.internal.trace;

import java.util.ArrayDeque;
import java.util.List;

/** Keeps the newest, within a count and within a sum of bytes; the oldest goes first. Any thread. */
final class TraceRing {
    /** What all that is kept may take, about. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** What was kept at one moment, oldest first, and how many were not. */
    record Snapshot(List<Kept> kept, long dropped) {}

    private final int elements;
    private final ArrayDeque<Kept> ring = new ArrayDeque<>();
    private int bytes;
    private long dropped;

    TraceRing(int elements) {
        this.elements = elements;
    }

    synchronized void add(Kept newest) {
        ring.add(newest);
        bytes += newest.weight();
        while (ring.size() > elements || bytes > MAX_BYTES) {
            bytes -= ring.remove().weight();
            dropped++;
        }
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(List.copyOf(ring), dropped);
    }

    synchronized int bytes() {
        return bytes;
    }
}
