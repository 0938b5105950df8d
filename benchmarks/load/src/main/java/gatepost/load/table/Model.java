package gatepost.load.table;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How Gatepost's cost grows with the number of users and of queues, in Markdown. */
public final class Model {

    private static final String OURS = "gatepost";

    /** @param phase that measured the figure */
    private record Cost(String title, String phase, String figure) {}

    private static final List<Cost> COSTS = List.of(
            new Cost("live heap, KiB, by connected users", "connect", "heap_kib"),
            new Cost("memory (RSS), KiB, by connected users", "connect", "resident_kib"),
            new Cost("live heap, KiB, by queues with a message", "fill:persistent:4", "heap_kib"),
            new Cost("live heap, KiB, by idle queues", "drain", "heap_kib"),
            new Cost("live heap, KiB, by queues with a message, after a start", "stored", "heap_kib"),
            new Cost("store on disk, KiB, by queues with a message", "stored", "store_kib"),
            new Cost("start, ms, by queues with a message", "stored", "start_ms"));

    private final Results results;

    /** @param lines as they stand in a file of results */
    public Model(Stream<String> lines) {
        this.results = new Results(lines.map(Result::of).toList());
    }

    public String markdown() {
        StringBuilder text = new StringBuilder("""
                | what | measured | fixed | each | furthest off | step |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (Cost cost : COSTS) {
            SortedMap<Integer, Double> points = points(cost);
            if (points.size() > 1) {
                Fit fit = Fit.of(points);
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %,.0f | %.3f | %.0f %% | %s |%n",
                        cost.title(),
                        points.entrySet().stream()
                                .map(point ->
                                        String.format(Locale.ROOT, "%,d: %,.0f", point.getKey(), point.getValue()))
                                .collect(Collectors.joining("; ")),
                        fit.fixed(),
                        fit.each(),
                        100 * fit.error(),
                        steps(points)));
            }
        }
        return text.toString();
    }

    private SortedMap<Integer, Double> points(Cost cost) {
        SortedMap<Integer, Double> points = new TreeMap<>();
        for (int number : results.users()) {
            Spread.median(results.values(OURS, number, cost.phase(), cost.figure())
                            .values())
                    .ifPresent(median -> points.put(number, median));
        }
        return points;
    }

    /** What one more adds between each number and the next: the same all along when the growth is a straight line. */
    private static String steps(SortedMap<Integer, Double> points) {
        List<Integer> numbers = List.copyOf(points.keySet());
        return Stream.iterate(1, i -> i < numbers.size(), i -> i + 1)
                .map(i -> String.format(
                        Locale.ROOT,
                        "%.3f",
                        (points.get(numbers.get(i)) - points.get(numbers.get(i - 1)))
                                / (numbers.get(i) - numbers.get(i - 1))))
                .collect(Collectors.joining("; "));
    }
}
