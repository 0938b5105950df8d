package gatepost.store.queue;

import gatepost.contracts.inbox.InboxLogs;
import gatepost.contracts.inbox.StoredLedger;
import gatepost.contracts.inbox.StoredNotes;
import gatepost.store.journal.Cleaning;
import gatepost.store.journal.GroupCommit;
import gatepost.store.journal.Journal;
import gatepost.store.quota.Admission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.openwire.OpenWireFormat;
import org.apache.activemq.util.ByteSequence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All queues of a broker, and the journal that they share. */
public final class QueueStores {

    private static final Logger LOG = LoggerFactory.getLogger(QueueStores.class);

    private final Journal journal;
    private final GroupCommit commits;
    private final QueueTransactions transactions = new QueueTransactions(this);
    private final Map<String, StoredMessages> byName = new ConcurrentHashMap<>();
    private final Map<Long, StoredMessages> byId = new ConcurrentHashMap<>();
    private final SharedBodies bodies;
    private final OldestHistory histories = new OldestHistory(this);
    private final Ledgers ledgers = new Ledgers(this);
    private final Admission admission;
    private final AtomicLong lastId = new AtomicLong();
    private final Sequences sequences;
    private final Marshaller writing = new Marshaller();
    private final OpenWireFormat reading = Marshaller.format();

    /**
     * @param folder for the journal's files alone
     * @param admission says who may leave how much here, and knows who did
     */
    public QueueStores(Path folder, Admission admission) {
        this(new Journal(folder), admission);
    }

    QueueStores(Journal journal) {
        this(journal, new Admission());
    }

    private QueueStores(Journal journal, Admission admission) {
        this(journal, owner -> new GroupCommit(journal, owner), admission, Sequences.BLOCK);
    }

    QueueStores(Journal journal, Function<Cleaning.Owner, GroupCommit> commits) {
        this(journal, commits, new Admission(), Sequences.BLOCK);
    }

    /** @param block how many numbers of messages are reserved at a time */
    QueueStores(Journal journal, Function<Cleaning.Owner, GroupCommit> commits, Admission admission, int block) {
        this.journal = journal;
        this.bodies = new SharedBodies(journal);
        this.sequences = new Sequences(block, lastId);
        this.admission = admission;
        this.commits = commits.apply(new Liveness(byId, bodies));
    }

    /** Reads what is there, and begins to write. */
    public void start() throws IOException {
        open();
        commits.start();
    }

    /** Reads what is there. */
    void open() throws IOException {
        Recovery recovery = new Recovery(admission.users(), this::sender);
        journal.open(recovery);
        lastId.set(recovery.lastId());
        sequences.recovered(recovery.numbers(journal.damage(), sequences.block()));
        journal.describe(sequences::state, sequences::finalState);
        recovery.shared().forEach(bodies::hold);
        for (FoundQueue found : recovery.queues()) {
            StoredMessages messages =
                    new StoredMessages(new ActiveMQQueue(found.name()), this, found.id(), found.contents());
            messages.recovered(found);
            if (Ledgers.isReserved(found.name())) {
                ledgers.found(found.name(), messages);
            } else {
                byName.put(found.name(), messages);
            }
            byId.put(found.id(), messages);
        }
        recovery.shared().keySet().forEach(bodies::release);
        recovery.emptied().forEach(id -> commits.submit(new Drop(commits, id)));
        sequences.ask(0, commits);
        ledgers.read();
    }

    /** Writes what waits and closes all files. */
    public void stop() throws IOException {
        commits.stop();
    }

    /** @return the store of that queue for the broker, made when there is none; one for as long as the broker has the queue */
    public QueueStore store(ActiveMQQueue queue) {
        return new QueueStore(with(queue, messages -> messages.attachment().attach()));
    }

    /**
     * Does something with a queue that may be made for it, and is not forgotten meanwhile. The broker is not told of it.
     *
     * @throws SecurityException for a name that is kept for a ledger: whoever had such a queue could have it emptied
     */
    StoredMessages with(ActiveMQQueue queue, Consumer<StoredMessages> action) {
        if (Ledgers.isReserved(queue.getPhysicalName())) {
            throw new SecurityException(
                    "Denied: the name " + queue.getPhysicalName() + " is kept for the store, and no queue can have it");
        }
        return byName.compute(queue.getPhysicalName(), (name, known) -> {
            StoredMessages messages = known == null ? make(queue) : known;
            action.accept(messages);
            return messages;
        });
    }

    /** Makes one that is in the journal's books, and in no other yet. */
    StoredMessages make(ActiveMQQueue queue) {
        long id = lastId.incrementAndGet();
        Contents contents = new Contents(queue.getPhysicalName(), admission.users());
        StoredMessages messages = new StoredMessages(queue, this, id, contents);
        byId.put(id, messages);
        return messages;
    }

    /** @return the store of that queue, known to the broker or not, for whoever asks what is in it */
    public Optional<QueueStore> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(QueueStore::new);
    }

    /** @return what is remembered of queues, those that the broker does not have included */
    public StoredNotes notes() {
        return new NotesByQueue(this);
    }

    /** @return what is in inboxes, those that the broker does not have included */
    public InboxLogs logs() {
        return new LogsByQueue(this);
    }

    /** @return what is remembered that belongs to no queue */
    public StoredLedger ledgers() {
        return ledgers;
    }

    /** @return what is in that queue, or {@code null} */
    StoredMessages messages(String name) {
        return byName.get(name);
    }

    /** @return whether there is such a queue, known to the broker or not */
    public boolean holds(String name) {
        return byName.containsKey(name);
    }

    /** As {@link #forgetIdle(long, long)}, with one time for both. */
    void forgetIdle(long millis) {
        forgetIdle(millis, millis);
    }

    /**
     * Forgets what is empty and what the broker has not had for so many milliseconds.
     *
     * @param queueMillis for plain queues
     * @param inboxMillis for inboxes
     */
    public void forgetIdle(long queueMillis, long inboxMillis) {
        byName.keySet().forEach(name -> forget(name, queueMillis, inboxMillis));
    }

    /** As {@link #forgetIdle(long, long)}, one of them, at once. @return whether there is none of that name any more */
    public boolean forget(String name) {
        return forget(name, 0, 0);
    }

    private boolean forget(String name, long queueMillis, long inboxMillis) {
        long now = System.currentTimeMillis();
        return byName.computeIfPresent(name, (same, messages) -> {
                    if (!messages.isForgotten(now, queueMillis, inboxMillis)) {
                        return messages;
                    }
                    byId.remove(messages.definition().number());
                    messages.forget();
                    return null;
                })
                == null;
    }

    /** Forgets a queue that was emptied. */
    public void removed(ActiveMQQueue queue) {
        StoredMessages messages = byName.remove(queue.getPhysicalName());
        if (messages != null) {
            byId.remove(messages.definition().number());
        }
    }

    /** @return the stores of all queues that are known by name, for whoever asks what is in them */
    public List<QueueStore> all() {
        return byName.values().stream().map(QueueStore::new).toList();
    }

    /** @return what is in the queues that are known by name */
    Collection<StoredMessages> messages() {
        return byName.values();
    }

    /** @return queues that the broker has unloaded and in which something may have expired */
    public List<ActiveMQDestination> expired() {
        long now = System.currentTimeMillis();
        return byName.values().stream()
                .filter(messages -> messages.isToBeSearched(now))
                .<ActiveMQDestination>map(StoredMessages::queue)
                .toList();
    }

    /** @return the names of all queues, those that the broker has unloaded included */
    public List<ActiveMQDestination> names() {
        List<ActiveMQDestination> names = new ArrayList<>();
        forEach(names::add);
        return names;
    }

    /** As {@link #names}, without a copy: a queue that comes or goes meanwhile is among them or is not. */
    void forEach(Consumer<ActiveMQQueue> reader) {
        byName.values().forEach(messages -> reader.accept(messages.queue()));
    }

    Admission admission() {
        return admission;
    }

    public QueueTransactions transactions() {
        return transactions;
    }

    /** Has the oldest of all history go, as {@link gatepost.store.JournalStore#yieldHistory} says. */
    public Yielded yieldHistory(long bytes) {
        return histories.makeWay(bytes);
    }

    /** @return about how many bytes the stored messages take */
    public long size() {
        return journal.liveBytes();
    }

    /** @return why nothing can be stored right now */
    public Optional<String> problem() {
        return commits.problem();
    }

    /** @return in how many places something on the disk was not what had been written there, since the start */
    public long damage() {
        return journal.damage();
    }

    /** Tells of each sync, as {@link gatepost.store.JournalStore#timed} says. */
    public void timed(LongConsumer nanos) {
        journal.timed(nanos);
    }

    /** @return bytes that were written once more to win space back, since the start; any thread */
    public long copiedBytes() {
        return journal.copiedBytes();
    }

    /** @return the highest sequence number that was given to a message */
    public long lastSequence() {
        return sequences.last();
    }

    Journal journal() {
        return journal;
    }

    SharedBodies bodies() {
        return bodies;
    }

    GroupCommit commits() {
        return commits;
    }

    Sequences sequences() {
        return sequences;
    }

    /** Sees to it that so many messages can be taken in; may wait for the disk, so call it without a lock. */
    void reserve(int messages) throws IOException {
        sequences.reserve(messages, commits);
    }

    /** Gives an emptied queue a new number, so that what is still on its way under the old one is not taken for its content. */
    long renumber(StoredMessages messages) {
        long id = lastId.incrementAndGet();
        byId.remove(messages.definition().number());
        byId.put(id, messages);
        return id;
    }

    /** The journal's thread. @return what is good until the next one is */
    ByteSequence marshal(Message message) throws IOException {
        return writing.marshal(message);
    }

    Message unmarshal(long location) throws IOException {
        return unmarshal(journal.message(location));
    }

    private Message unmarshal(ByteBuffer bytes) throws IOException {
        synchronized (reading) {
            return (Message) reading.unmarshal(
                    new ByteSequence(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()));
        }
    }

    /** @return who sent the message, or {@code null} */
    private String sender(ByteBuffer message) {
        try {
            return unmarshal(message).getUserID();
        } catch (IOException e) {
            // whoever reads it will find out, too
            LOG.error("a stored message cannot be read: nobody is charged for it", e);
            return null;
        }
    }
}
