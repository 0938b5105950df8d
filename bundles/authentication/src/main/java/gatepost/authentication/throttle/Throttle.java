package gatepost.authentication.throttle;

import gatepost.contracts.FailedAttempts;
import java.time.Duration;
import java.time.InstantSource;

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

    private final FailedAttempts<String> addresses;
    private final FailedAttempts<String> users;
    /** Of users at addresses where they have signed in before. */
    private final FailedAttempts<Pair> known;

    private ThrottleRules rules;

    private record Pair(String user, String address) {}

    public Throttle(ThrottleRules rules, InstantSource clock) {
        this.rules = rules;
        this.addresses = new FailedAttempts<>(LIMIT, clock);
        this.users = new FailedAttempts<>(LIMIT, clock);
        this.known = new FailedAttempts<>(LIMIT, clock);
    }

    /** Puts other rules in force; what was counted stays. */
    public synchronized void rules(ThrottleRules changed) {
        rules = changed;
    }

    /** @return how long this user at this address has to wait; zero when the attempt may be checked */
    public synchronized Duration wait(String user, String address) {
        if (isKnown(user, address)) {
            return known.wait(new Pair(user, address), rules.addressFailures(), rules.longest());
        }
        Duration forAddress = addresses.wait(address, rules.addressFailures(), rules.longest());
        Duration forUser = users.wait(user, rules.userFailures(), rules.longest());
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
        if (isKnown(user, address)) {
            known.giveBack(new Pair(user, address));
        } else {
            addresses.giveBack(address);
            users.giveBack(user);
        }
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
        return known.remembers(new Pair(user, address));
    }

    /** Counts an attempt that was checked and failed. */
    public synchronized void failed(String user, String address) {
        if (isKnown(user, address)) {
            known.failed(new Pair(user, address), rules.memory());
        } else {
            failed(address);
            users.failed(user, rules.memory());
        }
    }

    /** Counts an attempt in nobody's name, such as a token that was not accepted. */
    public synchronized void failed(String address) {
        addresses.failed(address, rules.memory());
    }

    /** From now on this user is known at this address. */
    public synchronized void succeeded(String user, String address) {
        known.clear(new Pair(user, address));
    }
}
