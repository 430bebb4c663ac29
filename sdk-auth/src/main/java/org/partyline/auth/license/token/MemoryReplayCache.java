package org.partyline.auth.license.token;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** Forgets what ended first. */
final class MemoryReplayCache implements ReplayCache {
    private record Use(String id, Instant until) {}

    private final int most;
    private final Map<String, Instant> used = new HashMap<>();
    private final PriorityQueue<Use> ends = new PriorityQueue<>((a, b) -> a.until.compareTo(b.until));

    MemoryReplayCache(int most) {
        this.most = most;
    }

    @Override
    public synchronized boolean firstUse(String id, Instant now, Instant until) {
        for (Use first = ends.peek(); first != null && first.until.isBefore(now); first = ends.peek()) {
            ends.poll();
            used.remove(first.id);
        }
        if (used.size() >= most || used.putIfAbsent(id, until) != null) {
            return false;
        }
        ends.add(new Use(id, until));
        return true;
    }
}
