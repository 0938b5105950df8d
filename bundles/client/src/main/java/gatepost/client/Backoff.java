package gatepost.client;

/** How long to wait before the next attempt: 100 ms, then twice as long each time, up to 5 s. For one thread. */
final class Backoff {

    private static final long FIRST = 100;
    private static final long LONGEST = 5000;

    private long next = FIRST;

    /** @return milliseconds */
    long next() {
        long delay = next;
        next = Math.min(LONGEST, next * 2);
        return delay;
    }

    void reset() {
        next = FIRST;
    }
}
