package org.partyline.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What this process holds of the system.
 *
 * @param threads threads that live
 * @param sockets sockets that are open
 */
record Footprint(int threads, long sockets) {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    static Footprint now() {
        return new Footprint(Thread.activeCount(), openSockets());
    }

    private static long openSockets() {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.filter(Footprint::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false; // since the list was made
        }
    }

    /** Waits until no more is held than this. */
    void awaitReturn(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Footprint now = now();
        while (now.threads > threads || now.sockets > sockets) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("before: " + this + ", now: " + now);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            now = now();
        }
    }
}
