package gatepost.store.queue;

import gatepost.store.journal.DamagedRecord;
import gatepost.store.journal.Location;
import gatepost.store.journal.Operation;
import gatepost.store.quota.Charge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is stored of one queue, and what is on its way to the disk.
 *
 * <p>Any thread; the lock of this object guards them, the definition and the attachment, and is held for no call that waits.
 */
final class StoredMessages {

    private static final Logger LOG = LoggerFactory.getLogger(StoredMessages.class);
    private static final long SEARCH_AGAIN = TimeUnit.HOURS.toMillis(1);

    private final ActiveMQQueue queue;
    private final QueueStores stores;
    private final Contents contents;
    private final QueueDefinition definition;
    private final Attachment attachment = new Attachment(this);
    private long bytes;
    /** The highest number that was given to a message since the start, 0 for none. */
    private long head;
    /** The highest number that went since the store was short of room. */
    private volatile long yielded;

    /** @param id the queue's number in the journal */
    StoredMessages(ActiveMQQueue queue, QueueStores stores, long id, Contents contents) {
        this.queue = queue;
        this.stores = stores;
        this.contents = contents;
        this.definition = new QueueDefinition(this, queue.getPhysicalName(), stores.journal(), id);
    }

    /** What is in it was found in the journal. */
    synchronized void recovered(Recovery.Found found) {
        contents.forAll(sequence -> born(contents.get(sequence)));
        contents.forEach(attachment::found);
        definition.recovered(found);
    }

    ActiveMQQueue queue() {
        return queue;
    }

    QueueDefinition definition() {
        return definition;
    }

    Attachment attachment() {
        return attachment;
    }

    /** Takes a message in, to be written by whoever asked; the broker's cursor waits until its sequence number is set. */
    synchronized Add begin(ConnectionContext context, Message message) throws IOException {
        boolean ofTransaction = message.isInTransaction();
        Add add = new Add(this, definition.number(), stores.sequences().take(), message, ofTransaction, Flags.NONE);
        head = add.sequence();
        contents.arrive(add, message.getUserID(), message.getExpiration());
        attachment.arrived(add.sequence(), context, message);
        return add;
    }

    Contents contents() {
        return contents;
    }

    QueueStores stores() {
        return stores;
    }

    /** @return the highest number that was given to a message since the start, 0 for none */
    synchronized long head() {
        return head;
    }

    Operation remove(long sequence, boolean urgent, boolean done) {
        Operation record = remove(sequence, urgent, done, false);
        return record instanceof Add ? null : record;
    }

    /**
     * @param done whether nobody needs it any more, so that it need not be written when it is not yet
     * @param trim whether it goes since history holds only so much
     * @return what is being written for it, or what need not be written any more; {@code null} when there is no such message
     */
    Operation remove(long sequence, boolean urgent, boolean done, boolean trim) {
        Add add;
        synchronized (this) {
            add = contents.unwritten(sequence);
            long location = contents.remove(sequence);
            if (location == 0) {
                return null;
            }
            boolean needless = add != null && done && add.takeBack();
            if (trim) {
                definition.trimmed(sequence);
            }
            if (!needless || trim) {
                Remove removal = new Remove(stores.commits(), definition.number(), sequence, urgent, trim);
                if (add == null || needless) {
                    died(location);
                    // under the lock: whoever sees the queue empty may delete its name, after all that was handed over
                    // until then
                    stores.commits().submit(removal);
                } else {
                    follow(add, removal);
                }
                if (!needless) {
                    return removal;
                }
            }
            contents.release(sequence);
        }
        add.settled();
        return add;
    }

    /** Has that written after the message; what was to follow it so far says less. */
    static void follow(Add add, Operation next) {
        Operation before = add.follow(next);
        if (before != null) {
            next.whenSettled(before::safe);
        }
    }

    /** @return the message that is on its way to the disk, or {@code null} */
    synchronized Add unwritten(long sequence) {
        return contents.unwritten(sequence);
    }

    /** @return what is on its way to the disk, or {@code null} */
    synchronized Message unwrittenMessage(long sequence) {
        Add add = contents.unwritten(sequence);
        return add == null ? null : add.message();
    }

    /** @return where the message is, 0 when there is none */
    synchronized long location(long sequence) {
        return contents.get(sequence);
    }

    /** @return the next number of a message above that one, or {@link Long#MAX_VALUE} */
    synchronized long after(long sequence) {
        return contents.next(sequence);
    }

    /** @return the highest number that {@link #makeWay} has taken since the start, 0 for none; without the lock */
    long yielded() {
        return yielded;
    }

    /**
     * A message that is done goes since the store is short of room. Only one thread at a time does that.
     *
     * @return what is being written for it; {@code null} when there is no such message
     */
    Operation makeWay(long sequence, boolean urgent) {
        // before it is gone: who comes to its place then has to know
        yielded = Math.max(yielded, sequence);
        return remove(sequence, urgent, true, true);
    }

    /**
     * What should be a message is none: it is given up, so that it does not stop who reads the queue.
     *
     * @return false when it is no longer there anyway
     */
    boolean lost(long sequence, long location, DamagedRecord reason) {
        synchronized (this) {
            if (contents.get(sequence) != location) {
                return false;
            }
            lost(sequence, location);
        }
        LOG.error("a message of {} is damaged on the disk, and lost", queue, reason);
        return true;
    }

    /** Gives up a message that should be there, under the lock. An inbox tells later that something is missing. */
    void lost(long sequence, long location) {
        stores.journal().damaged(location);
        contents.remove(sequence);
        died(location);
        if (definition.isLog()) {
            definition.trimmed(sequence);
            stores.commits().submit(new Remove(stores.commits(), definition.number(), sequence, false, true));
        }
    }

    /** A transaction's removal of it is on the disk. */
    synchronized void forget(long sequence) {
        died(contents.remove(sequence));
    }

    /** A transaction has made it done, and that is on the disk. */
    synchronized void done(long sequence, byte flags) {
        contents.done(sequence, flags);
    }

    /** @return how much is in the queue, what is not written yet included */
    Charge kept() {
        return contents.kept();
    }

    /** @return how much of it that user sent; looks through all of it at the first call, and counts from then on */
    synchronized Charge kept(String user) {
        return contents.of(user);
    }

    ByteSequence marshal(Message message) throws IOException {
        return stores.marshal(message);
    }

    synchronized void moved(long sequence, long from, long to) {
        if (contents.get(sequence) == from) {
            died(from);
            contents.move(sequence, to);
            born(to);
        }
    }

    /** @return whether the broker has it, or had it, as an inbox */
    synchronized boolean isInbox() {
        return definition.isLog() && !attachment.isPlain();
    }

    /**
     * @param queueMillis of a plain queue, and {@code inboxMillis} of an inbox
     * @return whether the broker has not had it for so long and nothing is in it; history counts in an inbox only
     */
    synchronized boolean isForgotten(long now, long queueMillis, long inboxMillis) {
        return isInbox()
                ? contents.isVacant() && attachment.isDetached(now, inboxMillis)
                : contents.nothingWaits() && attachment.isDetached(now, queueMillis);
    }

    /** It is not needed any more, nor what history is left in it. */
    synchronized void forget() {
        contents.forAll(sequence -> died(contents.get(sequence)));
        contents.clear();
        definition.drop(stores.commits());
    }

    /** @return whether a message is or was here that has expired by now */
    synchronized boolean mayHoldExpired(long now) {
        return contents.mayHoldExpired(now);
    }

    /** @return whether the broker does not have it and something in it may have expired; asked again, it says so again in an hour */
    synchronized boolean isToBeSearched(long now) {
        if (!attachment.isDetached() || !contents.mayHoldExpired(now)) {
            return false;
        }
        contents.searchedUntil(now + SEARCH_AGAIN);
        return true;
    }

    /** Removes all messages at once. @return what is being written for it, or nothing when there is nothing to write */
    Optional<Drop> empty() {
        Drop drop = null;
        List<Add> waiting;
        synchronized (this) {
            if (attachment.isDetached()) {
                return Optional.empty();
            }
            if (!definition.isNowhere() || !contents.isVacant()) {
                drop = new Drop(stores.commits(), definition.number());
                // under the lock, as a single removal
                stores.commits().submit(drop);
            }
            contents.forAll(sequence -> died(contents.get(sequence)));
            contents.clear();
            waiting = contents.takeBack();
            definition.renumber(stores.renumber(this), stores.commits());
            head = 0;
        }
        waiting.forEach(Add::settled);
        return Optional.ofNullable(drop);
    }

    synchronized int count() {
        return contents.size();
    }

    /** @return about how many bytes its messages that wait take on the disk */
    synchronized long bytes() {
        return bytes - contents.doneBytes();
    }

    void born(long location) {
        bytes += Location.size(location);
        stores.journal().born(location);
    }

    /** @param location of a message that is gone; nothing happens for one that was not in the journal */
    void died(long location) {
        if (location > 0) {
            bytes -= Location.size(location);
            stores.journal().died(location);
        }
    }
}
