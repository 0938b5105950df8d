package gatepost.console.session;

import gatepost.console.ConsoleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: after some failures under a name, and after ten times as many under all names together, the next attempt
 * has to wait. Nobody sleeps meanwhile, so guessing holds no threads. Safe for use by several threads.
 */
final class SignInThrottle {

    /** Counted under no name, as nobody has an empty one. */
    private static final String ALL = "";

    private static final int ALL_FACTOR = 10;
    private static final int MOST_NAMES = 1000;
    private static final int MOST_DOUBLINGS = 20;
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_NAMES;
        }
    };

    private record Failures(int count, Instant last) {}

    SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** @return how long an attempt under a name has to wait; zero when it may be made now */
    synchronized Duration wait(String user, ConsoleSettings.Throttle rules) {
        Duration own = wait(user, rules.failures(), rules.waitMax());
        Duration all = wait(ALL, ALL_FACTOR * rules.failures(), rules.waitMax());
        return own.compareTo(all) > 0 ? own : all;
    }

    synchronized void failed(String user) {
        count(user);
        count(ALL);
    }

    synchronized void succeeded(String user) {
        failures.remove(user);
    }

    private Duration wait(String key, int free, Duration longest) {
        Failures known = failures.get(key);
        if (known == null || known.count() < free) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(known.count() - free, MOST_DOUBLINGS));
        Duration left =
                Duration.between(clock.instant(), known.last().plus(pause.compareTo(longest) < 0 ? pause : longest));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void count(String key) {
        Instant now = clock.instant();
        Failures known = failures.get(key);
        int before = known == null || known.last().plus(MEMORY).isBefore(now) ? 0 : known.count();
        failures.put(key, new Failures(before + 1, now));
    }
}
