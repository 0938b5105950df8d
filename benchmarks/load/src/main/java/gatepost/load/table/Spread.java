package gatepost.load.table;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** The middle of what was measured several times, and its bounds. */
record Spread(double median, double min, double max) {

    /** @param values at least one */
    static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /**
     * How many times the one is the other, from those repetitions that both were measured in: what slowed the machine down for a
     * while then counts for both.
     *
     * @return {@code null} when there is no such repetition, or nothing to divide by
     */
    static Spread ofRatios(SortedMap<Integer, Double> ones, Map<Integer, Double> others) {
        var ratios = ones.entrySet().stream()
                .filter(one -> others.containsKey(one.getKey()) && others.get(one.getKey()) != 0)
                .map(one -> one.getValue() / others.get(one.getKey()))
                .toList();
        return ratios.isEmpty() ? null : of(ratios);
    }

    /** @return the median; nothing when there is no value */
    static OptionalDouble median(Collection<Double> values) {
        return values.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(of(values).median());
    }
}
