package org.partyline.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.partyline.client.ChatClient;
import org.partyline.client.ChatResources;
import org.partyline.session.ConnectionState;
import org.slf4j.event.Level;

/**
 * What must hold of a client whatever is done to it: nobody is called but by what is said, nothing is thrown that nobody
 * catches, no loop is held up for 250 ms (see {@link LoopWatch} for how that is told on a busy machine), no more than 8 MiB
 * of heap are kept, the state is the one that is said, and no secret is logged at TRACE. Begins with the whole process's
 * log, so there is one at a time.
 */
public final class HostileOracle implements AutoCloseable {
    static final long MOST_LOOP_MILLIS = 250;
    static final long MOST_HEAP = 8L << 20;

    final LogCapture log = LogCapture.from(Level.TRACE);
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final List<String> secrets;
    private final LoopWatch loops;
    private ChatClient client;
    private Heard heard;
    private long heapBefore;
    private long heapGrowth;

    public HostileOracle(ChatResources resources, List<String> secrets) {
        this.secrets = secrets;
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        loops = new LoopWatch(resources);
    }

    /** From now on the client is watched; it is online. */
    public Heard watch(ChatClient watched) {
        client = watched;
        heard = new Heard(watched);
        heapBefore = usedHeap();
        return heard;
    }

    /** Judges a client that has been through all that was planned. */
    public void judge(String attack, ConnectionState state, int told) {
        assertEquals(state, client.state(), attack);
        assertEquals(told, heard.told.size(), () -> attack + " was told: " + firstOf(heard.told));
        assertEquals(
                List.of(),
                heard.raw.stream()
                        .filter(xml -> xml.contains("forged"))
                        .limit(3)
                        .toList(),
                attack);
        heard.told.clear();
        heard.raw.clear();
        judgeLog(attack);
        assertEquals(List.of(), uncaught, attack);
        heapGrowth = usedHeap() - heapBefore;
        assertTrue(heapGrowth < MOST_HEAP, () -> attack + " keeps " + heapGrowth + " bytes of heap");
        assertTrue(loops.probes() > 0, "no probe ran: the watch would prove nothing");
        assertTrue(
                loops.mostCpuMillis() <= MOST_LOOP_MILLIS,
                () -> attack + " keeps a loop busy for " + loops.mostCpuMillis() + " ms");
        assertTrue(
                loops.longestWaitMillis() <= MOST_LOOP_MILLIS,
                () -> attack + " makes a loop wait for " + loops.longestWaitMillis() + " ms");
    }

    /** Apart, so that the lines are gone when the heap is looked at. */
    private void judgeLog(String attack) {
        List<String> lines = log.drain();
        assertTrue(!lines.isEmpty(), "nothing was logged at all: the oracle would be deaf");
        assertEquals(
                List.of(),
                lines.stream().filter(HostileOracle::isAlarm).limit(5).toList(),
                attack);
        for (String secret : secrets) {
            String plain = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    List.of(),
                    lines.stream()
                            .filter(line ->
                                    line.contains(secret) || line.contains(plain.substring(0, plain.length() - 4)))
                            .limit(3)
                            .toList(),
                    attack);
        }
    }

    /** For a table of what was seen. */
    String figures() {
        return loops.mostCpuMillis() + " ms of CPU, " + heapGrowth / 1024 + " KiB of heap";
    }

    /** Whatever the library or Netty logs as a fault; leaks of buffers among it. */
    private static boolean isAlarm(String line) {
        return line.startsWith("ERROR")
                || line.contains("LEAK:")
                || (line.startsWith("WARN") && !line.startsWith("WARN org.partyline"));
    }

    private static List<String> firstOf(List<String> told) {
        return told.stream()
                .limit(5)
                .map(each -> each.substring(0, Math.min(200, each.length())))
                .toList();
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Override
    public void close() {
        loops.close();
        Thread.setDefaultUncaughtExceptionHandler(before);
        log.close();
    }
}
