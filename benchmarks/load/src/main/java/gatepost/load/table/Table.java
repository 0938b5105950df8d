package gatepost.load.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Gatepost beside its peers, in Markdown: a table for each number of users. */
public final class Table {

    private static final String OURS = "gatepost";
    private static final String CEILING = "ceiling";

    private final Results results;

    /** @param lines as the load program appends them to its file of results */
    public Table(Stream<String> lines) {
        this.results = new Results(lines.map(Result::of).toList());
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (int users : results.users()) {
            List<String> brokers = results.brokers(users);
            row(
                    text,
                    Stream.of(
                                    Stream.of(String.format(Locale.ROOT, "%,d users", users)),
                                    brokers.stream(),
                                    Stream.of("Gatepost / best peer", "Gatepost / ceiling"))
                            .flatMap(cells -> cells)
                            .toList());
            row(text, Stream.generate(() -> "---").limit(brokers.size() + 3L).toList());
            for (Line line : Line.all()) {
                append(text, line, users, brokers);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private void append(StringBuilder text, Line line, int users, List<String> brokers) {
        if (brokers.stream().allMatch(broker -> median(line, users, broker).isEmpty())) {
            return;
        }
        Optional<String> best = best(line, users, brokers);
        List<String> cells = new ArrayList<>();
        cells.add(line.title());
        for (String broker : brokers) {
            OptionalDouble median = median(line, users, broker);
            String number = median.isPresent() ? number(median.getAsDouble()) : "";
            cells.add(best.filter(broker::equals).isPresent() ? "**" + number + "**" : number);
        }
        cells.add(best.map(peer -> ratio(line, users, peer) + " " + peer).orElse(""));
        cells.add(line.order() == Line.Order.NONE ? "" : ratio(line, users, CEILING));
        row(text, cells);
    }

    /** The best peer, by its median; the ceiling is none. */
    private Optional<String> best(Line line, int users, List<String> brokers) {
        if (line.order() == Line.Order.NONE) {
            return Optional.empty();
        }
        Comparator<String> byMedian =
                Comparator.comparingDouble(broker -> median(line, users, broker).getAsDouble());
        return brokers.stream()
                .filter(broker -> !broker.equals(OURS) && !broker.equals(CEILING))
                .filter(broker -> median(line, users, broker).isPresent())
                .min(line.order() == Line.Order.LESS ? byMedian : byMedian.reversed());
    }

    /** How many times a broker's figure Gatepost's is: the median over the repetitions, and the least and the most. */
    private String ratio(Line line, int users, String broker) {
        Spread ratios = Spread.ofRatios(
                results.values(OURS, users, line.phase(), line.figure()),
                results.values(broker, users, line.phase(), line.figure()));
        return ratios == null
                ? ""
                : String.format(Locale.ROOT, "%.2f (%.2f..%.2f)", ratios.median(), ratios.min(), ratios.max());
    }

    private OptionalDouble median(Line line, int users, String broker) {
        return Spread.median(
                results.values(broker, users, line.phase(), line.figure()).values());
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT,
                value >= 100 || value == Math.rint(value) ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f",
                value);
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
