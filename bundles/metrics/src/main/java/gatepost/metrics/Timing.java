package gatepost.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram of times for the hot path. The library's own one takes a lock while it is being read and makes an object for each
 * value; this one only adds to two counters.
 */
public final class Timing implements Collector {

    /** In seconds: from what a disk takes to what nobody waits for. */
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
    };

    private static final long[] NANOS = nanos();

    private final MetricMetadata metadata;
    private final LongAdder[] counts = new LongAdder[BOUNDS.length];
    private final LongAdder sum = new LongAdder();

    /** @param name ends in {@code _seconds} */
    public Timing(String name, String help) {
        metadata = new MetricMetadata(name, help);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Notes that something took so long; less than nothing, as a clock that was set back says, counts as nothing. */
    public void record(long time, TimeUnit unit) {
        long nanos = Math.max(0, unit.toNanos(time));
        int bucket = 0;
        while (nanos > NANOS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(nanos);
    }

    @Override
    public MetricSnapshot collect() {
        long[] now = new long[counts.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts[i].sum();
        }
        return new HistogramSnapshot(
                metadata,
                List.of(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, now))
                        .sum(sum.sum() / 1e9)
                        .build()));
    }

    private static long[] nanos() {
        long[] nanos = new long[BOUNDS.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) (BOUNDS[i] * 1e9);
        }
        return nanos;
    }
}
