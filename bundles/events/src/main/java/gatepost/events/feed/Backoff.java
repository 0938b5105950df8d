package gatepost.events.feed;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** How long to wait after so many failures: 1 s, doubling to 5 minutes, up to a quarter less by chance, so that not all come at once. */
final class Backoff {

    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);
    private static final int DOUBLINGS = 9;
    private static final double JITTER = 0.25;

    private final DoubleSupplier chance;

    /** @param chance from 0 to 1 */
    Backoff(DoubleSupplier chance) {
        this.chance = chance;
    }

    /**
     * @param failures 1 or more
     * @return nanoseconds
     */
    long after(int failures) {
        long wait = Math.min(LONGEST, FIRST << Math.min(failures - 1, DOUBLINGS));
        return wait - (long) (wait * JITTER * chance.getAsDouble());
    }
}
