package gatepost.events.feed;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Takes out of the journal what was told. What cannot be taken out now is later: until then a crash would have it told again. One thread. */
final class Forgetting {

    private final Journal journal;
    private final Deque<Pending> left = new ArrayDeque<>();

    Forgetting(Journal journal) {
        this.journal = journal;
    }

    void forget(Pending event) {
        left.add(event);
        again();
    }

    /** Tries what could not be done. */
    void again() {
        try {
            for (Pending event = left.peek(); event != null; event = left.peek()) {
                journal.records().forget(event.queue, event.name);
                left.remove();
            }
        } catch (IOException e) {
            // the broker is not there; with the next thing that happens
        }
    }
}
