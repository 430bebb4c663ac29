package org.partyline.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.partyline.benchmarks.jmh.CodecBenchmark;

/** Runs the micro-benchmarks of the codec: each round is one fork of each. */
final class Codec {
    private Codec() {}

    static void measure(Plan plan, Figures figures) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(CodecBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(plan.forked() ? 1 : 0)
                .warmupIterations(plan.warmUpSeconds())
                .measurementIterations(Math.max(1, plan.seconds()))
                .measurementTime(plan.forked() ? TimeValue.seconds(1) : TimeValue.milliseconds(10));
        for (int round = 1; round <= plan.rounds(); round++) {
            System.err.printf("codec, round %d of %d%n", round, plan.rounds());
            collect(new Runner(options.build()).run(), figures);
        }
    }

    private static void collect(Collection<RunResult> results, Figures figures) {
        for (RunResult result : results) {
            String method = result.getPrimaryResult().getLabel();
            boolean ours = method.startsWith("partyline");
            String work = method.endsWith("Decode") ? "decode" : "encode";
            Map<String, Double> run = new TreeMap<>();
            run.put("ns", result.getPrimaryResult().getScore());
            result.getSecondaryResults().forEach((label, extra) -> {
                if (label.endsWith("alloc.rate.norm")) {
                    run.put("B allocated", extra.getScore());
                }
            });
            String stanza = result.getParams().getParam("stanza");
            figures.add(work + " " + stanza, ours ? "partyline" : "smack", run);
        }
    }
}
