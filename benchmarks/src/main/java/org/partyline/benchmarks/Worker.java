package org.partyline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.partyline.benchmarks.client.BenchClient;
import org.partyline.benchmarks.client.PartylineBench;
import org.partyline.benchmarks.client.SmackBench;
import org.partyline.client.ChatResources;

/**
 * One measurement in a JVM of its own. Prints {@code name=value} lines: a rate, a time or a size, and what it cost.
 */
final class Worker {
    private static final int WARM_UP = 20_000;

    private final int port;
    private final Path keyStore;
    private final @Nullable ChatResources resources;

    private Worker(String peer, int port, Path keyStore) {
        this.port = port;
        this.keyStore = keyStore;
        this.resources = peer.equals("partyline") ? ChatResources.create(1, 2, "bench") : null;
    }

    /**
     * Runs one measurement.
     *
     * @param arguments measure, peer, port, key store, count
     * @throws Exception if it fails
     */
    public static void main(String[] arguments) throws Exception {
        Worker worker = new Worker(arguments[1], Integer.parseInt(arguments[2]), Path.of(arguments[3]));
        int count = Integer.parseInt(arguments[4]);
        switch (arguments[0]) {
            case "out" -> worker.throughput(count, BenchClient::send);
            case "in" -> worker.throughput(count, BenchClient::receive);
            case "echo" -> worker.echo(count);
            case "idle" -> worker.idle(count);
            case "sign-in" -> worker.connect().close();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        if (worker.resources != null) {
            worker.resources.closeAsync().get();
        }
        System.exit(0);
    }

    private BenchClient connect() throws Exception {
        return resources != null ? new PartylineBench(port, keyStore, resources) : new SmackBench(port, keyStore);
    }

    private interface Load {
        void run(BenchClient client, int count) throws Exception;
    }

    private void throughput(int count, Load load) throws Exception {
        try (BenchClient client = connect()) {
            for (int i = 0; i < 5; i++) {
                load.run(client, WARM_UP);
            }
            double cpu = cpuSeconds();
            long start = System.nanoTime();
            load.run(client, count);
            double seconds = (System.nanoTime() - start) / 1e9;
            print("rate", count / seconds);
            print("cpu-per-million", (cpuSeconds() - cpu) / count * 1e6);
        }
    }

    private void echo(int count) throws Exception {
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
            print("p50-us", nanos[count / 2] / 1e3);
            print("p99-us", nanos[count * 99 / 100] / 1e3);
        }
    }

    private void idle(int count) throws Exception {
        List<BenchClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            connect().close();
        }
        long heapBefore = heapAfterCollection();
        int threadsBefore = Thread.activeCount();
        for (int i = 0; i < count; i++) {
            clients.add(connect());
        }
        long heap = heapAfterCollection();
        print("heap-kb-each", (heap - heapBefore) / 1024.0 / count);
        print("threads-each", (Thread.activeCount() - threadsBefore) / (double) count);
        for (BenchClient client : clients) {
            client.close();
        }
        clients.clear();
        print("left-kb-each", (heapAfterCollection() - heapBefore) / 1024.0 / count);
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

    private static void print(String name, double value) {
        System.out.println(name + "=" + String.format(Locale.ROOT, "%.3f", value));
    }
}
