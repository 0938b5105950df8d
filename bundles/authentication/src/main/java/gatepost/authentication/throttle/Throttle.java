package gatepost.authentication.throttle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Slows down the guessing of passwords. An attempt that comes too soon is refused at once, unchecked, with the time to wait: to
 * hold it back would keep a thread or a connection busy for whoever opens many.
 *
 * <p>Failures count for the address and for the user. So that an attacker cannot lock a user out by failing in her name, or a
 * whole office by failing from its address, a user who has signed in from an address before is not measured by either there:
 * only by failures of that user from that address.
 *
 * <p>Refused attempts do not count, so waiting always helps. A check that takes its time is counted as failed before it begins, and
 * given back when it turns out right: of a hundred that come at once no more are checked than may fail. Memory is bounded: what was
 * not used for the longest time is forgotten first. Safe for use by several threads.
 */
public final class Throttle {

    private static final int LIMIT = 10_000;

    private final InstantSource clock;
    private final Map<String, Backoff> addresses = new BoundedMap<>(LIMIT);
    private final Map<String, Backoff> users = new BoundedMap<>(LIMIT);
    private final Map<Pair, Backoff> known = new BoundedMap<>(LIMIT);
    private ThrottleRules rules;

    private record Pair(String user, String address) {}

    public Throttle(ThrottleRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Puts other rules in force; what was counted stays. */
    public synchronized void rules(ThrottleRules changed) {
        rules = changed;
    }

    /** @return how long this user at this address has to wait; zero when the attempt may be checked */
    public synchronized Duration wait(String user, String address) {
        Instant now = clock.instant();
        Backoff pair = known.get(new Pair(user, address));
        if (pair != null) {
            return pair.wait(now);
        }
        Duration forAddress = wait(addresses.get(address), now);
        Duration forUser = wait(users.get(user), now);
        return forAddress.compareTo(forUser) > 0 ? forAddress : forUser;
    }

    /**
     * Counts an attempt that is about to be checked as if it had failed.
     *
     * @return how long it has to wait, in which case it is not counted; zero when it may be checked
     */
    public synchronized Duration begin(String user, String address) {
        Duration wait = wait(user, address);
        if (wait.isZero()) {
            failed(user, address);
        }
        return wait;
    }

    /** An attempt that {@link #begin} has counted was right. */
    public synchronized void right(String user, String address) {
        giveBack(user, address);
        succeeded(user, address);
    }

    /** An attempt that {@link #begin} has counted could not be checked. */
    public synchronized void giveBack(String user, String address) {
        Backoff pair = known.get(new Pair(user, address));
        if (pair != null) {
            pair.giveBack(rules.addressFailures());
            return;
        }
        giveBack(addresses.get(address), rules.addressFailures());
        giveBack(users.get(user), rules.userFailures());
    }

    /**
     * Counts an attempt that took no time to check.
     *
     * @return how long it has to wait, in which case it is not counted and the client may not be told how it turned out; else zero
     */
    public synchronized Duration settle(String user, String address, boolean right) {
        Duration wait = wait(user, address);
        if (wait.isZero() && right) {
            succeeded(user, address);
        } else if (wait.isZero()) {
            failed(user, address);
        }
        return wait;
    }

    /** @return whether the user has signed in from there before */
    public synchronized boolean isKnown(String user, String address) {
        return known.containsKey(new Pair(user, address));
    }

    /** Counts an attempt that was checked and failed. */
    public synchronized void failed(String user, String address) {
        Instant now = clock.instant();
        Backoff pair = known.get(new Pair(user, address));
        if (pair != null) {
            pair.failed(now, rules.addressFailures(), rules.longest(), rules.memory());
            return;
        }
        failed(address);
        users.computeIfAbsent(user, name -> new Backoff())
                .failed(now, rules.userFailures(), rules.longest(), rules.memory());
    }

    /** Counts an attempt in nobody's name, such as a token that was not accepted. */
    public synchronized void failed(String address) {
        addresses
                .computeIfAbsent(address, key -> new Backoff())
                .failed(clock.instant(), rules.addressFailures(), rules.longest(), rules.memory());
    }

    /** From now on this user is known at this address. */
    public synchronized void succeeded(String user, String address) {
        known.put(new Pair(user, address), new Backoff());
    }

    private static void giveBack(Backoff backoff, int free) {
        if (backoff != null) {
            backoff.giveBack(free);
        }
    }

    private static Duration wait(Backoff backoff, Instant now) {
        return backoff == null ? Duration.ZERO : backoff.wait(now);
    }
}
