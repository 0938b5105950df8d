package gatepost.authentication.session;

import gatepost.contracts.QuotaReached;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * How often users may replace their sessions' tokens: checking a signature costs many times what sending one does. Counts in windows of a
 * minute, over all sessions of a user. Safe for use by several threads.
 */
public final class RefreshBudget {

    /** The key of the configuration. */
    public static final String LIMIT = "token.refreshes.per.user";

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Map<String, Integer> counts = new HashMap<>();
    private Instant ends = Instant.MIN;
    private int most;

    public RefreshBudget(InstantSource clock) {
        this.clock = clock;
    }

    /** @param perMinute so many of one user, from now on */
    public synchronized void limit(int perMinute) {
        most = perMinute;
    }

    /** Counts one, whatever becomes of it. */
    synchronized void take(String user) throws QuotaReached {
        Instant now = clock.instant();
        if (!now.isBefore(ends)) {
            ends = now.plus(WINDOW);
            counts = new HashMap<>();
        }
        if (counts.merge(user, 1, Integer::sum) > most) {
            throw new QuotaReached(
                    LIMIT, "too many new tokens: user " + user + " may send " + most + " a minute (" + LIMIT + ")");
        }
    }
}
