package gatepost.store.queue;

import gatepost.store.journal.Cleaning;
import gatepost.store.journal.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the cleaning what of all queues is needed. */
final class Liveness implements Cleaning.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

    private final Map<Long, StoredMessages> queues;
    private final SharedBodies bodies;

    /** @param queues by their numbers in the journal */
    Liveness(Map<Long, StoredMessages> queues, SharedBodies bodies) {
        this.queues = queues;
        this.bodies = bodies;
    }

    @Override
    public boolean isShared(long location) {
        return bodies.isNeeded(location);
    }

    @Override
    public void moved(Members members, long from, long to) {
        bodies.hold(to, members.size());
        members.forEach((queue, sequence, flags) -> moved(queue, sequence, from, to));
        bodies.release(to);
    }

    @Override
    public boolean isLive(long queue, long sequence, long location) {
        StoredMessages messages = queues.get(queue);
        return messages != null && messages.isStoredAt(sequence, location);
    }

    /** The definition of an empty queue is given up, and made again when it is needed; that of an inbox is kept. */
    @Override
    public boolean isLive(long queue, long location) {
        StoredMessages messages = queues.get(queue);
        if (messages == null) {
            return false;
        }
        synchronized (messages) {
            QueueDefinition definition = messages.definition();
            if (!definition.isAt(location)) {
                return false;
            }
            if (messages.contents().isVacant() && !definition.isLog()) {
                definition.giveUp();
                return false;
            }
            return true;
        }
    }

    @Override
    public boolean isLive(long queue, String note, long location) {
        StoredMessages messages = queues.get(queue);
        if (messages == null) {
            return false;
        }
        synchronized (messages) {
            return messages.notes().isAt(note, location);
        }
    }

    @Override
    public void moved(long queue, String note, long from, long to) {
        StoredMessages messages = queues.get(queue);
        if (messages != null) {
            synchronized (messages) {
                messages.notes().moved(note, from, to);
            }
        }
    }

    @Override
    public byte flags(long queue, long sequence) {
        StoredMessages messages = queues.get(queue);
        return messages == null ? Flags.NONE : messages.storedFlags(sequence);
    }

    @Override
    public long trimmed(long queue) {
        StoredMessages messages = queues.get(queue);
        return messages == null ? 0 : messages.definition().trimmed();
    }

    @Override
    public void moved(long queue, long sequence, long from, long to) {
        StoredMessages messages = queues.get(queue);
        if (messages != null) {
            messages.moved(sequence, from, to);
        }
    }

    @Override
    public void moved(long queue, long from, long to) {
        StoredMessages messages = queues.get(queue);
        if (messages != null) {
            messages.definition().moved(from, to);
        }
    }

    @Override
    public List<Cleaning.Definition> lost(Cleaning.Extent file) {
        return queues.values().stream()
                .map(messages -> lost(messages, file))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Cleaning.Definition> lost(StoredMessages messages, Cleaning.Extent file) {
        List<Long> gone = new ArrayList<>();
        Optional<Cleaning.Definition> defined;
        synchronized (messages) {
            Contents contents = messages.contents();
            contents.forAll(sequence -> {
                long location = contents.stored(sequence);
                if (location > 0 && file.holds(location)) {
                    Departure.lost(messages, sequence, location);
                    gone.add(sequence);
                }
            });
            messages.notes().lost(file);
            defined = messages.definition().in(file);
        }
        if (!gone.isEmpty()) {
            LOG.error("{} messages of {} are damaged on the disk, and lost", gone.size(), messages.queue());
        }
        return defined;
    }
}
