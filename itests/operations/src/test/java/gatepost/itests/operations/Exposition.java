package gatepost.itests.operations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' text format 0.0.4, read strictly: what breaks a rule of the format, or of how metrics are named, is an error here
 * although Prometheus might forgive it.
 */
final class Exposition {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\"\\\\n])*)\"(,|$)");

    /** One line: the name, its labels, its value. */
    record Sample(String name, Map<String, String> labels, double value) {}

    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();

    private Exposition() {}

    static Exposition parse(String text) {
        Exposition exposition = new Exposition();
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no end");
        }
        String family = null;
        Set<String> helped = new HashSet<>();
        for (String line : text.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
                require(helped.add(family), "HELP twice", line);
            } else if (type.matches()) {
                require(type.group(1).equals(family), "TYPE without its HELP before it", line);
                require(exposition.types.put(family, type.group(2)) == null, "TYPE twice", line);
            } else {
                require(family != null, "a sample before its family", line);
                exposition.sample(family, line);
            }
        }
        exposition.check();
        return exposition;
    }

    /** @return the names of all families */
    Set<String> families() {
        return new TreeSet<>(types.keySet());
    }

    /** @return each sample's name and labels, without its value */
    Set<String> series() {
        Set<String> series = new TreeSet<>();
        samples.forEach(sample -> series.add(sample.name() + sample.labels()));
        return series;
    }

    /** @return all values of a label */
    Set<String> values(String label) {
        Set<String> values = new TreeSet<>();
        samples.stream()
                .map(Sample::labels)
                .filter(labels -> labels.containsKey(label))
                .forEach(labels -> values.add(labels.get(label)));
        return values;
    }

    /** @param labels name and value in turn; nothing where nobody has counted yet */
    double counted(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** @param labels name and value in turn; the sum over all others */
    double value(String name, String... labels) {
        if (samples.stream().noneMatch(sample -> sample.name().equals(name) && has(sample, labels))) {
            throw new AssertionError("there is no " + name + " " + List.of(labels) + " in " + series());
        }
        return counted(name, labels);
    }

    private void sample(String family, String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), "no sample", line);
        String name = sample.group(1);
        String type = types.get(family);
        require(type != null, "a sample before its TYPE", line);
        require(
                type.equals("histogram")
                        ? name.matches(Pattern.quote(family) + "_(bucket|sum|count)")
                        : name.equals(family),
                "a sample of another family than " + family,
                line);
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(3));
            int end = 0;
            while (label.find() && label.start() == end) {
                require(labels.put(label.group(1), label.group(2)) == null, "a label twice", line);
                end = label.end();
            }
            require(end == sample.group(3).length() && end > 0, "labels that cannot be read", line);
        }
        samples.add(new Sample(name, labels, number(sample.group(4))));
    }

    private void check() {
        require(series().size() == samples.size(), "the same series twice", series().toString());
        types.forEach((family, type) -> {
            require(
                    type.equals("counter") == family.endsWith("_total"),
                    "counters, and only they, end in _total",
                    family);
            if (type.equals("histogram")) {
                checkHistogram(family);
            }
        });
        samples.forEach(sample -> require(
                types.get(sample.name()) == null || !types.get(sample.name()).equals("counter") || sample.value() >= 0,
                "a counter below nothing",
                sample.toString()));
    }

    private void checkHistogram(String family) {
        double last = 0;
        double bound = Double.NEGATIVE_INFINITY;
        for (Sample sample : samples) {
            if (sample.name().equals(family + "_bucket")) {
                double next = number(sample.labels().get("le"));
                require(next > bound && sample.value() >= last, "buckets that do not grow", sample.toString());
                bound = next;
                last = sample.value();
            }
        }
        require(bound == Double.POSITIVE_INFINITY, "a histogram without a bucket for everything", family);
        require(last == value(family + "_count"), "a count that is not that of the last bucket", family);
        require(value(family + "_sum") >= 0, "a negative sum of times", family);
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static void require(boolean good, String what, String line) {
        if (!good) {
            throw new AssertionError(what + ": " + line);
        }
    }
}
