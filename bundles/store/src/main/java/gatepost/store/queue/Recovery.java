package gatepost.store.queue;

import gatepost.store.journal.JournalState;
import gatepost.store.journal.Members;
import gatepost.store.journal.Replay;
import gatepost.store.quota.Charges;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together from the journal's records what was there when it was closed, or when the machine stopped. */
final class Recovery implements Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** Where messages go whose queue's name was lost to damage. */
    private static final String NAMELESS = "gatepost.recovered.";

    /** As many blocks of numbers as one record that is damaged may have reserved: a transaction may take several at once. */
    private static final long ALLOWANCE = 100;

    private final TreeMap<Long, FoundQueue> queues = new TreeMap<>();
    /** Queues that were emptied: what was being written of them at the time comes after that in the journal, and goes with the rest. */
    private final Set<Long> dropped = new HashSet<>();

    private final List<Long> emptied = new ArrayList<>();
    private final Map<Long, Integer> shared = new HashMap<>();
    private final Charges senders;
    private final Function<ByteBuffer, String> sender;
    private long lastId;
    private long lastSequence;
    private Optional<JournalState> state = Optional.empty();
    private long ceiling;
    /** Whether nothing came after the journal said that it was closed. */
    private boolean closed;

    /**
     * How numbers of messages go on.
     *
     * @param epoch of all of them
     * @param lost the highest that a crash may have taken, 0 for none
     * @param last the highest that may have been given
     */
    record Numbers(long epoch, long lost, long last) {}

    /**
     * @param senders who is charged for what is found
     * @param sender tells who sent a message, or {@code null}
     */
    Recovery(Charges senders, Function<ByteBuffer, String> sender) {
        this.senders = senders;
        this.sender = sender;
    }

    @Override
    public void queue(long queue, String name, long location) {
        define(queue, name, location, false);
    }

    @Override
    public void log(long queue, String name, long trimmed, long location) {
        define(queue, name, location, true);
        trimmed(queue, trimmed);
    }

    private void define(long queue, String name, long location, boolean log) {
        closed = false;
        if (dropped.contains(queue)) {
            return;
        }
        FoundQueue found = found(queue);
        found.define(name, location, log);
    }

    @Override
    public void trimmed(long queue, long sequence) {
        if (!dropped.contains(queue)) {
            found(queue).trim(sequence);
        }
    }

    @Override
    public void flags(long queue, long sequence, byte flags) {
        closed = false;
        FoundQueue found = queues.get(queue);
        if (found != null) {
            found.contents().flag(sequence, flags);
        }
    }

    @Override
    public void marks(long queue, long from, long upTo, byte set, byte cleared) {
        closed = false;
        FoundQueue found = queues.get(queue);
        if (found != null) {
            Contents contents = found.contents();
            contents.forRange(from, upTo, sequence -> contents.mark(sequence, set, cleared));
        }
    }

    @Override
    public void note(long queue, String name, ByteBuffer value, long location) {
        closed = false;
        if (dropped.contains(queue)) {
            return;
        }
        FoundQueue found = found(queue);
        if (value == null) {
            found.forget(name);
        } else {
            byte[] bytes = new byte[value.remaining()];
            value.get(bytes);
            found.note(name, bytes, location);
        }
    }

    @Override
    public void state(JournalState said) {
        state = Optional.of(said);
        closed = said.closed();
        ceiling = Math.max(ceiling, said.ceiling());
        lastId = Math.max(lastId, said.queues());
    }

    @Override
    public void add(long queue, long sequence, long expiration, ByteBuffer message, long location) {
        closed = false;
        lastSequence = Math.max(lastSequence, sequence);
        if (dropped.contains(queue)) {
            return;
        }
        found(queue).contents().found(sequence, sender.apply(message), expiration, location);
    }

    @Override
    public void shared(long expiration, Members members, long location) {
        closed = false;
        shared.put(location, members.size());
        members.forEach((queue, sequence, flags) -> {
            lastSequence = Math.max(lastSequence, sequence);
            if (!dropped.contains(queue)) {
                Contents contents = found(queue).contents();
                contents.found(sequence, null, expiration, location);
                contents.flag(sequence, flags);
            }
        });
    }

    @Override
    public void remove(long queue, long sequence) {
        closed = false;
        lastSequence = Math.max(lastSequence, sequence);
        found(queue).contents().remove(sequence);
    }

    @Override
    public void drop(long queue) {
        closed = false;
        lastId = Math.max(lastId, queue);
        FoundQueue gone = queues.remove(queue);
        if (gone != null) {
            gone.contents().clear();
        }
        dropped.add(queue);
    }

    /** @return where messages of several queues are, and how many bytes beside each say whose it is */
    Map<Long, Integer> shared() {
        return shared;
    }

    long lastId() {
        return lastId;
    }

    /**
     * @param damages at how many places the journal is not what was written there: each may have said that more numbers were given
     * @param block how many are reserved at a time
     */
    Numbers numbers(long damages, int block) {
        if (state.isEmpty()) {
            // of an older Gatepost, or new: nobody has seen a number of it
            return new Numbers(new SecureRandom().nextLong(1, Long.MAX_VALUE), 0, lastSequence);
        }
        JournalState last = state.get();
        if (closed && damages == 0) {
            return new Numbers(last.epoch(), last.lost(), Math.max(last.ceiling(), lastSequence));
        }
        long highest = Math.max(ceiling, lastSequence) + damages * ALLOWANCE * block;
        return new Numbers(last.epoch(), highest, highest);
    }

    /** Once. @return the queues, each name once */
    List<FoundQueue> queues() {
        Map<String, FoundQueue> byName = new HashMap<>();
        while (!queues.isEmpty()) {
            // there may be a million of them: each is in one map at a time
            FoundQueue found = queues.pollFirstEntry().getValue();
            if (found.name() == null && found.contents().size() > 0) {
                found.name(NAMELESS + found.id());
                LOG.error(
                        "{} messages are of a queue whose name is lost; they are in the queue {} now",
                        found.contents().size(),
                        found.name());
            }
            if (found.name() != null) {
                // a queue gets a new number when it was emptied: what is left of the old one was to go
                FoundQueue older = byName.put(found.name(), found);
                if (older != null) {
                    older.contents().clear();
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

    private FoundQueue found(long queue) {
        lastId = Math.max(lastId, queue);
        return queues.computeIfAbsent(queue, id -> new FoundQueue(id, senders));
    }
}
