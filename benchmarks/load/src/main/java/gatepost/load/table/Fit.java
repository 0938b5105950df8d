package gatepost.load.table;

import java.util.SortedMap;

/**
 * The straight line that is nearest to what was measured (least squares).
 *
 * @param fixed what there is without any
 * @param each what one more adds
 * @param error by what share of itself a measured value is off the line at most
 */
record Fit(double fixed, double each, double error) {

    /** @param points at least two values by their numbers */
    static Fit of(SortedMap<Integer, Double> points) {
        double meanNumber =
                points.keySet().stream().mapToInt(Integer::intValue).average().orElseThrow();
        double meanValue = points.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        double product = 0;
        double square = 0;
        for (var point : points.entrySet()) {
            product += (point.getKey() - meanNumber) * (point.getValue() - meanValue);
            square += (point.getKey() - meanNumber) * (point.getKey() - meanNumber);
        }
        double each = product / square;
        double fixed = meanValue - each * meanNumber;
        double error = points.entrySet().stream()
                .mapToDouble(point ->
                        Math.abs(fixed + each * point.getKey() - point.getValue()) / Math.abs(point.getValue()))
                .max()
                .orElseThrow();
        return new Fit(fixed, each, error);
    }
}
