package gatepost.events.feed;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether the subscriber as a whole may be asked now. Who fails for several users again and again is down, and is asked for one event at a
 * time until it takes one: a fault with one user alone holds up nobody else. One thread.
 */
final class Pace {

    static final int DOWN_AFTER = 10;
    private static final int USERS = 3;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Backoff backoff;
    private final Set<String> failing = new HashSet<>();
    private int inARow;
    private int probes;
    private boolean down;
    private boolean waits;
    private long notBefore;

    Pace(Backoff backoff) {
        this.backoff = backoff;
    }

    boolean isDown() {
        return down;
    }

    /** @return whether it waits, whoever has something to be told */
    boolean waits(long now) {
        if (waits && notBefore - now <= 0) {
            waits = false;
        }
        return waits;
    }

    /** When it may be asked again, while it {@link #waits}. */
    long notBefore() {
        return notBefore;
    }

    /**
     * It has taken one.
     *
     * @return whether it was down
     */
    boolean taken() {
        boolean before = down;
        go();
        return before;
    }

    /** @return whether it is down since this one */
    boolean failed(String user, Duration after, long now) {
        boolean before = down;
        inARow++;
        if (failing.size() < USERS) {
            failing.add(user);
        }
        down |= inARow >= DOWN_AFTER && failing.size() >= USERS;
        if (down) {
            waitUntil(now + backoff.after(++probes), now);
        }
        if (after != null) {
            Duration bounded = after.compareTo(LONGEST) > 0 ? LONGEST : after;
            waitUntil(now + bounded.toNanos(), now);
        }
        return down && !before;
    }

    /** Nothing was asked for; it is not there to be asked. */
    void pause(Duration time, long now) {
        waitUntil(now + time.toNanos(), now);
    }

    /** It may be asked for anything now. */
    void go() {
        down = false;
        waits = false;
        inARow = 0;
        probes = 0;
        failing.clear();
    }

    /** It may be asked once, now. */
    void probe() {
        waits = false;
    }

    private void waitUntil(long nanos, long now) {
        if (!waits(now) || nanos - notBefore > 0) {
            waits = true;
            notBefore = nanos;
        }
    }
}
