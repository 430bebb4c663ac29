package org.partyline.robustness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.partyline.client.ChatResources;

/**
 * Watches loops with a probe each 20 ms, which runs between two tasks. What counts is not how late a probe is, which a busy
 * machine decides, but how much CPU time the loop's own thread took since the last one: no single task can have taken more.
 * A loop that waits instead takes none, so another thread looks as often whether it is waiting for something, and counts
 * how often in a row it was.
 */
final class LoopWatch implements AutoCloseable {
    static final long PERIOD_MILLIS = 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<ScheduledFuture<?>> probes = new ArrayList<>();
    private final List<Probe> loops = new ArrayList<>();
    private final Thread onlooker = new Thread(this::lookOn, "loop-watch");
    private volatile boolean closed;
    private volatile int longestWait;

    LoopWatch(ChatResources resources) {
        for (ScheduledExecutorService loop : loopsOf(resources)) {
            Probe probe = new Probe();
            loops.add(probe);
            probes.add(loop.scheduleAtFixedRate(probe, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        }
        if (loops.isEmpty()) {
            throw new AssertionError("found no loop: the watch would prove nothing");
        }
        onlooker.setDaemon(true);
        onlooker.start();
    }

    /** The most CPU time that a loop took between two probes. */
    long mostCpuMillis() {
        return loops.stream().mapToLong(loop -> loop.most.get()).max().orElseThrow() / 1_000_000;
    }

    /** How long a loop was seen waiting without a break, at most; being at rest is not waiting. */
    long longestWaitMillis() {
        return longestWait * PERIOD_MILLIS;
    }

    long probes() {
        return loops.stream().mapToLong(loop -> loop.count.get()).sum();
    }

    private static final class Probe implements Runnable {
        final AtomicLong most = new AtomicLong();
        final AtomicLong count = new AtomicLong();
        volatile Thread thread;
        private long last;
        int waits;

        @Override
        public void run() {
            thread = Thread.currentThread();
            long now = THREADS.getCurrentThreadCpuTime();
            if (count.getAndIncrement() > 0) {
                most.accumulateAndGet(now - last, Math::max);
            }
            last = now;
        }
    }

    private void lookOn() {
        while (!closed) {
            for (Probe loop : loops) {
                Thread thread = loop.thread;
                // A loop at rest is in the selector, which counts as running.
                boolean waits = thread != null
                        && thread.getState() != Thread.State.RUNNABLE
                        && thread.getState() != Thread.State.TERMINATED;
                loop.waits = waits ? loop.waits + 1 : 0;
                longestWait = Math.max(longestWait, loop.waits);
            }
            LockSupport.parkNanos(PERIOD_MILLIS * 1_000_000);
        }
    }

    /** The loops are nobody's business but the library's, so they are looked for. */
    private static Set<ScheduledExecutorService> loopsOf(Object root) {
        Set<ScheduledExecutorService> found = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            Object each = left.remove();
            if (!seen.add(each)) {
                continue;
            }
            if (each instanceof Iterable<?> group && each instanceof ScheduledExecutorService) {
                group.forEach(loop -> found.add((ScheduledExecutorService) loop));
            } else if (each.getClass().getName().startsWith("org.partyline.")
                    && !each.getClass().isHidden()
                    && !each.getClass().isEnum()) {
                for (Field field : each.getClass().getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        field.setAccessible(true);
                        try {
                            Object value = field.get(each);
                            if (value != null) {
                                left.add(value);
                            }
                        } catch (IllegalAccessException e) {
                            throw new AssertionError(e);
                        }
                    }
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        closed = true;
        probes.forEach(probe -> probe.cancel(false));
        try {
            onlooker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
