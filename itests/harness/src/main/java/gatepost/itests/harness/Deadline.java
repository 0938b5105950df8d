package gatepost.itests.harness;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A moment until which something is waited for. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** @return milliseconds that are left, at least 1 */
    int left() throws SocketTimeoutException {
        long left = (nanoTime - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
