package gatepost.presence;

import gatepost.contracts.Presence.State;
import java.util.OptionalLong;

/**
 * A user who is on line, or whom somebody watches; nobody else takes memory. Belongs to the {@link Roster} and its thread, but for
 * {@link #state}, which any thread may ask for.
 */
final class Person {

    private final String name;
    /** By which wide subscriptions note whom they have to be told of. */
    private final int slot;
    /** When what is said of them began: above 0 on line, below 0 off line, 0 off line and nobody knows. One number, since others read it. */
    private volatile long said;

    /** Until that is on the disk nobody is told that they are on line. */
    private boolean arriving;

    private int sessions;
    /** Milliseconds since 1970. */
    private long lastSessionEnded;
    /** How many subscriptions have not been told yet. */
    private int owed;
    /** The first of those that watch them by name. */
    private Watch.Name watches;

    Person(String name, int slot) {
        this.name = name;
        this.slot = slot;
    }

    String name() {
        return name;
    }

    int slot() {
        return slot;
    }

    boolean isOnline() {
        return said > 0;
    }

    /** @param when milliseconds since 1970 */
    void onlineSince(long when) {
        said = Math.max(1, when);
        arriving = false;
    }

    /** @param when milliseconds since 1970, 0 where it is not known */
    void offlineSince(long when) {
        said = -when;
    }

    /** @return what is said of them; any thread */
    State state() {
        long now = said;
        return new State(name, now > 0, now == 0 ? OptionalLong.empty() : OptionalLong.of(Math.abs(now)));
    }

    boolean isArriving() {
        return arriving;
    }

    void arrives() {
        arriving = true;
    }

    int sessions() {
        return sessions;
    }

    void sessions(int now) {
        sessions = now;
    }

    long lastSessionEnded() {
        return lastSessionEnded;
    }

    void lastSessionEnded(long when) {
        lastSessionEnded = when;
    }

    void owes(int more) {
        owed += more;
    }

    Watch.Name watches() {
        return watches;
    }

    void watches(Watch.Name first) {
        watches = first;
    }

    /** @return whether nothing of them need be kept */
    boolean isNobody() {
        return said <= 0 && !arriving && sessions == 0 && owed == 0 && watches == null;
    }
}
