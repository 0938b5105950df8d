package gatepost.store.queue;

import gatepost.store.journal.Location;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * What is in one queue: an index of the messages that wait in it, each of which is counted as it comes and goes, what is on its way
 * into the journal, and what is done and kept all the same. Belongs to its {@link StoredMessages}, under whose lock it is used.
 */
final class Contents {

    private final QueueIndex index = new QueueIndex();
    private final Shares shares;
    /** What is done, {@code null} while nothing is. */
    private History history;

    private Map<Long, Add> unwritten = Map.of();
    /** How much of what is on its way belongs to transactions. */
    private int pending;
    /** When the first message expires, or did, in milliseconds since 1970; too early rather than too late. */
    private long expiration = Long.MAX_VALUE;

    Contents(String queue, Charges senders) {
        this.shares = new Shares(queue, senders);
    }

    /** @return how much waits in the queue */
    Charge kept() {
        return shares.kept();
    }

    /** How much of it is one sender's. From the first call on it is counted, which is for few queues only. */
    Charge of(String sender) {
        if (!shares.areCounted()) {
            shares.count();
            forEach(sequence -> shares.share(index.sender(sequence), bytes(sequence, index.get(sequence)), 1));
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
        index.put(add.sequence(), QueueIndex.UNWRITTEN, shares.charge(sender, add.size()));
        write(add);
    }

    /** Something is writing that message, in the place of what was to do so before, if anything was. */
    void write(Add add) {
        if (unwritten.isEmpty()) {
            unwritten = new HashMap<>();
        }
        unwritten.put(add.sequence(), add);
        pending += add.isOfTransaction() ? 1 : 0;
    }

    /** @return what is writing the message, {@code null} when nothing is; it may be needless by now */
    Add unwritten(long sequence) {
        return unwritten.get(sequence);
    }

    /** @return whether it belongs to a transaction of which nobody knows yet whether it is on the disk */
    boolean isPending(long sequence) {
        if (pending == 0) {
            return false;
        }
        Add add = unwritten.get(sequence);
        return add != null && add.isOfTransaction();
    }

    /** Nothing is writing that message any more. */
    void release(long sequence) {
        Add add = unwritten.remove(sequence);
        pending -= add != null && add.isOfTransaction() ? 1 : 0;
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
        if (index.get(add.sequence()) == QueueIndex.UNWRITTEN) {
            shares.recharge(index.sender(add.sequence()), Location.size(location) - add.size());
            index.move(add.sequence(), location);
        } else {
            history.move(add.sequence(), location);
        }
    }

    /**
     * A message was found in the journal, perhaps once more.
     *
     * @param expires in milliseconds since 1970, 0 for never
     */
    void found(long sequence, String sender, long expires, long location) {
        noteExpiration(expires);
        remove(sequence);
        index.put(sequence, location, shares.charge(sender, Location.size(location)));
    }

    /** The cleaning has copied it. */
    void move(long sequence, long to) {
        long from = index.get(sequence);
        if (from == 0) {
            history.move(sequence, to);
        } else {
            shares.recharge(index.sender(sequence), Location.size(to) - Location.size(from));
            index.move(sequence, to);
        }
    }

    /** It does not wait any more, and is kept. @return whether it waited */
    boolean done(long sequence, byte flags) {
        long location = removeWaiting(sequence);
        if (location == 0) {
            return false;
        }
        if (history == null) {
            history = new History();
        }
        history.put(sequence, location, flags);
        return true;
    }

    /** Removes what waits or is done. @return where it was, 0 when there was none */
    long remove(long sequence) {
        long location = removeWaiting(sequence);
        return location == 0 && history != null ? removeDone(sequence) : location;
    }

    private long removeWaiting(long sequence) {
        Charge sender = index.sender(sequence);
        long location = index.remove(sequence);
        if (location != 0) {
            shares.discharge(sender, bytes(sequence, location));
        }
        return location;
    }

    private long removeDone(long sequence) {
        long location = history.remove(sequence);
        if (history.size() == 0) {
            history = null;
        }
        return location;
    }

    /** Removes all; what is writing them goes on, or is taken back. */
    void clear() {
        forEach(sequence -> shares.discharge(index.sender(sequence), bytes(sequence, index.get(sequence))));
        index.clear();
        history = null;
    }

    /** @return whether nothing is in it, nor on its way into the journal */
    boolean isVacant() {
        return nothingWaits() && history == null;
    }

    /** @return whether nothing waits, nor is on its way into the journal */
    boolean nothingWaits() {
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

    /** @return how many messages wait */
    int size() {
        return index.size();
    }

    /** @return how many are done and kept */
    int doneSize() {
        return history == null ? 0 : history.size();
    }

    /** @return about how many bytes they take in the journal */
    long doneBytes() {
        return history == null ? 0 : history.bytes();
    }

    /** @return where the message is, waiting or done, 0 when there is none */
    long get(long sequence) {
        long location = index.get(sequence);
        return location == 0 && history != null ? history.get(sequence) : location;
    }

    boolean isWaiting(long sequence) {
        return index.get(sequence) != 0;
    }

    /** @return what is true of it; nothing when it waits, or is not here */
    byte flags(long sequence) {
        return history == null ? Flags.NONE : history.flags(sequence);
    }

    /** @return the first above that number that waits, or {@link Long#MAX_VALUE} */
    long next(long sequence) {
        return index.next(sequence);
    }

    /** @return the first above that number that is done, or {@link Long#MAX_VALUE} */
    long nextDone(long sequence) {
        return history == null ? Long.MAX_VALUE : history.next(sequence);
    }

    /** Goes through all that wait in their order; the one that it is at may be removed. */
    void forEach(LongConsumer each) {
        for (long sequence = next(Long.MIN_VALUE); sequence != Long.MAX_VALUE; sequence = next(sequence)) {
            each.accept(sequence);
        }
    }

    /** Goes through all that wait, and then all that are done; the one that it is at may be removed. */
    void forAll(LongConsumer each) {
        forEach(each);
        for (long sequence = nextDone(Long.MIN_VALUE); sequence != Long.MAX_VALUE; sequence = nextDone(sequence)) {
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
}
