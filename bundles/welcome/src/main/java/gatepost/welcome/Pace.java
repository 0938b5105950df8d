package gatepost.welcome;

import java.util.concurrent.TimeUnit;

/**
 * How fast greetings may go out: so many a second, so many without a receipt, and one at a time, after a pause, from a failure to
 * the next success. For one thread. Times are those of {@link System#nanoTime}.
 */
final class Pace {

    /** Nothing may go out before something has come back. */
    static final long UNTIL_BACK = Long.MAX_VALUE;

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private int perSecond = 1;
    private int most = 1;
    private int inFlight;
    private boolean failing;
    private long next;

    Pace(long now) {
        next = now;
    }

    /** Takes over new limits; what went wrong under the old ones does not count any more. */
    void change(int rate, int mostInFlight, long now) {
        perSecond = rate;
        most = mostInFlight;
        failing = false;
        next = now;
    }

    /** @return nanoseconds to wait before the next greeting, {@link #UNTIL_BACK} for an unknown time; 0 or less for none */
    long waitAt(long now) {
        return inFlight >= (failing ? 1 : most) ? UNTIL_BACK : next - now;
    }

    void sent(long now) {
        inFlight++;
        // what was not used of the rate is not made up for by a burst
        next = Math.max(next, now - SECOND / perSecond) + SECOND / perSecond;
    }

    void succeeded() {
        inFlight--;
        failing = false;
    }

    void failed(long now) {
        inFlight--;
        failing = true;
        next = Math.max(next, now + PAUSE);
    }
}
