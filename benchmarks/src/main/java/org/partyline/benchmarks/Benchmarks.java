package org.partyline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.partyline.benchmarks.sink.RoundTripProxy;
import org.partyline.benchmarks.sink.SinkProcess;

/**
 * Runs the whole-process measurements: each round forks one JVM a client, Partyline and Smack by turns, against one sink;
 * the table shows medians and their ratio.
 */
public final class Benchmarks {
    /** Without Partyline's parser on the class path, Smack would find the JDK's: give it that. */
    private static final String SMACK_PARSER =
            "-Djavax.xml.stream.XMLInputFactory=com.sun.xml.internal.stream.XMLInputFactoryImpl";

    private static final List<String> PEERS = List.of("partyline", "smack");
    private static final Map<String, Integer> COUNTS = new LinkedHashMap<>();

    static {
        COUNTS.put("out", 400_000);
        COUNTS.put("in", 600_000);
        COUNTS.put("echo", 10_000);
        COUNTS.put("idle", 500);
        COUNTS.put("sign-in", 1);
    }

    private Benchmarks() {}

    /**
     * Runs measurements.
     *
     * @param arguments names of measurements (all if there are none), and {@code --rounds n} (3 if absent), {@code
     *     --percent n} (how much of the full count, 100 if absent)
     * @throws Exception if one fails
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = 3;
        int percent = 100;
        List<String> measures = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--percent" -> percent = Integer.parseInt(arguments[++i]);
                default -> {
                    if (!COUNTS.containsKey(arguments[i])) {
                        System.err.println("unknown measurement: " + arguments[i] + "; known: " + COUNTS.keySet());
                        System.exit(2);
                    }
                    measures.add(arguments[i]);
                }
            }
        }
        if (measures.isEmpty()) {
            measures.addAll(COUNTS.keySet());
        }
        try (SinkProcess sink = SinkProcess.start()) {
            for (String measure : measures) {
                int count = Math.max(1, COUNTS.getOrDefault(measure, 1) * percent / 100);
                report(measure, count, measure(sink, measure, count, rounds));
            }
        }
    }

    /** Figures by name, then by peer, one a round. */
    private static Map<String, Map<String, List<Double>>> measure(
            SinkProcess sink, String measure, int count, int rounds) throws Exception {
        Map<String, Map<String, List<Double>>> figures = new TreeMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (String peer : PEERS) {
                System.err.printf(Locale.ROOT, "%s, round %d of %d: %s%n", measure, round, rounds, peer);
                Map<String, Double> run;
                if (measure.equals("sign-in")) {
                    try (RoundTripProxy proxy = RoundTripProxy.to(sink.port())) {
                        run = new TreeMap<>(fork(measure, peer, proxy.port(), sink.keyStore(), count));
                        run.put("flights", (double) proxy.flightsUntilQuiet());
                    }
                } else {
                    double before = sink.cpuSeconds();
                    run = new TreeMap<>(fork(measure, peer, sink.port(), sink.keyStore(), count));
                    run.put("sink-cpu-s", sink.cpuSeconds() - before);
                }
                run.forEach((name, value) -> figures.computeIfAbsent(name, n -> new LinkedHashMap<>())
                        .computeIfAbsent(peer, p -> new ArrayList<>())
                        .add(value));
            }
        }
        return figures;
    }

    private static Map<String, Double> fork(String measure, String peer, int port, Path keyStore, int count)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx2g",
                        SMACK_PARSER,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        measure,
                        peer,
                        Integer.toString(port),
                        keyStore.toString(),
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> figures = new TreeMap<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int equals = line.indexOf('=');
                figures.put(line.substring(0, equals), Double.parseDouble(line.substring(equals + 1)));
            }
        }
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(measure + " of " + peer + " failed");
        }
        return figures;
    }

    private static void report(String measure, int count, Map<String, Map<String, List<Double>>> figures) {
        figures.forEach((name, byPeer) -> {
            List<Double> ours = byPeer.getOrDefault("partyline", List.of());
            List<Double> theirs = byPeer.getOrDefault("smack", List.of());
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-16s n=%-7d partyline %-36s smack %-36s ratio of medians %.3f%n",
                    measure,
                    name,
                    count,
                    range(ours),
                    range(theirs),
                    median(ours) / median(theirs));
        });
    }

    /** The median, then the least and the greatest. */
    private static String range(List<Double> values) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                median(values),
                values.stream().min(Double::compare).orElse(Double.NaN),
                values.stream().max(Double::compare).orElse(Double.NaN));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
