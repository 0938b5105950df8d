package gatepost.transport.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast something is taken: each piece takes time, at the rate of whoever takes it, and what was taken too early has to be waited
 * for. One number says it all, so that many connections can share it without a lock. Any thread.
 */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The time, as {@link System#nanoTime} says, until which what was taken lasts. */
    private final AtomicLong lasts;

    Pace(long now) {
        this.lasts = new AtomicLong(now);
    }

    /**
     * Takes, in any case.
     *
     * @param rate a second, 0 for no limit
     * @param burst seconds whose worth may be taken at once
     * @return nanoseconds until more should be taken, 0 or less for none
     */
    long take(long amount, long rate, int burst, long now) {
        if (rate == 0) {
            return 0;
        }
        long time = (long) ((double) amount / rate * SECOND);
        return lasts.updateAndGet(before -> (before - now > 0 ? before : now) + time) - now - burst * SECOND;
    }

    /** @return nanoseconds until everything that was taken is paid for, 0 or less when it is */
    long owed(long now) {
        return lasts.get() - now;
    }
}
