package org.partyline.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partyline.benchmarks.hostile.HostileCost;
import org.partyline.benchmarks.sink.SinkProcess;

/**
 * Measures Partyline beside Smack: by turns, in JVMs of their own, against one sink on loopback. Prints a table in Markdown,
 * and ends by itself.
 */
public final class Benchmarks {
    private static final String CODEC = "codec";
    /** Of Partyline alone: a table of its own, and only on request. */
    private static final String HOSTILE = "hostile";

    private static final List<String> MEASURES = List.of(
            CODEC,
            Worker.OUT,
            Worker.OUT_SAME_ELEMENTS,
            Worker.OUT_EACH,
            Worker.IN,
            Worker.IN_OFF_THE_READER,
            Worker.ECHO,
            Worker.IDLE,
            Worker.SIGN_IN);

    private Benchmarks() {}

    /**
     * Runs measurements.
     *
     * @param arguments names of measures (all if there are none; or {@code hostile} alone), {@code --quick} for a minute that shows little more than
     *     that all works, {@code --rounds n}, {@code --json file}
     * @throws Exception if one fails
     */
    public static void main(String[] arguments) throws Exception {
        Plan plan = Plan.FULL;
        Path json = null;
        int rounds = 0;
        List<String> measures = new ArrayList<>();
        if (List.of(arguments).equals(List.of(HOSTILE))) {
            HostileCost.main(new String[0]);
            return;
        }
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> plan = Plan.QUICK;
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--json" -> json = Path.of(arguments[++i]);
                default -> measures.add(arguments[i]);
            }
        }
        if (!MEASURES.containsAll(measures)) {
            System.err.println("usage: [--quick] [--rounds n] [--json file] [measure...], of " + MEASURES + ", or "
                    + HOSTILE + " alone");
            System.exit(2);
        }
        Figures figures =
                measure(rounds > 0 ? plan.withRounds(rounds) : plan, measures.isEmpty() ? MEASURES : measures);
        System.out.print(figures.table());
        if (json != null) {
            Files.writeString(json, figures.json());
        }
    }

    /** {@return what was measured} */
    static Figures measureAll(Plan plan) throws Exception {
        return measure(plan, MEASURES);
    }

    private static Figures measure(Plan plan, List<String> measures) throws Exception {
        Figures figures = new Figures();
        if (measures.contains(CODEC)) {
            Codec.measure(plan, figures);
        }
        try (SinkProcess sink = SinkProcess.start()) {
            for (String measure : measures) {
                for (int round = 1; round <= plan.rounds() && !measure.equals(CODEC); round++) {
                    // Whoever comes second may find a warmer machine, so they take turns in that too.
                    for (String peer : round % 2 == 1 ? List.of("partyline", "smack") : List.of("smack", "partyline")) {
                        System.err.printf("%s, round %d of %d: %s%n", measure, round, plan.rounds(), peer);
                        figures.add(measure, peer, run(sink, measure, peer, plan));
                    }
                }
            }
        }
        return figures;
    }

    private static Map<String, Double> run(SinkProcess sink, String measure, String peer, Plan plan) throws Exception {
        double before = sink.cpuSeconds();
        long start = System.nanoTime();
        Map<String, Double> run = new LinkedHashMap<>(work(sink, measure, peer, plan));
        if (run.containsKey(Worker.RATE)) {
            run.put("sink busy, share of a core", (sink.cpuSeconds() - before) / (System.nanoTime() - start) * 1e9);
        }
        return run;
    }

    private static Map<String, Double> work(SinkProcess sink, String measure, String peer, Plan plan) throws Exception {
        return plan.forked()
                ? Fork.run(measure, peer, sink.port(), sink.keyStore(), plan)
                : new Worker(peer, sink.port(), sink.keyStore(), plan).run(measure);
    }
}
