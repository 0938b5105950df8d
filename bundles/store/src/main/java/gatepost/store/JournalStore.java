package gatepost.store;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.InboxLogs;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredLedger;
import gatepost.contracts.inbox.StoredNotes;
import gatepost.store.queue.QueueStore;
import gatepost.store.queue.QueueStores;
import gatepost.store.queue.StoreCheck;
import gatepost.store.queue.Yielded;
import gatepost.store.quota.Admission;
import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.BrokerServiceAware;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.scheduler.JobSchedulerStore;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.store.MessageStore;
import org.apache.activemq.store.PersistenceAdapter;
import org.apache.activemq.store.TopicMessageStore;
import org.apache.activemq.store.TransactionStore;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.usage.SystemUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store made for many small queues: their messages are in one journal, and what is where is known in memory. An idle queue
 * costs its name. Topics, with their durable subscriptions, stay in KahaDB, whose lock also guards the folder.
 */
public final class JournalStore
        implements PersistenceAdapter, BrokerServiceAware, StoredNotes, StoredLedger, InboxLogs {

    private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);

    private final KahaDBPersistenceAdapter topics;
    private final QueueStores queues;
    private TransactionStore transactions;

    /** @param topics configured, not started; the queues' files go into a folder inside its own */
    public JournalStore(KahaDBPersistenceAdapter topics) {
        this(topics, new Admission());
    }

    /** @param admission says who may leave how much in the queues, and knows who did */
    public JournalStore(KahaDBPersistenceAdapter topics, Admission admission) {
        this.topics = topics;
        this.queues = new QueueStores(topics.getDirectory().toPath().resolve(StoreCheck.FOLDER), admission);
    }

    @Override
    public void start() throws Exception {
        topics.start();
        try {
            queues.start();
            copyFromKahaDb();
        } catch (Exception e) {
            topics.stop();
            throw e;
        }
    }

    @Override
    public void stop() throws Exception {
        queues.stop();
        topics.stop();
    }

    /** Takes over what queues hold in KahaDB, where they were kept before there was a journal. */
    private void copyFromKahaDb() throws Exception {
        for (ActiveMQDestination destination : topics.getDestinations()) {
            if (destination instanceof ActiveMQQueue queue) {
                MessageStore old = topics.createQueueMessageStore(queue);
                old.start();
                int count = old.getMessageCount();
                QueueStore store = queues.store(queue);
                old.recover(new CopyingListener(store));
                old.removeAllMessages(new ConnectionContext());
                topics.removeQueueMessageStore(queue);
                store.detach();
                LOG.info("{} stored messages of {} are in the journal now", count, queue);
            }
        }
    }

    @Override
    public Set<ActiveMQDestination> getDestinations() {
        Set<ActiveMQDestination> destinations = new HashSet<>(topics());
        destinations.addAll(queues());
        return destinations;
    }

    /** @return the topics with durable subscriptions */
    public Set<ActiveMQDestination> topics() {
        return topics.getDestinations();
    }

    /** @return all queues, those that the broker has unloaded included */
    public List<ActiveMQDestination> queues() {
        return queues.names();
    }

    /** @return the stores of all queues, those that the broker has unloaded included */
    public List<QueueStore> stores() {
        return queues.all();
    }

    /** @return the store of that queue, where there is one */
    public Optional<QueueStore> store(ActiveMQQueue queue) {
        return queues.find(queue.getPhysicalName());
    }

    /** @return whether there is such a queue */
    public boolean holds(ActiveMQDestination destination) {
        return destination.isQueue() && !destination.isTemporary() && queues.holds(destination.getPhysicalName());
    }

    @Override
    public Optional<byte[]> note(ActiveMQQueue inbox, String name) {
        return queues.notes().note(inbox, name);
    }

    @Override
    public Durability note(ActiveMQQueue inbox, Note note, boolean urgent) {
        return queues.notes().note(inbox, note, urgent);
    }

    @Override
    public Durability note(ActiveMQQueue inbox, List<Note> notes) {
        return queues.notes().note(inbox, notes);
    }

    @Override
    public void forAll(String prefix, BiConsumer<ActiveMQQueue, Map<String, byte[]>> reader) {
        queues.notes().forAll(prefix, reader);
    }

    @Override
    public long head() {
        return queues.logs().head();
    }

    @Override
    public Optional<MessageLog> log(ActiveMQQueue inbox) {
        return queues.logs().log(inbox);
    }

    @Override
    public void waiting(long above, long upTo, ObjLongConsumer<ActiveMQQueue> reader) {
        queues.logs().waiting(above, upTo, reader);
    }

    @Override
    public Map<String, byte[]> ledger(String ledger) throws IOException {
        return queues.ledgers().ledger(ledger);
    }

    @Override
    public Durability record(String ledger, Note note, boolean urgent) throws IOException {
        return queues.ledgers().record(ledger, note, urgent);
    }

    @Override
    public void forEach(String name, BiConsumer<ActiveMQQueue, byte[]> reader) {
        queues.notes().forEach(name, reader);
    }

    /** @return queues that the broker has unloaded and in which something may have expired */
    public List<ActiveMQDestination> expired() {
        return queues.expired();
    }

    /** @return why no queue's messages can be stored right now, nothing when they can; any thread */
    public Optional<String> problem() {
        return queues.problem();
    }

    /** @return in how many places something on the disk was not what had been written there, since the start; any thread */
    public long damage() {
        return queues.damage();
    }

    /**
     * Has it told how long each sync of the journal takes that senders wait for; before the start.
     *
     * @param nanos is given nanoseconds, by the thread that writes, which it must not hold up
     */
    public void timed(LongConsumer nanos) {
        queues.timed(nanos);
    }

    /** @return bytes that were written once more to win space back, since the start; any thread */
    public long copiedBytes() {
        return queues.copiedBytes();
    }

    /**
     * Forgets what is empty and what the broker unloaded so many milliseconds ago.
     *
     * @param queueMillis for plain queues
     * @param inboxMillis for inboxes
     */
    public void forgetIdle(long queueMillis, long inboxMillis) {
        queues.forgetIdle(queueMillis, inboxMillis);
    }

    /**
     * Has the oldest messages that are done go from all inboxes, loaded or not, as if their limits said so: their offsets are told as a
     * gap. Waits for the disk; one caller at a time.
     *
     * @param bytes so many at least, or all of them
     */
    public Yielded yieldHistory(long bytes) {
        return queues.yieldHistory(bytes);
    }

    /** Forgets a queue that the broker unloaded and that is empty. @return whether it is gone */
    public boolean forget(ActiveMQQueue queue) {
        return queues.forget(queue.getPhysicalName());
    }

    @Override
    public QueueStore createQueueMessageStore(ActiveMQQueue destination) {
        return queues.store(destination);
    }

    @Override
    public TopicMessageStore createTopicMessageStore(ActiveMQTopic destination) throws IOException {
        return topics.createTopicMessageStore(destination);
    }

    @Override
    public void removeQueueMessageStore(ActiveMQQueue destination) {
        queues.removed(destination);
    }

    @Override
    public void removeTopicMessageStore(ActiveMQTopic destination) {
        topics.removeTopicMessageStore(destination);
    }

    @Override
    public TransactionStore createTransactionStore() throws IOException {
        if (transactions == null) {
            transactions = new Transactions(queues.transactions(), topics.createTransactionStore());
        }
        return transactions;
    }

    @Override
    public JobSchedulerStore createJobSchedulerStore() {
        throw new UnsupportedOperationException("scheduled messages are off");
    }

    @Override
    public void beginTransaction(ConnectionContext context) throws IOException {
        topics.beginTransaction(context);
    }

    @Override
    public void commitTransaction(ConnectionContext context) throws IOException {
        topics.commitTransaction(context);
    }

    @Override
    public void rollbackTransaction(ConnectionContext context) throws IOException {
        topics.rollbackTransaction(context);
    }

    @Override
    public long getLastMessageBrokerSequenceId() throws IOException {
        return Math.max(queues.lastSequence(), topics.getLastMessageBrokerSequenceId());
    }

    @Override
    public long getLastProducerSequenceId(ProducerId id) {
        // whoever sends again after a reconnect does so with a new producer id: STOMP knows no other
        return -1;
    }

    @Override
    public void deleteAllMessages() throws IOException {
        topics.deleteAllMessages();
        for (ActiveMQDestination queue : queues()) {
            queues.store((ActiveMQQueue) queue).removeAllMessages(null);
        }
    }

    @Override
    public long size() {
        return queues.size() + topics.size();
    }

    @Override
    public void checkpoint(boolean cleanup) throws IOException {
        topics.checkpoint(cleanup);
    }

    @Override
    public File getDirectory() {
        return topics.getDirectory();
    }

    @Override
    public void setDirectory(File directory) {
        throw new IllegalStateException("the folder is given when the store is made");
    }

    @Override
    public void setUsageManager(SystemUsage usage) {
        topics.setUsageManager(usage);
    }

    @Override
    public void setBrokerName(String name) {
        topics.setBrokerName(name);
    }

    @Override
    public void setBrokerService(BrokerService service) {
        topics.setBrokerService(service);
    }

    @Override
    public void allowIOResumption() {
        topics.allowIOResumption();
    }

    @Override
    public String toString() {
        return "journal in " + getDirectory();
    }
}
