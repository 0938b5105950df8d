package gatepost.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Whether what Gatepost takes grows within one of its lives. */
final class Growth {

    /** Fewer samples of one life say nothing. */
    private static final int FEWEST = 6;

    private static final long HEAP = 16L << 20;
    private static final long DISK = 128L << 20;
    private static final long FILES = 60;
    private static final long THREADS = 40;

    private Growth() {}

    /** @return what is higher in the last third of a life than in its first, by more than its normal coming and going */
    static List<String> of(List<Sample> samples) {
        List<String> faults = new ArrayList<>();
        int lives = samples.stream().mapToInt(Sample::life).max().orElse(0);
        for (int i = 1; i <= lives; i++) {
            int life = i;
            List<Sample> those =
                    samples.stream().filter(sample -> sample.life() == life).toList();
            if (those.size() >= FEWEST) {
                grown(those, "heap", Sample::heap, HEAP, faults);
                grown(those, "disk", Sample::disk, DISK, faults);
                grown(those, "open files", Sample::files, FILES, faults);
                grown(those, "threads", Sample::threads, THREADS, faults);
            }
        }
        return faults;
    }

    private static void grown(
            List<Sample> samples, String what, ToLongFunction<Sample> value, long allowed, List<String> faults) {
        int third = samples.size() / 3;
        long first = median(samples.subList(0, third), value);
        long last = median(samples.subList(samples.size() - third, samples.size()), value);
        if (last - first > allowed) {
            faults.add("start " + samples.get(0).life() + ": " + what + " grew from " + first + " to " + last);
        }
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> value) {
        return samples.stream()
                .mapToLong(value)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
