package org.partyline.robustness;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/** Everything that is logged in this process while one of these is open, from a level upwards. */
public final class LogCapture implements AutoCloseable {
    private static final int MOST = 1_000_000;
    private static volatile LogCapture open;

    private final List<String> lines = new ArrayList<>();

    private final Level least;

    private LogCapture(Level least) {
        this.least = least;
    }

    public static LogCapture from(Level least) {
        LogCapture capture = new LogCapture(least);
        open = capture;
        return capture;
    }

    static boolean takes(Level level) {
        LogCapture capture = open;
        return capture != null && level.toInt() >= capture.least.toInt();
    }

    static void log(Level level, String logger, String message, Throwable failure) {
        LogCapture capture = open;
        if (capture != null) {
            StringBuilder line = new StringBuilder(level + " " + logger + " " + message);
            for (Throwable each = failure; each != null; each = each.getCause()) {
                line.append(" | ").append(each);
            }
            capture.add(line.toString());
        }
    }

    private synchronized void add(String line) {
        if (lines.size() < MOST) {
            lines.add(line);
        }
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines so far, which are forgotten. */
    synchronized List<String> drain() {
        List<String> drained = List.copyOf(lines);
        lines.clear();
        return drained;
    }

    @Override
    public void close() {
        open = null;
    }
}
