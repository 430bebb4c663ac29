package org.partyline.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that was measured, one value a round for each client. The ratio is taken within each round, where both clients met
 * the same machine; its median counts, and its least and greatest tell how much to believe.
 */
final class Figures {
    private record Key(String measure, String figure) {}

    /** What the two clients got, round by round. */
    private record Pair(List<Double> partyline, List<Double> smack) {
        List<Double> ratios() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < Math.min(partyline.size(), smack.size()); i++) {
                if (smack.get(i) != 0) {
                    ratios.add(partyline.get(i) / smack.get(i));
                }
            }
            return ratios;
        }
    }

    private final Map<Key, Pair> pairs = new LinkedHashMap<>();

    void add(String measure, String peer, Map<String, Double> run) {
        run.forEach((figure, value) -> {
            Pair pair = pairs.computeIfAbsent(
                    new Key(measure, figure), key -> new Pair(new ArrayList<>(), new ArrayList<>()));
            (peer.equals("partyline") ? pair.partyline() : pair.smack()).add(value);
        });
    }

    /** {@return the names of measures that have figures of both clients} */
    List<String> compared() {
        return pairs.entrySet().stream()
                .filter(e -> !e.getValue().partyline().isEmpty()
                        && !e.getValue().smack().isEmpty())
                .map(e -> e.getKey().measure())
                .distinct()
                .toList();
    }

    /** {@return a table in Markdown} */
    String table() {
        StringBuilder table = new StringBuilder("""
                | Measure | Figure | Partyline | Smack 4.4.8 | Partyline ÷ Smack | least – greatest |
                |---|---|--:|--:|--:|--:|
                """);
        pairs.forEach((key, pair) -> {
            List<Double> ratios = pair.ratios();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s |%n",
                    key.measure(),
                    key.figure(),
                    number(median(pair.partyline())),
                    number(median(pair.smack())),
                    number(median(ratios)),
                    spread(ratios)));
        });
        return table.toString();
    }

    /** {@return every value, for programs} */
    String json() {
        return pairs.entrySet().stream()
                .map(e -> String.format(
                        Locale.ROOT,
                        "  {\"measure\": \"%s\", \"figure\": \"%s\", \"partyline\": %s, \"smack\": %s}",
                        e.getKey().measure(),
                        e.getKey().figure(),
                        e.getValue().partyline(),
                        e.getValue().smack()))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String spread(List<Double> ratios) {
        return ratios.isEmpty()
                ? "–"
                : number(ratios.stream().min(Double::compare).orElseThrow()) + " – "
                        + number(ratios.stream().max(Double::compare).orElseThrow());
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
