package gatepost.store.queue;

import gatepost.store.journal.Location;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;
import java.util.Map;

/**
 * What is in one queue: an index of its messages in which each one that comes or goes is counted, for the queue and for who sent
 * it. Belongs to its {@link QueueStore}, under whose lock it is used.
 */
final class Contents {

    private final QueueIndex index = new QueueIndex();
    private final Charge kept;
    private final Charges senders;
    /** What is here of each sender's, once anybody has asked. */
    private Charges shares;

    Contents(String queue, Charges senders) {
        this.kept = new Charge(queue);
        this.senders = senders;
    }

    /** @return how much is in the queue */
    Charge kept() {
        return kept;
    }

    /**
     * How much of it is one sender's. From the first call on it is counted, which is for few queues only.
     *
     * @param unwritten by sequence number, what is being written
     */
    Charge of(String sender, Map<Long, Add> unwritten) {
        if (shares == null) {
            shares = new Charges();
            for (long sequence = next(Long.MIN_VALUE); sequence != Long.MAX_VALUE; sequence = next(sequence)) {
                share(index.sender(sequence), size(index.get(sequence), unwritten.get(sequence)), 1);
            }
        }
        return shares.of(sender);
    }

    /**
     * A message is on its way into the journal.
     *
     * @param sender who is charged for it, or {@code null}
     * @param size about how many bytes it will take
     */
    void arrive(long sequence, String sender, int size) {
        index.put(sequence, QueueIndex.UNWRITTEN, charge(sender, size));
    }

    /** It is in the journal. */
    void written(long sequence, int size, long location) {
        recharge(index.sender(sequence), Location.size(location) - size);
        index.move(sequence, location);
    }

    /** A message was found in the journal, perhaps once more. */
    void found(long sequence, String sender, long location) {
        remove(sequence, null);
        index.put(sequence, location, charge(sender, Location.size(location)));
    }

    /** The cleaning has copied it. */
    void move(long sequence, long to) {
        recharge(index.sender(sequence), Location.size(to) - Location.size(index.get(sequence)));
        index.move(sequence, to);
    }

    /**
     * @param add which is writing it, {@code null} where it is written
     * @return where it was, 0 when there was none
     */
    long remove(long sequence, Add add) {
        Charge sender = index.sender(sequence);
        long location = index.remove(sequence);
        if (location != 0) {
            discharge(sender, size(location, add));
        }
        return location;
    }

    /** @param unwritten by sequence number, what is being written */
    void clear(Map<Long, Add> unwritten) {
        for (long sequence = next(Long.MIN_VALUE); sequence != Long.MAX_VALUE; sequence = next(sequence)) {
            discharge(index.sender(sequence), size(index.get(sequence), unwritten.get(sequence)));
        }
        index.clear();
    }

    int size() {
        return index.size();
    }

    long get(long sequence) {
        return index.get(sequence);
    }

    long next(long sequence) {
        return index.next(sequence);
    }

    private static int size(long location, Add add) {
        return location == QueueIndex.UNWRITTEN ? add.size() : Location.size(location);
    }

    private Charge charge(String sender, int size) {
        kept.add(size, 1);
        Charge charge = sender == null ? null : senders.add(sender, size, 1);
        share(charge, size, 1);
        return charge;
    }

    private void recharge(Charge sender, int more) {
        kept.add(more, 0);
        if (sender != null) {
            sender.add(more, 0);
        }
        share(sender, more, 0);
    }

    private void discharge(Charge sender, int size) {
        kept.subtract(size, 1);
        if (sender != null) {
            senders.subtract(sender, size, 1);
        }
        share(sender, -size, -1);
    }

    private void share(Charge sender, int bytes, int messages) {
        if (shares != null && sender != null) {
            // with nothing left it is forgotten
            shares.subtract(shares.add(sender.name(), bytes, messages), 0, 0);
        }
    }
}
