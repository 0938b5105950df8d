package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.Cleaning;
import gatepost.store.journal.DamagedRecord;
import gatepost.store.journal.Location;
import gatepost.store.journal.Operation;
import gatepost.store.quota.Charge;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.store.IndexListener;
import org.apache.activemq.store.MessageRecoveryListener;
import org.apache.activemq.store.MessageStoreStatistics;
import org.apache.activemq.util.ByteSequence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stored messages of one queue. Adding one returns at once and leaves a {@link gatepost.contracts.Durability} with the message's
 * id, which is safe when the message is on the disk or acknowledged.
 *
 * <p>Any thread; the lock of this object guards the index and is held for no call that waits.
 */
public final class QueueStore extends PlainMessageStore {

    private static final Logger LOG = LoggerFactory.getLogger(QueueStore.class);
    private static final long SEARCH_AGAIN = TimeUnit.HOURS.toMillis(1);
    private static final long UNDEFINED = 0;
    private static final long BEING_DEFINED = -1;

    private final ActiveMQQueue destination;
    private final QueueStores stores;
    private final QueueReader reader;
    private final Contents contents;
    private Map<Long, Add> unwritten = Map.of();
    private IndexListener listener;
    private long id;
    private long definition = UNDEFINED;
    private long bytes;
    /** When the first message expires, or did, in milliseconds since 1970; too early rather than too late. */
    private long expiration = Long.MAX_VALUE;
    /** When the broker let go of the queue, in milliseconds since 1970, or 0 while it has it. */
    private long detached = System.currentTimeMillis();

    private long batchEnd = Long.MIN_VALUE;
    /** The broker's cursor knows of all messages up to this one; what comes after it must not be read from here yet. */
    private volatile long known = Long.MIN_VALUE;

    QueueStore(ActiveMQQueue destination, QueueStores stores, long id, Contents contents) {
        this.destination = destination;
        this.stores = stores;
        this.id = id;
        this.reader = new QueueReader(this, stores);
        this.contents = contents;
    }

    @Override
    public void addMessage(ConnectionContext context, Message message) throws IOException {
        if (message.isInTransaction()) {
            stores.transactions().add(message.getTransactionId(), this, context, message);
            return;
        }
        boolean patiently = !isMoved(message)
                && listener instanceof Destination queue
                && queue.getDestinationStatistics().getConsumers().getCount() > 0;
        Add add = begin(context, message);
        message.getMessageId().setFutureOrSequenceLong(add.sequence());
        add.leaveWith(message.getMessageId());
        if (patiently) {
            stores.commits().submitPatiently(add);
        } else {
            stores.commits().submit(add);
        }
    }

    /** @return whether it comes from another queue: its removal there follows, and must not be on the disk before it is here */
    private static boolean isMoved(Message message) {
        return message.getOriginalDestination() != null
                && !message.getOriginalDestination().isComposite();
    }

    /** Takes a message in, to be written by whoever asked; the broker's cursor waits until its sequence number is set. */
    synchronized Add begin(ConnectionContext context, Message message) {
        if (message.getExpiration() > 0) {
            expiration = Math.min(expiration, message.getExpiration());
        }
        Add add = new Add(this, id, stores.nextSequence(), message);
        contents.arrive(add.sequence(), message.getUserID(), add.size());
        if (unwritten.isEmpty()) {
            unwritten = new HashMap<>();
        }
        unwritten.put(add.sequence(), add);
        if (listener == null) {
            known = add.sequence();
        } else {
            listener.onAdd(
                    new IndexListener.MessageContext(context, message, () -> known = Math.max(known, add.sequence())));
        }
        return add;
    }

    @Override
    public void removeMessage(ConnectionContext context, MessageAck ack) throws IOException {
        long sequence = sequence(ack.getLastMessageId());
        if (ack.isInTransaction()) {
            stores.transactions().remove(ack.getTransactionId(), this, sequence);
            return;
        }
        // what was refused or has expired goes on to another queue: until it is there it has to be here
        boolean done = ack.isStandardAck() || ack.isIndividualAck();
        Operation removal = remove(sequence, ack.isResponseRequired(), done);
        if (removal != null && ack.isResponseRequired()) {
            removal.await();
        }
    }

    /**
     * @param done whether nobody needs it any more, so that it need not be written when it is not yet
     * @return what is being written for it, or {@code null} when there is nothing to write
     */
    Operation remove(long sequence, boolean urgent, boolean done) {
        Add add;
        synchronized (this) {
            add = unwritten.get(sequence);
            long location = contents.remove(sequence, add);
            if (location == 0) {
                return null;
            }
            if (add == null || !done || !add.takeBack()) {
                Remove removal = new Remove(stores.commits(), id, sequence, urgent);
                if (add == null) {
                    died(location);
                    // under the lock: whoever sees the queue empty may delete its name, after all that was handed over
                    // until then
                    stores.commits().submit(removal);
                } else {
                    add.removeLater(removal);
                }
                return removal;
            }
            release(sequence);
        }
        add.settled();
        return null;
    }

    /** @return the message that is on its way to the disk, or {@code null} */
    synchronized Add unwritten(long sequence) {
        return unwritten.get(sequence);
    }

    /** @return what is on its way to the disk, or {@code null} */
    synchronized Message unwrittenMessage(long sequence) {
        Add add = unwritten.get(sequence);
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
            stores.journal().damaged(location);
            contents.remove(sequence, null);
            died(location);
        }
        LOG.error("a message of {} is damaged on the disk, and lost", destination, reason);
        return true;
    }

    /** Gives up the messages that should be in a file and cannot be found there. @return where it should say what this is called */
    Optional<Cleaning.Definition> lost(Cleaning.Extent file) {
        int count = 0;
        Optional<Cleaning.Definition> defined;
        synchronized (this) {
            for (long sequence = contents.next(Long.MIN_VALUE);
                    sequence != Long.MAX_VALUE;
                    sequence = contents.next(sequence)) {
                long location = contents.get(sequence);
                if (location > 0 && file.holds(location)) {
                    stores.journal().damaged(location);
                    contents.remove(sequence, null);
                    died(location);
                    count++;
                }
            }
            defined = definition > 0 && file.holds(definition)
                    ? Optional.of(new Cleaning.Definition(id, destination.getPhysicalName(), definition))
                    : Optional.empty();
        }
        if (count > 0) {
            LOG.error("{} messages of {} are damaged on the disk, and lost", count, destination);
        }
        return defined;
    }

    /** A transaction's removal of it is on the disk. */
    synchronized void forget(long sequence) {
        long location = contents.remove(sequence, unwritten.get(sequence));
        if (location > 0) {
            died(location);
        }
    }

    /** @return how much is in the queue, what is not written yet included */
    public Charge kept() {
        return contents.kept();
    }

    /** @return how much of it that user sent; looks through all of it at the first call, and counts from then on */
    public synchronized Charge kept(String user) {
        return contents.of(user, unwritten);
    }

    synchronized long id() {
        return id;
    }

    /** @return whether the queue still has that number, and was not emptied as a whole */
    synchronized boolean isCurrent(long queue) {
        return queue == id;
    }

    /** Writes what this queue is called, where the journal does not say so yet. @return the offset, or -1 */
    synchronized int define(Batch batch, long queue) {
        if (definition != UNDEFINED || queue != id) {
            return -1;
        }
        definition = BEING_DEFINED;
        return batch.queue(id, destination.getPhysicalName());
    }

    synchronized void defined(long queue, long location) {
        if (definition == BEING_DEFINED && queue == id) {
            definition = location;
            stores.journal().born(location);
        }
    }

    synchronized void undefined(long queue) {
        if (queue == id) {
            definition = UNDEFINED;
        }
    }

    int marshal(Batch batch, Add add) throws IOException {
        ByteSequence packet = stores.marshal(add.message());
        return batch.add(
                add.queue(),
                add.sequence(),
                add.message().getExpiration(),
                packet.getData(),
                packet.getOffset(),
                packet.getLength());
    }

    void written(Add add, long location) {
        synchronized (this) {
            release(add.sequence());
            Remove removal = add.removal();
            if (contents.get(add.sequence()) == QueueIndex.UNWRITTEN) {
                contents.written(add.sequence(), add.size(), location);
                born(location);
            } else if (removal == null) {
                // the queue was emptied as a whole while this was being written
                removal = new Remove(stores.commits(), add.queue(), add.sequence(), false);
            }
            if (removal != null) {
                stores.commits().submit(removal);
            }
        }
    }

    void lost(Add add) {
        Remove removal;
        synchronized (this) {
            release(add.sequence());
            contents.remove(add.sequence(), add);
            removal = add.removal();
        }
        if (removal != null) {
            // what failed may be on the disk all the same, until something else is
            stores.commits().submit(removal);
        }
    }

    /** What is in it was found in the journal, and this is where the queue's name was. */
    synchronized void recovered(long named, long expires) {
        expiration = expires;
        for (long sequence = contents.next(Long.MIN_VALUE);
                sequence != Long.MAX_VALUE;
                sequence = contents.next(sequence)) {
            born(contents.get(sequence));
            known = sequence;
        }
        definition = named;
        if (named != UNDEFINED) {
            stores.journal().born(named);
        }
    }

    synchronized boolean isLive(long sequence, long location) {
        return contents.get(sequence) == location;
    }

    /** @return whether that definition is the one in use; that of an empty queue is given up, and made again when it is needed */
    synchronized boolean isLiveDefinition(long location) {
        if (definition != location) {
            return false;
        }
        if (contents.size() == 0 && unwritten.isEmpty()) {
            stores.journal().died(definition);
            definition = UNDEFINED;
            return false;
        }
        return true;
    }

    synchronized void moved(long sequence, long from, long to) {
        if (contents.get(sequence) == from) {
            died(from);
            contents.move(sequence, to);
            born(to);
        }
    }

    synchronized void movedDefinition(long from, long to) {
        if (definition == from) {
            stores.journal().died(from);
            definition = to;
            stores.journal().born(to);
        }
    }

    /** The queue is forgotten: its name need not be kept in the journal. */
    synchronized void dropDefinition() {
        if (definition > 0) {
            stores.commits().submit(new Drop(stores.commits(), id));
            stores.journal().died(definition);
            definition = UNDEFINED;
        }
    }

    /** The broker has the queue: it is asked for what is here, and told what comes. */
    synchronized void attach() {
        detached = 0;
    }

    /** The broker lets go of the queue, and what is stored stays. */
    public synchronized void detach() {
        detached = System.currentTimeMillis();
        listener = null;
    }

    /** @return whether the broker has not had it for so long and nothing is in it */
    synchronized boolean isForgotten(long now, long patience) {
        return detached != 0 && now - detached >= patience && contents.size() == 0 && unwritten.isEmpty();
    }

    /** @return whether a message is or was here that has expired by now */
    public synchronized boolean mayHoldExpired(long now) {
        return expiration <= now && contents.size() > 0;
    }

    /** @return whether the broker does not have it and something in it may have expired; asked again, it says so again in an hour */
    synchronized boolean isToBeSearched(long now) {
        if (detached == 0 || expiration > now || contents.size() == 0) {
            return false;
        }
        expiration = now + SEARCH_AGAIN;
        return true;
    }

    @Override
    public void removeAllMessages(ConnectionContext context) throws IOException {
        Optional<Drop> drop = empty();
        if (drop.isPresent()) {
            drop.get().await();
        }
    }

    /** @return what is being written for it, or nothing when there is nothing to write */
    Optional<Drop> empty() {
        Drop drop = null;
        Map<Long, Add> waiting;
        synchronized (this) {
            if (detached != 0) {
                return Optional.empty();
            }
            if (definition != UNDEFINED || contents.size() > 0 || !unwritten.isEmpty()) {
                drop = new Drop(stores.commits(), id);
                // under the lock, as a single removal
                stores.commits().submit(drop);
            }
            Map<Long, Add> all = new HashMap<>(unwritten);
            waiting = new HashMap<>(all);
            waiting.values().removeIf(add -> !add.takeBack());
            waiting.keySet().forEach(this::release);
            for (long sequence = contents.next(Long.MIN_VALUE);
                    sequence != Long.MAX_VALUE;
                    sequence = contents.next(sequence)) {
                long location = contents.get(sequence);
                if (location > 0) {
                    died(location);
                }
            }
            contents.clear(all);
            if (definition > 0) {
                stores.journal().died(definition);
            }
            definition = UNDEFINED;
            id = stores.renumber(this);
        }
        waiting.values().forEach(Add::settled);
        return Optional.ofNullable(drop);
    }

    @Override
    public void recover(MessageRecoveryListener container) throws Exception {
        reader.all(container);
    }

    /** A page ends where the memory of its reader does: 200 large messages are more than it may hold. */
    @Override
    public void recoverNextMessages(int maxReturned, MessageRecoveryListener container) throws Exception {
        int returned = 0;
        for (long sequence = nextOfBatch();
                sequence <= known
                        && returned < maxReturned
                        && (returned == 0 || container.hasSpace() && container.canRecoveryNextMessage());
                sequence = nextOfBatch()) {
            Optional<Message> message = reader.read(sequence);
            if (message.isPresent()) {
                container.recoverMessage(message.get());
                returned++;
            }
            batchEndsAt(sequence);
        }
    }

    private synchronized long nextOfBatch() {
        return contents.next(batchEnd);
    }

    private synchronized void batchEndsAt(long sequence) {
        batchEnd = sequence;
    }

    /** @return the first messages, without disturbing whoever reads them in their order */
    public List<Message> first(int limit) throws IOException {
        return reader.first(limit);
    }

    @Override
    public synchronized void resetBatching() {
        batchEnd = Long.MIN_VALUE;
    }

    @Override
    public void setBatch(MessageId message) throws IOException {
        long sequence = sequence(message);
        synchronized (this) {
            batchEnd = Math.max(batchEnd, sequence);
        }
    }

    @Override
    public Message getMessage(MessageId identity) throws IOException {
        return reader.read(sequence(identity)).orElse(null);
    }

    @Override
    public synchronized int getMessageCount() {
        return contents.size();
    }

    @Override
    public synchronized long getMessageSize() {
        return bytes;
    }

    @Override
    public synchronized boolean isEmpty() {
        return contents.size() == 0;
    }

    /** A picture of this moment, made at each call. */
    @Override
    public synchronized MessageStoreStatistics getMessageStoreStatistics() {
        MessageStoreStatistics statistics = new MessageStoreStatistics();
        statistics.getMessageCount().setCount(contents.size());
        statistics.getMessageSize().setTotalSize(bytes);
        return statistics;
    }

    @Override
    public synchronized void registerIndexListener(IndexListener indexListener) {
        listener = indexListener;
    }

    @Override
    public ActiveMQDestination getDestination() {
        return destination;
    }

    private void release(long sequence) {
        unwritten.remove(sequence);
        if (unwritten.isEmpty()) {
            unwritten = Map.of();
        }
    }

    private void born(long location) {
        bytes += Location.size(location);
        stores.journal().born(location);
    }

    private void died(long location) {
        bytes -= Location.size(location);
        stores.journal().died(location);
    }

    private long sequence(MessageId message) throws IOException {
        if (message.getFutureOrSequenceLong() instanceof Long sequence) {
            return sequence;
        }
        return reader.find(message);
    }
}
