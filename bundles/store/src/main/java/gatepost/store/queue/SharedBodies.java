package gatepost.store.queue;

import gatepost.store.journal.Journal;
import gatepost.store.journal.Location;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which records of the journal are messages of several queues. Each is needed for as long as one of them has it. Any thread. */
final class SharedBodies {

    /** @param whole where all of it is, its members included */
    private record Body(long whole, AtomicInteger users) {}

    private final Journal journal;
    private final Map<Long, Body> bodies = new ConcurrentHashMap<>();

    SharedBodies(Journal journal) {
        this.journal = journal;
    }

    /**
     * A message of several queues is in the journal, and needed until {@link #release}: until all that have it have said so.
     *
     * @param members how many bytes beside it say who has it
     */
    void hold(long location, int members) {
        long whole = Location.with(location, members);
        journal.born(whole);
        bodies.put(location, new Body(whole, new AtomicInteger(1)));
    }

    /** Who has it has said so. */
    void release(long location) {
        died(location);
    }

    boolean isNeeded(long location) {
        return bodies.containsKey(location);
    }

    /** Another queue has what is there, or the only one that does. */
    void born(long location) {
        Body body = bodies.isEmpty() ? null : bodies.get(location);
        if (body == null) {
            journal.born(location);
        } else {
            body.users().incrementAndGet();
        }
    }

    /** A queue does not have any more what is there. */
    void died(long location) {
        Body body = bodies.isEmpty() ? null : bodies.get(location);
        if (body == null) {
            journal.died(location);
        } else if (body.users().decrementAndGet() == 0) {
            bodies.remove(location);
            journal.died(body.whole());
        }
    }
}
