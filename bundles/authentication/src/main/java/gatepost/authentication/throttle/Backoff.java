package gatepost.authentication.throttle;

import java.time.Duration;
import java.time.Instant;

/**
 * The failures of one address, user or pair of both, and until when the next attempt has to wait. Guarded by its owner.
 */
final class Backoff {

    private int failures;
    private Instant last = Instant.MIN;
    private Instant until = Instant.MIN;

    /** @return how long the next attempt has to wait; zero when it need not */
    Duration wait(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    /**
     * Counts a failure. After {@code free} of them each doubles the wait, from a second up to {@code longest}; after
     * {@code memory} without any, counting begins anew.
     */
    void failed(Instant now, int free, Duration longest, Duration memory) {
        if (last.isBefore(now.minus(memory))) {
            failures = 0;
        }
        last = now;
        failures++;
        if (failures >= free) {
            int doublings = Math.min(failures - free, Long.SIZE / 2);
            Duration wait = Duration.ofSeconds(1L << doublings);
            until = now.plus(wait.compareTo(longest) < 0 ? wait : longest);
        }
    }

    /** What was counted as a failure was none. */
    void giveBack(int free) {
        failures = Math.max(failures - 1, 0);
        if (failures < free) {
            until = Instant.MIN;
        }
    }
}
