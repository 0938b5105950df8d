package gatepost.store.queue;

import gatepost.store.journal.Location;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * What is in one queue: an index of its messages in which each one that comes or goes is counted, for the queue and for who sent
 * it, and what is on its way into the journal. Belongs to its {@link StoredMessages}, under whose lock it is used.
 */
final class Contents {

    private final QueueIndex index = new QueueIndex();
    private final Charge kept;
    private final Charges senders;
    /** What is here of each sender's, once anybody has asked. */
    private Charges shares;

    private Map<Long, Add> unwritten = Map.of();
    /** When the first message expires, or did, in milliseconds since 1970; too early rather than too late. */
    private long expiration = Long.MAX_VALUE;

    Contents(String queue, Charges senders) {
        this.kept = new Charge(queue);
        this.senders = senders;
    }

    /** @return how much is in the queue */
    Charge kept() {
        return kept;
    }

    /** How much of it is one sender's. From the first call on it is counted, which is for few queues only. */
    Charge of(String sender) {
        if (shares == null) {
            shares = new Charges();
            forEach(sequence -> share(index.sender(sequence), bytes(sequence, index.get(sequence)), 1));
        }
        return shares.of(sender);
    }

    /**
     * A message is on its way into the journal.
     *
     * @param sender who is charged for it, or {@code null}
     * @param expires in milliseconds since 1970, 0 for never
     */
    void arrive(Add add, String sender, long expires) {
        noteExpiration(expires);
        index.put(add.sequence(), QueueIndex.UNWRITTEN, charge(sender, add.size()));
        if (unwritten.isEmpty()) {
            unwritten = new HashMap<>();
        }
        unwritten.put(add.sequence(), add);
    }

    /** @return what is writing the message, {@code null} when nothing is; it may be needless by now */
    Add unwritten(long sequence) {
        return unwritten.get(sequence);
    }

    /** Nothing is writing that message any more. */
    void release(long sequence) {
        unwritten.remove(sequence);
        if (unwritten.isEmpty()) {
            unwritten = Map.of();
        }
    }

    /** Takes back all that is not being written just now. @return what has to be told that it is settled */
    List<Add> takeBack() {
        List<Add> taken = unwritten.values().stream().filter(Add::takeBack).toList();
        taken.forEach(add -> release(add.sequence()));
        return taken;
    }

    /** It is in the journal. */
    void written(Add add, long location) {
        recharge(index.sender(add.sequence()), Location.size(location) - add.size());
        index.move(add.sequence(), location);
    }

    /**
     * A message was found in the journal, perhaps once more.
     *
     * @param expires in milliseconds since 1970, 0 for never
     */
    void found(long sequence, String sender, long expires, long location) {
        noteExpiration(expires);
        remove(sequence);
        index.put(sequence, location, charge(sender, Location.size(location)));
    }

    /** The cleaning has copied it. */
    void move(long sequence, long to) {
        recharge(index.sender(sequence), Location.size(to) - Location.size(index.get(sequence)));
        index.move(sequence, to);
    }

    /** @return where it was, 0 when there was none */
    long remove(long sequence) {
        Charge sender = index.sender(sequence);
        long location = index.remove(sequence);
        if (location != 0) {
            discharge(sender, bytes(sequence, location));
        }
        return location;
    }

    /** Removes all; what is writing them goes on, or is taken back. */
    void clear() {
        forEach(sequence -> discharge(index.sender(sequence), bytes(sequence, index.get(sequence))));
        index.clear();
    }

    /** @return whether nothing is in it, nor on its way into the journal */
    boolean isVacant() {
        return index.size() == 0 && unwritten.isEmpty();
    }

    /** @return whether a message is or was here that has expired by now */
    boolean mayHoldExpired(long now) {
        return expiration <= now && index.size() > 0;
    }

    /** It is going to be searched for what has expired, and need not be again until then. */
    void searchedUntil(long next) {
        expiration = next;
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

    /** Goes through all of them in their order; the one that it is at may be removed. */
    void forEach(LongConsumer each) {
        for (long sequence = next(Long.MIN_VALUE); sequence != Long.MAX_VALUE; sequence = next(sequence)) {
            each.accept(sequence);
        }
    }

    private void noteExpiration(long expires) {
        if (expires > 0) {
            expiration = Math.min(expiration, expires);
        }
    }

    private int bytes(long sequence, long location) {
        return location == QueueIndex.UNWRITTEN ? unwritten.get(sequence).size() : Location.size(location);
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
