package gatepost.console.session;

import gatepost.console.ConsoleSettings;
import gatepost.contracts.FailedAttempts;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Slows guessing down: after some failures under a name, and after ten times as many under all names together, the next attempt
 * has to wait. Addresses do not count: behind a proxy all have the same. Safe for use by several threads.
 */
final class SignInThrottle {

    /** Counted under no name, as nobody has an empty one. */
    private static final String ALL = "";

    private static final int ALL_FACTOR = 10;
    private static final int MOST_NAMES = 1000;
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final FailedAttempts<String> attempts;

    SignInThrottle(InstantSource clock) {
        attempts = new FailedAttempts<>(MOST_NAMES, clock);
    }

    /** @return how long an attempt under a name has to wait; zero when it may be made now */
    synchronized Duration wait(String user, ConsoleSettings.Throttle rules) {
        Duration own = attempts.wait(user, rules.failures(), rules.waitMax());
        Duration all = attempts.wait(ALL, ALL_FACTOR * rules.failures(), rules.waitMax());
        return own.compareTo(all) > 0 ? own : all;
    }

    synchronized void failed(String user) {
        attempts.failed(user, MEMORY);
        attempts.failed(ALL, MEMORY);
    }

    synchronized void succeeded(String user) {
        attempts.clear(user);
    }
}
