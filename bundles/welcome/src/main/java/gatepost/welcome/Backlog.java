package gatepost.welcome;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Greetings that are to be sent: first those for users who are there and may be waiting, then the others. For one thread. */
final class Backlog {

    private final Deque<Due> present = new ArrayDeque<>();
    private final Deque<Due> others = new ArrayDeque<>();
    private final Set<Due> queued = new HashSet<>();

    /** For somebody who has just signed in; goes ahead of the same greeting that waits among the others. */
    void addPresent(Due due) {
        present.add(due);
    }

    /** Does nothing when it waits already. */
    void add(Due due) {
        if (queued.add(due)) {
            others.add(due);
        }
    }

    /** @return the next one, or {@code null} */
    Due next() {
        Due due = present.poll();
        if (due == null) {
            due = others.poll();
            queued.remove(due);
        }
        return due;
    }

    /** It comes first again. */
    void putBack(Due due) {
        present.addFirst(due);
    }
}
