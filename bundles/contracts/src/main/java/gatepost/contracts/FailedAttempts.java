package gatepost.contracts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed attempts by what they count for, such as a user or an address, and says how long the next one has to wait: nothing
 * after the first few, then a second, and twice as long after each further one. Nobody sleeps meanwhile, so guessing holds no threads.
 *
 * <p>Memory is bounded: what was not used for the longest time is forgotten first. Not safe for use by several threads: its owner sees
 * to that.
 *
 * @param <K> what failures count for
 */
public final class FailedAttempts<K> {

    private static final int MOST_DOUBLINGS = 32;

    private final InstantSource clock;
    private final Map<K, Count> counts;

    private static final class Count {

        private int failures;
        /** How many there were after the last one: an attempt that is given back does not make its wait shorter. */
        private int atLast;

        private Instant last = Instant.MIN;
    }

    /** @param most of them that are remembered */
    public FailedAttempts(int most, InstantSource clock) {
        this.clock = clock;
        this.counts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Count> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * How long the next attempt has to wait.
     *
     * @param free so many failures less one have no consequence
     * @param longest the longest wait
     * @return zero when it need not wait
     */
    public Duration wait(K key, int free, Duration longest) {
        Count count = counts.get(key);
        if (count == null || count.failures < free) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(count.atLast - free, MOST_DOUBLINGS));
        Instant until = count.last.plus(pause.compareTo(longest) < 0 ? pause : longest);
        Instant now = clock.instant();
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    /**
     * Counts a failure.
     *
     * @param memory after so long without any, counting begins anew
     */
    public void failed(K key, Duration memory) {
        Instant now = clock.instant();
        Count count = counts.computeIfAbsent(key, first -> new Count());
        if (count.last.isBefore(now.minus(memory))) {
            count.failures = 0;
        }
        count.failures++;
        count.atLast = count.failures;
        count.last = now;
    }

    /** What was counted as a failure was none. */
    public void giveBack(K key) {
        Count count = counts.get(key);
        if (count != null) {
            count.failures = Math.max(count.failures - 1, 0);
        }
    }

    /** Forgets the failures, and remembers what they counted for. */
    public void clear(K key) {
        counts.put(key, new Count());
    }

    /** Whether it is remembered: it has failed, or was cleared. */
    public boolean remembers(K key) {
        return counts.containsKey(key);
    }
}
