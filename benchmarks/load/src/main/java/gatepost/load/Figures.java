package gatepost.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What one phase has measured: a line for people, and a line for each figure in the file of results. */
final class Figures {

    private final Map<String, Double> values = new LinkedHashMap<>();

    Figures add(String name, double value) {
        values.put(name, value);
        return this;
    }

    /** Adds median, 99th and 99.9th percentile in milliseconds, under the name and {@code _p50_ms} and so on. */
    Figures add(String name, Latency latency) {
        return add(name + "_p50_ms", latency.percentile(50))
                .add(name + "_p99_ms", latency.percentile(99))
                .add(name + "_p999_ms", latency.percentile(99.9))
                .add(name + "_max_ms", latency.percentile(100));
    }

    Figures add(Faults faults) {
        return add("lost", faults.lost())
                .add("doubled", faults.doubled())
                .add("misrouted", faults.misrouted())
                .add("reordered", faults.reordered());
    }

    /** Prints them, and appends them to the file that the work names: broker, users, repetition, phase, figure, value. */
    void report(Broker broker, Work work, String phase) throws IOException {
        StringBuilder line = new StringBuilder(String.format("%-24s", phase));
        StringBuilder results = new StringBuilder();
        values.forEach((name, value) -> {
            line.append(' ').append(name).append('=').append(rounded(value));
            results.append(String.join(
                            "\t",
                            broker.name(),
                            "" + work.users(),
                            "" + work.repetition(),
                            phase,
                            name,
                            rounded(value)))
                    .append('\n');
        });
        System.out.println(line);
        if (!work.results().isEmpty()) {
            Files.writeString(Path.of(work.results()), results, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String rounded(double value) {
        return String.format(
                Locale.ROOT, value == Math.rint(value) || Math.abs(value) >= 1_000 ? "%.0f" : "%.3f", value);
    }
}
