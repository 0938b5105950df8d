package gatepost.store.queue;

import gatepost.store.journal.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together from the journal's records what was there when it was closed, or when the machine stopped. */
final class Recovery implements Journal.Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** Where messages go whose queue's name was lost to damage. */
    private static final String NAMELESS = "gatepost.recovered.";

    /** A queue as it was found. */
    static final class Found {

        private final long id;
        private final QueueIndex index = new QueueIndex();
        private String name;
        private long definition;
        private long expiration = Long.MAX_VALUE;

        private Found(long id) {
            this.id = id;
        }

        long id() {
            return id;
        }

        String name() {
            return name;
        }

        QueueIndex index() {
            return index;
        }

        /** @return when the first of its messages expires, or did, in milliseconds since 1970 */
        long expiration() {
            return expiration;
        }

        /** @return where the record is that names it, 0 for nowhere */
        long definition() {
            return definition;
        }
    }

    private final Map<Long, Found> queues = new TreeMap<>();
    /** Queues that were emptied: what was being written of them at the time comes after that in the journal, and goes with the rest. */
    private final Set<Long> dropped = new HashSet<>();
    private final List<Long> emptied = new ArrayList<>();
    private long lastId;
    private long lastSequence;

    @Override
    public void queue(long queue, String name, long location) {
        if (dropped.contains(queue)) {
            return;
        }
        Found found = found(queue);
        found.name = name;
        found.definition = location;
    }

    @Override
    public void add(long queue, long sequence, long expiration, long location) {
        lastSequence = Math.max(lastSequence, sequence);
        if (dropped.contains(queue)) {
            return;
        }
        Found found = found(queue);
        found.index.put(sequence, location);
        if (expiration > 0) {
            found.expiration = Math.min(found.expiration, expiration);
        }
    }

    @Override
    public void remove(long queue, long sequence) {
        lastSequence = Math.max(lastSequence, sequence);
        found(queue).index.remove(sequence);
    }

    @Override
    public void drop(long queue) {
        lastId = Math.max(lastId, queue);
        queues.remove(queue);
        dropped.add(queue);
    }

    long lastId() {
        return lastId;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** @return the queues, each name once */
    List<Found> queues() {
        Map<String, Found> byName = new HashMap<>();
        for (Found found : queues.values()) {
            if (found.name == null && found.index.size() > 0) {
                found.name = NAMELESS + found.id;
                LOG.error("{} messages are of a queue whose name is lost; they are in the queue {} now", found.index.size(),
                        found.name);
            }
            if (found.name != null) {
                // a queue gets a new number when it was emptied: what is left of the old one was to go
                Found older = byName.put(found.name, found);
                if (older != null) {
                    emptied.add(older.id());
                }
            }
        }
        return new ArrayList<>(byName.values());
    }

    /** @return the numbers of queues that were emptied and of which the journal does not say so; after {@link #queues} */
    List<Long> emptied() {
        return emptied;
    }

    private Found found(long queue) {
        lastId = Math.max(lastId, queue);
        return queues.computeIfAbsent(queue, Found::new);
    }
}
