package gatepost.store.queue;

import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Operation;
import gatepost.store.quota.Charge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.store.IndexListener;
import org.apache.activemq.store.MessageRecoveryListener;
import org.apache.activemq.store.MessageStoreStatistics;

/**
 * One queue's store as ActiveMQ asks for it. Adding a message returns at once and leaves a {@link gatepost.contracts.Durability}
 * with the message's id, which is safe when the message is on the disk or acknowledged.
 *
 * <p>Any thread; the lock of this object guards where the broker's cursor is, and nothing else.
 */
public final class QueueStore extends PlainMessageStore {

    private final StoredMessages messages;
    private final QueueStores stores;
    private final QueueReader reader;
    private long batchEnd = Long.MIN_VALUE;

    QueueStore(StoredMessages messages) {
        this.messages = messages;
        this.stores = messages.stores();
        this.reader = new QueueReader(messages, stores);
    }

    StoredMessages messages() {
        return messages;
    }

    @Override
    public void addMessage(ConnectionContext context, Message message) throws IOException {
        if (message.isInTransaction()) {
            stores.transactions().add(message.getTransactionId(), messages, context, message);
            return;
        }
        add(context, message, !isMoved(message) && messages.attachment().hasConsumer());
    }

    /** @return the same that it leaves with the message's id */
    Add add(ConnectionContext context, Message message, boolean delayed) throws IOException {
        return add(context, message, delayed, null);
    }

    /** @param along what is to be written with it, {@code null} for nothing */
    Add add(ConnectionContext context, Message message, boolean delayed, LongFunction<Along> along) throws IOException {
        stores.reserve(1);
        Add add = messages.begin(context, message, along);
        message.getMessageId().setFutureOrSequenceLong(add.sequence());
        add.leaveWith(message.getMessageId());
        if (delayed) {
            stores.commits().submitDelayed(add);
        } else {
            stores.commits().submit(add);
        }
        return add;
    }

    /**
     * The broker has this queue as an inbox, and the journal is going to say so.
     *
     * @return what an inbox can do with it, for as long as the broker has it
     */
    public InboxLog log() {
        messages.attachment().isInbox();
        messages.definition().becomeLog(stores.commits());
        return new InboxLog(this, messages, reader);
    }

    /** @return in which the numbers of its messages are offsets; nothing when it is no inbox, as far as the journal says */
    public Optional<String> epoch() {
        return messages.definition().isLog()
                ? Optional.of(InboxLog.epoch(stores, messages.definition().number()))
                : Optional.empty();
    }

    /** Reads the names of all queues of this store, those that the broker does not have included, each once. */
    public void queues(Consumer<ActiveMQQueue> reader) {
        stores.forEach(reader);
    }

    /** @return what puts messages that come to this one into others instead */
    public Spreading spreading() {
        return new Spreading(messages);
    }

    /** @return whether it comes from another queue: its removal there follows, and must not be on the disk before it is here */
    private static boolean isMoved(Message message) {
        return message.getOriginalDestination() != null
                && !message.getOriginalDestination().isComposite();
    }

    @Override
    public void removeMessage(ConnectionContext context, MessageAck ack) throws IOException {
        long sequence = sequence(ack.getLastMessageId());
        if (ack.isInTransaction()) {
            stores.transactions().remove(ack.getTransactionId(), messages, sequence);
            return;
        }
        // what was refused or has expired goes on to another queue: until it is there it has to be here
        boolean done = ack.isStandardAck() || ack.isIndividualAck();
        Operation removal = messages.remove(sequence, ack.isResponseRequired(), done);
        if (removal != null && ack.isResponseRequired()) {
            removal.await();
        }
    }

    /** @return how much is in the queue, what is not written yet included */
    public Charge kept() {
        return messages.kept();
    }

    /** @return how much of it that user sent; looks through all of it at the first call, and counts from then on */
    public Charge kept(String user) {
        return messages.kept(user);
    }

    /** The broker unloads the queue, and what is stored stays. */
    public void detach() {
        messages.attachment().detach();
    }

    /** @return whether a message is or was here that has expired by now */
    public boolean mayHoldExpired(long now) {
        return messages.mayHoldExpired(now);
    }

    @Override
    public void removeAllMessages(ConnectionContext context) throws IOException {
        purge(List.of());
    }

    /** Removes all messages, and has only these notes from then on; nothing happens while the broker does not have the queue. */
    void purge(List<Note> kept) throws IOException {
        for (Operation record : Departure.all(messages, kept)) {
            record.await();
        }
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
                messages.attachment().knows(sequence)
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
        return messages.after(batchEnd);
    }

    private synchronized void batchEndsAt(long sequence) {
        batchEnd = sequence;
    }

    /** @return the first messages, without disturbing whoever reads them in their order */
    public List<Message> first(int limit) throws IOException {
        return reader.first(limit);
    }

    /** Looks at the first messages that wait, one after another; ends with the one with which it has read so many or so many bytes. */
    public void first(int limit, long bytes, Consumer<Message> looker) throws IOException {
        reader.first(limit, bytes, looker);
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
    public int getMessageCount() {
        return messages.count();
    }

    @Override
    public long getMessageSize() {
        return messages.bytes();
    }

    @Override
    public boolean isEmpty() {
        return messages.count() == 0;
    }

    /** A picture of this moment, made at each call. */
    @Override
    public MessageStoreStatistics getMessageStoreStatistics() {
        MessageStoreStatistics statistics = new MessageStoreStatistics();
        statistics.getMessageCount().setCount(messages.count());
        statistics.getMessageSize().setTotalSize(messages.bytes());
        return statistics;
    }

    @Override
    public void registerIndexListener(IndexListener listener) {
        messages.attachment().listen(listener);
    }

    @Override
    public ActiveMQDestination getDestination() {
        return messages.queue();
    }

    private long sequence(MessageId message) throws IOException {
        if (message.getFutureOrSequenceLong() instanceof Long sequence) {
            return sequence;
        }
        return reader.find(message);
    }
}
