package gatepost.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Times of many single events, to three digits. One thread adds; others read when it has finished. */
final class Latency {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private final Histogram nanos = new Histogram(LONGEST, 3);

    void add(long duration) {
        nanos.recordValue(Math.max(0, Math.min(duration, LONGEST)));
    }

    /** @return milliseconds within which the percentage of all events lies; 0 when there was none */
    double percentile(double percentage) {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentage) / 1e6;
    }
}
