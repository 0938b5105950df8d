package gatepost.store.queue;

import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredNotes;
import gatepost.store.journal.Location;
import gatepost.store.journal.Operation;
import gatepost.store.quota.Charge;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;

/**
 * What is stored of one queue, and what is on its way to the disk.
 *
 * <p>Any thread; the lock of this object guards them, the definition and the attachment, and is held for no call that waits.
 */
final class StoredMessages {

    private static final long SEARCH_AGAIN = TimeUnit.HOURS.toMillis(1);

    private final ActiveMQQueue queue;
    private final QueueStores stores;
    private final Contents contents;
    private final QueueDefinition definition;
    /** {@code null} while nobody has asked for them. */
    private Notes notes;

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
    synchronized void recovered(FoundQueue found) {
        contents.forAll(sequence -> born(contents.stored(sequence)));
        contents.forEach(attachment::found);
        definition.recovered(found);
        notes = Notes.found(this, found);
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

    Add begin(ConnectionContext context, Message message) throws IOException {
        return begin(context, message, null);
    }

    /**
     * Takes a message in, to be written by whoever asked; the broker's cursor waits until its sequence number is set.
     *
     * @param along what is to be written with it, {@code null} for nothing
     */
    synchronized Add begin(ConnectionContext context, Message message, LongFunction<Along> along) throws IOException {
        boolean ofTransaction = message.isInTransaction();
        long sequence = stores.sequences().take();
        Alongside beside = along == null ? null : Alongside.of(this, along.apply(sequence));
        Add add = new Add(this, definition.number(), sequence, message, ofTransaction, Flags.NONE, beside);
        head = sequence;
        contents.arrive(add, message.getUserID(), message.getExpiration());
        attachment.arrived(add.sequence(), context, message);
        return add;
    }

    /**
     * Takes in a message that others get, too, and that is written for all of them at once.
     *
     * @param number that it has where nothing that came later can be before it
     */
    synchronized Add beginShared(Message message, long number) {
        definition.becomeLog(stores.commits());
        long sequence = attachment.isDetached() && head < number
                ? number
                : stores.sequences().next();
        Add add = Add.shared(this, definition.number(), sequence, message);
        head = sequence;
        contents.arrive(add, null, message.getExpiration());
        attachment.arrived(sequence, null, message);
        return add;
    }

    /** @return whether {@link #notes} need not be made to be asked; under the lock */
    boolean hasNotes() {
        return notes != null;
    }

    /** Under the lock. */
    Notes notes() {
        if (notes == null) {
            notes = new Notes(this);
        }
        return notes;
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

    /** As {@link Departure#of}. */
    Operation remove(long sequence, boolean urgent, boolean done, boolean trim) {
        return remove(sequence, urgent, done, trim, List.of());
    }

    /** As {@link Departure#of}. */
    Operation remove(long sequence, boolean urgent, boolean done, boolean trim, List<Note> notes) {
        return Departure.of(this, sequence, urgent, done, trim, notes);
    }

    /** @return the message that is on its way to the disk, or {@code null} */
    synchronized Add unwritten(long sequence) {
        return contents.underway().get(sequence);
    }

    /** @return what is on its way to the disk, or {@code null} */
    synchronized Message unwrittenMessage(long sequence) {
        Add add = contents.underway().get(sequence);
        return add == null || contents.replaced().location(sequence) != 0 ? null : own(add.message());
    }

    /** @return the same message; one that others have, too, as this queue's own */
    Message own(Message message) {
        if (queue.equals(message.getDestination())) {
            return message;
        }
        Message own = message.copy();
        own.setDestination(queue);
        return own;
    }

    /** @return where the message is, 0 when there is none */
    synchronized long location(long sequence) {
        return contents.get(sequence);
    }

    /** @return what is true of the message; nothing when there is none */
    synchronized byte flags(long sequence) {
        return contents.flags(sequence);
    }

    /** @return what its owner says of a message that came under that number of the queue */
    synchronized byte marks(long number, long sequence) {
        return definition.isOf(number) ? (byte) (contents.storedFlags(sequence) & Flags.MARKS) : Flags.NONE;
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

    /** @return whether the journal needs that record of the message */
    synchronized boolean isStoredAt(long sequence, long location) {
        return contents.stored(sequence) == location;
    }

    synchronized byte storedFlags(long sequence) {
        return contents.storedFlags(sequence);
    }

    synchronized void moved(long sequence, long from, long to) {
        if (contents.stored(sequence) == from) {
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
     * @return whether the broker has not had it for so long and nothing is in it; history and notes count in an inbox only
     */
    synchronized boolean isForgotten(long now, long queueMillis, long inboxMillis) {
        return isInbox()
                ? contents.isVacant()
                        && (notes == null || notes.areOnly(StoredNotes.SEEN_AT))
                        && attachment.isDetached(now, inboxMillis)
                : contents.nothingWaits() && attachment.isDetached(now, queueMillis);
    }

    /** All goes at once, messages and notes. Under the lock. @return what has to be told that it is settled */
    List<Add> clear() {
        contents.forAll(sequence -> died(contents.stored(sequence)));
        contents.clear();
        notes().clear();
        head = 0;
        return contents.takeBack();
    }

    /** It is not needed any more, nor what history and notes are left in it. */
    synchronized void forget() {
        clear();
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

    synchronized int count() {
        return contents.size();
    }

    /** @return about how many bytes its messages that wait take on the disk */
    synchronized long bytes() {
        return bytes - contents.history().bytes();
    }

    void born(long location) {
        bytes += Location.size(location);
        stores.bodies().born(location);
    }

    /** @param location of a message that is gone; nothing happens for one that was not in the journal */
    void died(long location) {
        if (location > 0) {
            bytes -= Location.size(location);
            stores.bodies().died(location);
        }
    }
}
