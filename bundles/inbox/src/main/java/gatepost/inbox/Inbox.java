package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxAck;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.inbox.InboxReference;
import gatepost.contracts.inbox.Room;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.transaction.Synchronization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox of one user: a log, and for each subscription a place in it. Each subscription gets every message in the order in which they
 * came; what the owner has acknowledged in any of them is done.
 *
 * <p>Any thread. No lock is held while a message is read from the disk or handed to a connection: each {@link InboxReader} is at work
 * on one thread at a time, and whoever finds it at work leaves the rest to it.
 */
final class Inbox extends UnloadableInbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final String owner;
    private final Content content;
    private final History history;
    private final Overflow overflow;
    private final HadBefore had = new HadBefore();
    private final List<InboxReader> readers = new CopyOnWriteArrayList<>();
    /** Messages of transactions that are not at their end. */
    private final AtomicInteger preparing = new AtomicInteger();

    private final AtomicLong counted = new AtomicLong();

    private long lastExpiry;

    /** @param owner whose acknowledgements count */
    Inbox(Room room, String owner, Supplier<HistoryLimits> limits) throws Exception {
        super(room);
        this.owner = owner;
        this.content = new Content(room);
        this.history = new History(content.log(), limits);
        this.overflow = new Overflow(room, content, this::dropped);
        recount();
    }

    Content content() {
        return content;
    }

    HadBefore had() {
        return had;
    }

    History history() {
        return history;
    }

    @Override
    void take(ConnectionContext context, Message message) throws Exception {
        message.setRegionDestination(this);
        if (message.isExpired()) {
            broker.getRoot().messageExpired(context, message, null);
            return;
        }
        if (context.isInTransaction()) {
            room().admit(context, message, () -> prepare(context, message));
        } else {
            room().admit(context, message, () -> accept(context, message));
        }
    }

    private void accept(ConnectionContext context, Message message) throws IOException {
        if (!message.isPersistent()) {
            acceptUnstored(message);
            return;
        }
        Durability stored = content.log().add(context, message, !readers.isEmpty());
        long place = (Long) message.getMessageId().getFutureOrSequenceLong();
        if (message.getOriginalDestination() == null) {
            stored.position(new InboxPosition(content.log().epoch(), place));
        }
        arrived(place, message);
    }

    private void acceptUnstored(Message message) {
        content.log().number(place -> content.unstored().add(place, message));
        arrived();
        readers.forEach(InboxReader::goOn);
        overflow.drop();
    }

    /** What a transaction sends comes when it is committed. */
    private void prepare(ConnectionContext context, Message message) throws IOException {
        if (message.isPersistent()) {
            content.log().add(context, message, false);
        }
        preparing.incrementAndGet();
        context.getTransaction().addSynchronization(new Synchronization() {

            @Override
            public void afterCommit() {
                preparing.decrementAndGet();
                if (message.isPersistent()) {
                    arrived((Long) message.getMessageId().getFutureOrSequenceLong(), message);
                } else {
                    acceptUnstored(message);
                }
            }

            @Override
            public void afterRollback() {
                preparing.decrementAndGet();
                // what came after it may have waited for its end
                wakeup();
            }
        });
    }

    private void arrived(long place, Message message) {
        arrived();
        if (!readers.isEmpty()) {
            Content.Latest latest = content.arrived(place, message);
            readers.forEach(InboxReader::goOn);
            content.release(latest);
        }
        overflow.drop();
    }

    private void dropped(long place, Message message) {
        message.setRegionDestination(this);
        had.forget(place);
        recount();
    }

    private void arrived() {
        getDestinationStatistics().getEnqueues().increment();
        recount();
    }

    @Override
    public void addSubscription(ConnectionContext context, Subscription subscription) throws Exception {
        InboxReader reader = InboxReader.of(this, subscription, room().tasks());
        super.addSubscription(context, subscription);
        subscription.add(context, this);
        readers.add(reader);
        reader.goOn();
    }

    @Override
    public void removeSubscription(ConnectionContext context, Subscription subscription, long lastDelivered)
            throws Exception {
        Optional<InboxReader> reader = reader(subscription);
        if (reader.isEmpty()) {
            return;
        }
        readers.remove(reader.get());
        reader.get().end();
        passed();
        super.removeSubscription(context, subscription, lastDelivered);
        for (MessageReference left : subscription.remove(context, this)) {
            if (left instanceof InboxReference message && content.isWaiting(message.place())) {
                had.note(reader.get().account(), message.place());
            }
        }
    }

    /** What waits has changed: what the broker knows of it is made to agree. */
    private void recount() {
        long now = content.waiting();
        getDestinationStatistics().getMessages().add(now - counted.getAndSet(now));
    }

    private Optional<InboxReader> reader(Subscription subscription) {
        return readers.stream().filter(reader -> reader.is(subscription)).findFirst();
    }

    @Override
    public void acknowledged(
            ConnectionContext context, Subscription subscription, MessageAck ack, InboxReference message)
            throws IOException {
        // one whose reader has just been removed counts, too: what it had may have been acknowledged by then
        if (!InboxReader.account(subscription.getContext()).equals(owner) || subscription.isBrowser()) {
            return;
        }
        linger(message);
        if (ack.isInTransaction()) {
            doneAtCommit(context, ack, message);
            return;
        }
        boolean settled = message.isPersistent()
                ? done(ack, message)
                : content.unstored().remove(message.place()).isPresent();
        if (settled) {
            left(message);
        }
        if (ack instanceof InboxAck inboxAck) {
            inboxAck.settles(settled);
        }
    }

    /** What does not stay once it is done must not be gone before everybody who is there has come to it. */
    private void linger(InboxReference message) throws IOException {
        long place = message.place();
        if (!message.isKept() && slowest() < place) {
            Message whole = content.read(place);
            if (whole != null) {
                content.lingering().add(place, whole);
                passed();
            }
        }
    }

    /** A reader has come further, or has gone. */
    void passed() {
        if (!content.lingering().isEmpty()) {
            content.lingering().passed(slowest());
        }
    }

    /** @return the highest place of what has gone although somebody who reads may not have come to it */
    long missed() {
        return Math.max(
                Math.max(content.lingering().lost(), history.trimmed()),
                content.log().yielded());
    }

    /** @return the highest place of what waited and went since too much did */
    long overflowed() {
        return overflow.lost();
    }

    /** @return the place that everybody who is there has passed */
    private long slowest() {
        long slowest = Long.MAX_VALUE;
        for (InboxReader reader : readers) {
            slowest = Math.min(slowest, reader.position());
        }
        return slowest;
    }

    private boolean done(MessageAck ack, InboxReference message) throws IOException {
        Optional<Durability> done =
                content.log().done(message.place(), ack.isPoisonAck(), message.isKept(), ack.isResponseRequired());
        if (done.isPresent() && ack.isResponseRequired()) {
            done.get().await();
        }
        return done.isPresent();
    }

    private void doneAtCommit(ConnectionContext context, MessageAck ack, InboxReference message) throws IOException {
        boolean stored = message.isPersistent();
        if (stored && content.log().isWaiting(message.place())) {
            content.log().done(ack.getTransactionId(), message.place(), ack.isPoisonAck(), message.isKept());
        }
        boolean waited = content.isWaiting(message.place());
        context.getTransaction().addSynchronization(new Synchronization() {

            @Override
            public void afterCommit() {
                if (stored ? waited : content.unstored().remove(message.place()).isPresent()) {
                    left(message);
                }
            }
        });
    }

    private void left(InboxReference message) {
        getDestinationStatistics().getDequeues().increment();
        recount();
        had.forget(message.place());
        history.trim();
    }

    /** A message is too old: it leaves the log, and whoever has not got it will not. */
    void expired(long place, Message message) {
        boolean waited = content.isWaiting(place);
        message.setRegionDestination(this);
        if (content.unstored().remove(place).isEmpty()) {
            content.log().remove(place, false);
        }
        if (waited) {
            getDestinationStatistics().getExpired().increment();
            recount();
            had.forget(place);
            broker.getRoot().messageExpired(createConnectionContext(), message, null);
        }
    }

    @Override
    public void wakeup() {
        readers.forEach(InboxReader::goOn);
    }

    @Override
    public void dispatchTo(Subscription subscription) {
        reader(subscription).ifPresent(InboxReader::goOn);
    }

    @Override
    public long purge() throws Exception {
        long waited = getDestinationStatistics().getMessages().getCount();
        content.unstored().clear();
        content.log().purge(List.of());
        recount();
        readers.forEach(InboxReader::purged);
        return waited;
    }

    @Override
    public Message[] browse() {
        List<Message> found = new ArrayList<>();
        try {
            for (long place = content.waitingAfter(Long.MIN_VALUE);
                    place != Long.MAX_VALUE && found.size() < getMaxBrowsePageSize();
                    place = content.waitingAfter(place)) {
                Message message = content.read(place);
                if (message != null) {
                    found.add(message);
                }
            }
        } catch (IOException e) {
            LOG.error("{} cannot be read", getName(), e);
        }
        return found.toArray(Message[]::new);
    }

    @Override
    void lookThrough(long now) {
        history.trimOld(now);
        long period = room().expiryCheck();
        if (period > 0
                && now - lastExpiry >= period
                && (room().mayHoldExpired(now) || !content.unstored().isEmpty())) {
            lastExpiry = now;
            lookForExpired();
        }
    }

    @Override
    boolean isWhollyStored() {
        return content.unstored().isEmpty() && preparing.get() == 0;
    }

    @Override
    void unload() {
        content.unstored().clear();
        // what the broker counts in all is what its loaded queues hold
        getDestinationStatistics().getMessages().subtract(counted.getAndSet(0));
    }

    private void lookForExpired() {
        try {
            for (long place = content.waitingAfter(Long.MIN_VALUE);
                    place != Long.MAX_VALUE;
                    place = content.waitingAfter(place)) {
                Message message = content.read(place);
                if (message != null && message.isExpired()) {
                    expired(place, message);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} could not be searched for expired messages", getName(), e);
        }
    }

    @Override
    public List<Subscription> getConsumers() {
        return readers.stream().map(InboxReader::subscription).toList();
    }
}
