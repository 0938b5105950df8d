package gatepost.store.queue;

import gatepost.store.journal.Location;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What is in one queue: an index of the messages that wait in it, each of which is counted as it comes and goes, what is on its way
 * into the journal, and what is done and kept all the same. Belongs to its {@link StoredMessages}, under whose lock it is used.
 */
final class Contents {

    private final QueueIndex index = new QueueIndex();
    private final Shares shares;
    private History history = History.NONE;

    private Underway underway = Underway.NOTHING;
    private Replaced replaced = Replaced.NOTHING;
    /** When the first message expires, or did, in milliseconds since 1970; too early rather than too late. */
    private long expiration = Long.MAX_VALUE;

    Contents(String queue, Charges senders) {
        this.shares = new Shares(queue, senders);
    }

    /** @return how much waits in the queue */
    Charge kept() {
        return shares;
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
        underway(add);
    }

    /** @return what is on its way into the journal, to be asked */
    Underway underway() {
        return underway;
    }

    /** That is writing a message now. */
    void underway(Add add) {
        if (underway == Underway.NOTHING) {
            underway = new Underway();
        }
        underway.put(add);
    }

    /** Nothing is writing that message any more. */
    void settled(long sequence) {
        underway.release(sequence);
        if (underway.isEmpty()) {
            underway = Underway.NOTHING;
        }
    }

    /** As {@link Underway#takeBack}. */
    List<Add> takeBack() {
        List<Add> taken = underway.takeBack();
        if (underway.isEmpty()) {
            underway = Underway.NOTHING;
        }
        return taken;
    }

    /** @return what others come in the place of */
    Replaced replaced() {
        return replaced;
    }

    /** Takes a message out, waiting or done, in whose place another one comes. @return whether there is one that anybody could see */
    boolean replace(long sequence) {
        byte flags = flags(sequence);
        Charge sender = index.sender(sequence);
        long location = underway.isPending(sequence) ? 0 : remove(sequence);
        if (location == 0) {
            return false;
        }
        if (replaced == Replaced.NOTHING) {
            replaced = new Replaced();
        }
        replaced.put(sequence, new Replaced.One(location, flags, sender == null ? null : sender.name()));
        return true;
    }

    /** What was to come in its place has failed. */
    void back(long sequence) {
        Replaced.One one = replaced.take(sequence);
        if (one != null) {
            index.put(sequence, one.location(), shares.charge(one.sender(), bytes(sequence, one.location())));
            flag(sequence, one.flags());
        }
    }

    /** It is in the journal. */
    void written(Add add, long location) {
        if (replaced.location(add.sequence()) != 0) {
            replaced.move(add.sequence(), location);
        } else if (index.get(add.sequence()) == QueueIndex.UNWRITTEN) {
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
        if (replaced.location(sequence) != 0) {
            replaced.move(sequence, to);
        } else if (from == 0) {
            history.move(sequence, to);
        } else {
            shares.recharge(index.sender(sequence), Location.size(to) - Location.size(from));
            index.move(sequence, to);
        }
    }

    /** It does not wait any more, and is kept, with what its owner has said of it. @return whether it waited */
    boolean done(long sequence, byte flags) {
        byte marks = index.flags(sequence);
        long location = removeWaiting(sequence);
        if (location == 0) {
            return false;
        }
        if (history == History.NONE) {
            history = new History();
        }
        history.put(sequence, location, (byte) (flags | marks));
        return true;
    }

    /** The journal says that this and no more is true of it; what is done does not wait again. */
    void flag(long sequence, byte flags) {
        if (Flags.areDone(flags)) {
            done(sequence, Flags.NONE);
        }
        if (isWaiting(sequence)) {
            index.flag(sequence, flags);
        } else if (history.get(sequence) != 0) {
            history.flag(sequence, flags);
        }
    }

    /** Something is true of it, or is not any more. @return whether that was otherwise before; not when there is no such message */
    boolean mark(long sequence, byte set, byte cleared) {
        byte before = flags(sequence);
        byte now = (byte) (before & ~cleared | set);
        if (now == before || get(sequence) == 0) {
            return false;
        }
        flag(sequence, now);
        return true;
    }

    /** Removes what waits or is done. @return where it was, 0 when there was none */
    long remove(long sequence) {
        long location = removeWaiting(sequence);
        return location == 0 ? removeDone(sequence) : location;
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
            history = History.NONE;
        }
        return location;
    }

    /** Removes all; what is writing them goes on, or is taken back. */
    void clear() {
        forEach(sequence -> shares.discharge(index.sender(sequence), bytes(sequence, index.get(sequence))));
        index.clear();
        history = History.NONE;
        replaced.clear();
    }

    /** @return whether nothing is in it, nor on its way into the journal */
    boolean isVacant() {
        return nothingWaits() && history == History.NONE;
    }

    /** @return whether nothing waits, nor is on its way into the journal */
    boolean nothingWaits() {
        return index.size() == 0 && underway.isEmpty();
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

    /** @return what is done and kept */
    History history() {
        return history;
    }

    /** @return where the message is, waiting or done, 0 when there is none */
    long get(long sequence) {
        long location = index.get(sequence);
        return location == 0 ? history.get(sequence) : location;
    }

    boolean isWaiting(long sequence) {
        return index.get(sequence) != 0;
    }

    /** @return what is true of it; nothing when it is not here */
    byte flags(long sequence) {
        byte waiting = index.flags(sequence);
        return waiting == Flags.NONE ? history.flags(sequence) : waiting;
    }

    /** @return of how many, waiting or done, the owner has said nothing */
    int unmarked() {
        return index.size() - index.marked() + history.size() - history.marked();
    }

    /** @return how many, waiting or done, are above that number; walks through them */
    int above(long sequence) {
        return index.above(sequence) + history.above(sequence);
    }

    /** @return the first above that number that waits, or {@link Long#MAX_VALUE} */
    long next(long sequence) {
        return index.next(sequence);
    }

    /** Goes through all that wait in their order; the one that it is at may be removed. */
    void forEach(LongConsumer each) {
        for (long sequence = next(Long.MIN_VALUE); sequence != Long.MAX_VALUE; sequence = next(sequence)) {
            each.accept(sequence);
        }
    }

    /** As {@link #forEach}, and then through all else that the journal needs: what is done, and what others come in the place of. */
    void forAll(LongConsumer each) {
        forEach(each);
        History done = history;
        for (long sequence = done.next(Long.MIN_VALUE); sequence != Long.MAX_VALUE; sequence = done.next(sequence)) {
            each.accept(sequence);
        }
        replaced.forEach(each);
    }

    /** @return where the journal needs the message, though nobody may see it any more; 0 where it does not */
    long stored(long sequence) {
        long location = get(sequence);
        return location == 0 ? replaced.location(sequence) : location;
    }

    /** @return what is true of a message that the journal needs */
    byte storedFlags(long sequence) {
        return (byte) (flags(sequence) | replaced.flags(sequence));
    }

    /** Goes through all from one to another, both included, waiting or done, in their order. */
    void forRange(long from, long upTo, LongConsumer each) {
        long last = Math.min(upTo, Long.MAX_VALUE - 1);
        for (long sequence = after(from - 1); sequence <= last; sequence = after(sequence)) {
            each.accept(sequence);
        }
    }

    private long after(long sequence) {
        return Math.min(next(sequence), history.next(sequence));
    }

    private void noteExpiration(long expires) {
        if (expires > 0) {
            expiration = Math.min(expiration, expires);
        }
    }

    private int bytes(long sequence, long location) {
        return location == QueueIndex.UNWRITTEN ? underway.get(sequence).size() : Location.size(location);
    }
}
