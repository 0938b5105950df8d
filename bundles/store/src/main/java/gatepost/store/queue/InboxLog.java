package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.store.journal.Operation;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;

/**
 * A queue's store as an inbox uses it: a log of messages by their offsets, which are the journal's own numbers, more than 0. Each waits until
 * it is done, and may be kept after that.
 *
 * <p>Any thread; nothing waits for the disk unless it says so.
 */
public final class InboxLog {

    private final QueueStore store;
    private final StoredMessages messages;
    private final QueueStores stores;
    private final QueueReader reader;

    InboxLog(QueueStore store, StoredMessages messages, QueueReader reader) {
        this.store = store;
        this.messages = messages;
        this.stores = messages.stores();
        this.reader = reader;
    }

    /** @return of all its offsets; another one after {@link #purge}, and when the journal was lost */
    public String epoch() {
        return Long.toString(stores.sequences().epoch(), Character.MAX_RADIX)
                + "-"
                + Long.toString(messages.definition().number(), Character.MAX_RADIX);
    }

    /**
     * @return the highest offset that was given in it, part of a transaction that is being committed or not; before any is given since the
     *     start, the highest that any inbox had before it
     */
    public long head() {
        return Math.max(messages.head(), stores.sequences().start());
    }

    /** @return the highest offset that {@link #remove} has trimmed, or that damage or a crash may have taken; 0 for none */
    public long lost() {
        return Math.max(messages.definition().trimmed(), stores.sequences().lost());
    }

    /**
     * Takes a message in, and gives it an offset, which its id says, too. Waits for the disk only where numbers are used up faster than
     * they can be reserved there.
     *
     * @param delayed whether it may be done within milliseconds
     * @return which is left with the message's id, and safe when the message is on the disk or done; {@code null} in a transaction, whose
     *     messages get their offsets when it is committed
     * @throws IOException when nothing can be taken
     */
    public Durability add(ConnectionContext context, Message message, boolean delayed) throws IOException {
        if (message.isInTransaction()) {
            store.addMessage(context, message);
            return null;
        }
        return store.add(context, message, delayed);
    }

    /**
     * Gives a number in the same order to a message that is not stored; it may be given again after a crash.
     *
     * @param taker is given it before any message of this inbox gets a higher one; must not wait for anything
     */
    public void number(LongConsumer taker) {
        synchronized (messages) {
            taker.accept(stores.sequences().next());
        }
    }

    /** @return the first offset above that one which waits, or {@link Long#MAX_VALUE}; also while a commit is on its way to the disk there */
    public long waitingAfter(long offset) {
        synchronized (messages) {
            return visible(messages.contents().next(offset));
        }
    }

    /** @return the first offset above that one, waiting or done, or {@link Long#MAX_VALUE} as {@link #waitingAfter} */
    public long after(long offset) {
        synchronized (messages) {
            Contents contents = messages.contents();
            return visible(Math.min(contents.next(offset), contents.nextDone(offset)));
        }
    }

    private long visible(long offset) {
        return messages.contents().isPending(offset) ? Long.MAX_VALUE : offset;
    }

    /** @return whether what is there belongs to a transaction of which nobody knows yet whether it is on the disk */
    public boolean isPending(long offset) {
        synchronized (messages) {
            return messages.contents().isPending(offset);
        }
    }

    /** @return whether what waits next above that one belongs to such a transaction, for which whoever reads has to wait */
    public boolean isPendingAfter(long offset) {
        synchronized (messages) {
            return messages.contents().isPending(messages.contents().next(offset));
        }
    }

    /** @return the message while it is on its way to the disk, or {@code null} */
    public Message inMemory(long offset) {
        return messages.unwrittenMessage(offset);
    }

    /**
     * Waits for the disk where it has to.
     *
     * @return the message, waiting or done; nothing when it is gone, or lost to damage
     */
    public Optional<Message> read(long offset) throws IOException {
        return reader.read(offset);
    }

    public boolean isWaiting(long offset) {
        synchronized (messages) {
            return messages.contents().isWaiting(offset);
        }
    }

    public boolean isDone(long offset) {
        synchronized (messages) {
            return Flags.areDone(messages.contents().flags(offset));
        }
    }

    /** @return whether it was done as one that the owner would not have */
    public boolean isRefused(long offset) {
        synchronized (messages) {
            return (messages.contents().flags(offset) & Flags.REFUSED) != 0;
        }
    }

    /**
     * Nobody waits for it any more.
     *
     * @param refused whether the owner would not have it
     * @param keep whether it stays as history; what does not is trimmed, as {@link #lost} says
     * @param urgent whether somebody waits for the record of that
     * @return safe when that is on the disk; nothing when it was not waiting
     */
    public Optional<Durability> done(long offset, boolean refused, boolean keep, boolean urgent) {
        if (!keep) {
            return discard(offset, urgent);
        }
        byte flags = Flags.done(refused);
        Operation record;
        Add needless = null;
        synchronized (messages) {
            Contents contents = messages.contents();
            if (!contents.isWaiting(offset) || contents.isPending(offset)) {
                return Optional.empty();
            }
            contents.done(offset, flags);
            Add add = contents.unwritten(offset);
            if (add != null && add.takeBack()) {
                needless = add;
                Add instead = new Add(messages, add.queue(), offset, add.message(), false, flags);
                contents.release(offset);
                contents.write(instead);
                record = instead;
                submit(instead, urgent);
            } else {
                record = new Mark(stores.commits(), messages.definition().number(), offset, flags, urgent);
                if (add == null) {
                    stores.commits().submit(record);
                } else {
                    StoredMessages.follow(add, record);
                }
            }
        }
        if (needless != null) {
            // whoever sent it was promised that it is on the disk or done
            needless.settled();
        }
        return Optional.of(record);
    }

    private void submit(Add add, boolean urgent) {
        if (urgent) {
            stores.commits().submit(add);
        } else {
            stores.commits().submitDelayed(add);
        }
    }

    private Optional<Durability> discard(long offset, boolean urgent) {
        if (!isWaiting(offset) || isPending(offset)) {
            return Optional.empty();
        }
        // another may have been faster
        return Optional.ofNullable(messages.remove(offset, urgent, true, true));
    }

    /** As the other one, once the transaction is committed; until then it waits. */
    public void done(TransactionId transaction, long offset, boolean refused, boolean keep) {
        if (keep) {
            stores.transactions().done(transaction, messages, offset, Flags.done(refused));
        } else {
            stores.transactions().remove(transaction, messages, offset);
        }
    }

    /**
     * Takes a message out of the log, waiting or done.
     *
     * @param trimmed whether it goes since only so much is kept, so that {@link #lost} says so from then on
     */
    public void remove(long offset, boolean trimmed) {
        messages.remove(offset, false, true, trimmed);
    }

    /** @return how many messages wait */
    public int waiting() {
        return messages.count();
    }

    /** @return how many are done and kept */
    public int history() {
        synchronized (messages) {
            return messages.contents().doneSize();
        }
    }

    /** @return about how many bytes they take on the disk */
    public long historyBytes() {
        synchronized (messages) {
            return messages.contents().doneBytes();
        }
    }

    /** @return the lowest offset that is done and kept, or {@link Long#MAX_VALUE} */
    public long oldestDone() {
        synchronized (messages) {
            return messages.contents().nextDone(Long.MIN_VALUE);
        }
    }

    /** Everything goes, and the epoch is another; nothing happens while the broker does not have the inbox. Waits for the disk. */
    public void purge() throws IOException {
        store.removeAllMessages(null);
    }
}
