package gatepost.console.live;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics at one moment: each counter and gauge over all its labels, and the buckets of each histogram. Two of them tell what
 * happened in between.
 */
final class Reading {

    private final long nanos;
    private final Map<String, Double> values = new HashMap<>();
    private final Map<String, List<Bucket>> histograms = new HashMap<>();

    private record Bucket(double upTo, long count) {}

    /** @param nanos when, as {@link System#nanoTime} says */
    Reading(MetricSnapshots metrics, long nanos) {
        this.nanos = nanos;
        for (MetricSnapshot metric : metrics) {
            for (DataPointSnapshot point : metric.getDataPoints()) {
                add(metric.getMetadata().getPrometheusName(), point);
            }
        }
    }

    private void add(String name, DataPointSnapshot point) {
        if (point instanceof CounterDataPointSnapshot counter) {
            values.merge(name, counter.getValue(), Double::sum);
        } else if (point instanceof GaugeDataPointSnapshot gauge) {
            values.merge(name, gauge.getValue(), Double::sum);
        } else if (point instanceof HistogramDataPointSnapshot histogram) {
            List<Bucket> buckets = histograms.computeIfAbsent(name, any -> new ArrayList<>());
            for (ClassicHistogramBucket bucket : histogram.getClassicBuckets()) {
                buckets.add(new Bucket(bucket.getUpperBound(), bucket.getCount()));
            }
        }
    }

    /** @return the value of a gauge or counter; 0 when it is not there */
    double value(String name) {
        return values.getOrDefault(name, 0.0);
    }

    /** @return by how much a counter has grown each second since; a counter that began anew has not grown */
    double rate(Reading earlier, String name) {
        double seconds = (nanos - earlier.nanos) / 1e9;
        return seconds <= 0 ? 0 : Math.max(0, value(name) - earlier.value(name)) / seconds;
    }

    /**
     * How long something took since.
     *
     * @param share 0.5 for the median
     * @return seconds, as exact as the histogram's buckets; {@code null} when nothing was timed
     */
    Double quantile(Reading earlier, String name, double share) {
        List<Bucket> now = histograms.getOrDefault(name, List.of());
        List<Bucket> before = earlier.histograms.getOrDefault(name, List.of());
        long[] counts = new long[now.size()];
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            long known = i < before.size() ? before.get(i).count() : 0;
            counts[i] = Math.max(0, now.get(i).count() - known);
            total += counts[i];
        }
        return total == 0 ? null : position(now, counts, share * total);
    }

    /** Within a bucket values are taken to be spread evenly; the last one has no end. */
    private static Double position(List<Bucket> buckets, long[] counts, double wanted) {
        double below = 0;
        double from = 0;
        for (int i = 0; i < counts.length; i++) {
            double upTo = buckets.get(i).upTo();
            if (counts[i] > 0 && below + counts[i] >= wanted) {
                return Double.isInfinite(upTo) ? from : from + (upTo - from) * (wanted - below) / counts[i];
            }
            below += counts[i];
            from = upTo;
        }
        return from;
    }
}
