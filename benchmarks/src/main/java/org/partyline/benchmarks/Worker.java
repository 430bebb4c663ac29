package org.partyline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.partyline.benchmarks.client.BenchClient;
import org.partyline.benchmarks.client.PartylineBench;
import org.partyline.benchmarks.client.SmackBench;
import org.partyline.benchmarks.sink.RoundTripProxy;
import org.partyline.client.ChatResources;

/** One measurement of one client. As a program it prints {@code name=value} lines. */
final class Worker {
    static final String OUT = "out";
    static final String OUT_SAME_ELEMENTS = "out-same-elements";
    static final String OUT_EACH = "out-each-acknowledged";
    static final String IN = "in";
    static final String IN_OFF_THE_READER = "in-off-the-reader";
    static final String ECHO = "echo";
    static final String IDLE = "idle";
    static final String SIGN_IN = "sign-in";
    static final String RATE = "messages/s";

    private static final int DEADLINE_SECONDS = 300;

    private final int port;
    private final Path keyStore;
    private final Plan plan;
    private final @Nullable ChatResources resources;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    Worker(String peer, int port, Path keyStore, Plan plan) {
        this.port = port;
        this.keyStore = keyStore;
        this.plan = plan;
        this.resources = peer.equals("partyline") ? ChatResources.create(1, 2, "bench") : null;
    }

    /**
     * Runs one measurement.
     *
     * @param arguments measure, peer, port, key store, plan
     * @throws Exception if it fails
     */
    public static void main(String[] arguments) throws Exception {
        Thread deadline = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(DEADLINE_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(3);
        });
        deadline.setDaemon(true);
        deadline.start();
        new Worker(arguments[1], Integer.parseInt(arguments[2]), Path.of(arguments[3]), Plan.decode(arguments[4]))
                .run(arguments[0])
                .forEach((name, value) -> System.out.println(name + "=" + String.format(Locale.ROOT, "%.3f", value)));
        System.out.flush();
        System.exit(0);
    }

    Map<String, Double> run(String measure) throws Exception {
        try {
            switch (measure) {
                case OUT -> throughput(BenchClient::send, true);
                case OUT_SAME_ELEMENTS -> throughput(BenchClient::sendSameElements, true);
                case OUT_EACH -> throughput(BenchClient::sendEachAcknowledged, true);
                case IN -> throughput(BenchClient::receive, false);
                case IN_OFF_THE_READER -> throughput(BenchClient::receiveOffTheReader, false);
                case ECHO -> echo();
                case IDLE -> idle();
                case SIGN_IN -> signIn();
                default -> throw new IllegalArgumentException(measure);
            }
            return figures;
        } finally {
            if (resources != null) {
                resources.closeAsync().get();
            }
        }
    }

    private BenchClient connect() throws Exception {
        return connect(port);
    }

    private BenchClient connect(int port) throws Exception {
        return resources != null ? new PartylineBench(port, keyStore, resources) : new SmackBench(port, keyStore);
    }

    private interface Load {
        void run(BenchClient client, int count) throws Exception;
    }

    private void throughput(Load load, boolean sends) throws Exception {
        try (BenchClient client = connect()) {
            runFor(plan.warmUpSeconds(), client, load);
            long bytes = client.bytesSent();
            double cpu = cpuSeconds();
            long allocated = allocatedBytes();
            long start = System.nanoTime();
            int count = runFor(plan.seconds(), client, load);
            double seconds = (System.nanoTime() - start) / 1e9;
            figures.put(RATE, count / seconds);
            figures.put("CPU s a million", (cpuSeconds() - cpu) / count * 1e6);
            figures.put("B allocated a message", (allocatedBytes() - allocated) / (double) count);
            if (sends) {
                figures.put("B sent a message", (client.bytesSent() - bytes) / (double) count);
            }
        }
    }

    private int runFor(int seconds, BenchClient client, Load load) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int count = 0;
        do {
            load.run(client, plan.batch());
            count += plan.batch();
        } while (System.nanoTime() - end < 0);
        return count;
    }

    private void signIn() throws Exception {
        try (RoundTripProxy proxy = RoundTripProxy.to(port);
                BenchClient client = connect(proxy.port())) {
            figures.put("round trips", (double) proxy.flights());
            client.echo();
        }
    }

    private void echo() throws Exception {
        int count = plan.echoes();
        try (BenchClient client = connect()) {
            for (int i = 0; i < count; i++) {
                client.echo();
            }
            long[] nanos = new long[count];
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                client.echo();
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            figures.put("median µs", nanos[count / 2] / 1e3);
            figures.put("99th percentile µs", nanos[count * 99 / 100] / 1e3);
        }
    }

    private void idle() throws Exception {
        int count = plan.sessions();
        for (int i = 0; i < 5; i++) {
            connect().close();
        }
        long heapBefore = heapAfterCollection();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        List<BenchClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(connect());
        }
        long heap = heapAfterCollection();
        figures.put("heap kB a session", (heap - heapBefore) / 1024.0 / count);
        figures.put(
                "threads a session",
                (ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore) / (double) count);
        for (BenchClient client : clients) {
            client.close();
        }
        clients.clear();
        figures.put("heap kB left after closing", (heapAfterCollection() - heapBefore) / 1024.0 / count);
    }

    /** The smallest reading of several: a collection can leave what finalizers and queues still hold. */
    private static long heapAfterCollection() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(300);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static double cpuSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** What the threads that live have allocated: load starts and ends none. */
    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
