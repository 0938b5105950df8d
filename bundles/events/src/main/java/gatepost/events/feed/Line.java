package gatepost.events.feed;

import java.util.ArrayDeque;
import java.util.Deque;

/** The events of one user, in their order; the next is told when the one before was taken. One thread. */
final class Line {

    final String user;
    private final Deque<Pending> events = new ArrayDeque<>();

    /** Whether its first is being told. */
    boolean telling;
    /** Whether it waits for its turn. */
    boolean queued;
    /** How often its first was not taken, why the last time, and when that was. */
    int failures;

    String failure = "";
    long failedAt;
    /** Before which it is not tried again. */
    long notBefore;

    Line(String user) {
        this.user = user;
    }

    /** @return {@code null} when there is none */
    Pending first() {
        return events.peekFirst();
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** @return whether there is something to be told, not being told already */
    boolean isReady() {
        return !telling && !events.isEmpty() && events.getFirst().state == Pending.State.SAFE;
    }

    void add(Pending event) {
        Deque<Pending> later = new ArrayDeque<>(0);
        // the first is being told: nothing gets in before it
        while (!events.isEmpty() && events.getLast().order > event.order && !(telling && events.size() == 1)) {
            later.push(events.removeLast());
        }
        events.addLast(event);
        events.addAll(later);
    }

    void remove(Pending event) {
        if (events.peekFirst() == event) {
            events.removeFirst();
            failures = 0;
            failure = "";
            notBefore = Long.MIN_VALUE;
        } else {
            events.removeLastOccurrence(event);
        }
    }

    Iterable<Pending> events() {
        return events;
    }
}
