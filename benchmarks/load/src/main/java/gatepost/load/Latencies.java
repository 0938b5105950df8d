package gatepost.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Times of many single events, all of them kept. For several threads to add to; read it when they have finished. */
final class Latencies {

    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    /** @param capacity more than that are counted and not kept */
    Latencies(int capacity) {
        nanos = new long[capacity];
    }

    void add(long duration) {
        int index = count.getAndIncrement();
        if (index < nanos.length) {
            nanos[index] = duration;
        }
    }

    /** @return median, 90th, 99th and 99.9th percentile and maximum, in milliseconds */
    String summary() {
        int kept = Math.min(count.get(), nanos.length);
        if (kept == 0) {
            return "none";
        }
        long[] sorted = Arrays.copyOf(nanos, kept);
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms", at(sorted, 0.5), at(sorted, 0.9),
                at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }
}
