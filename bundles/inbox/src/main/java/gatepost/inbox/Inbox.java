package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.InboxReference;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.Room;
import gatepost.inbox.Watcher.Tally;
import jakarta.jms.InvalidDestinationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerInfo;
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

    private final Parts parts;
    private final Content content;
    private final Readers readers;
    private final Settlement settlement;
    private final Requests requests;
    private final Overflow overflow;
    /** Messages of transactions that are not at their end. */
    private final AtomicInteger preparing = new AtomicInteger();

    private long lastExpiry;

    /** One that is counted with no others. */
    Inbox(Room room, String owner, Supplier<InboxSettings> settings) throws Exception {
        this(room, owner, settings, new InboxTotals());
    }

    /** @param owner whose acknowledgements count */
    Inbox(Room room, String owner, Supplier<InboxSettings> settings, InboxTotals totals) throws Exception {
        super(room);
        this.parts = Parts.of(room, owner, settings, totals);
        this.content = parts.content();
        this.readers = parts.readers();
        this.settlement = new Settlement(parts);
        this.requests = new Requests(parts, settlement);
        this.overflow = new Overflow(room, content, this::dropped);
    }

    Parts parts() {
        return parts;
    }

    Overflow overflow() {
        return overflow;
    }

    Settlement settlement() {
        return settlement;
    }

    @Override
    void take(ConnectionContext context, Message message) throws Exception {
        if (message instanceof InboxRequest request) {
            requests.answer(context, request);
            return;
        }
        message.setRegionDestination(this);
        if (message.isExpired()) {
            broker.getRoot().messageExpired(context, message, null);
            return;
        }
        Optional<Names> names = Names.of(message);
        if (names.isPresent()) {
            takeNamed(context, message, names.get());
        } else if (context.isInTransaction()) {
            room().admit(context, message, () -> prepare(context, message));
        } else {
            room().admit(context, message, () -> accept(context, message));
        }
    }

    private void takeNamed(ConnectionContext context, Message message, Names names) throws Exception {
        if (context.isInTransaction() || !message.isPersistent()) {
            throw new IdentityRefused("a message with " + Names.ID + ", " + Names.ONCE + " or " + Names.COLLAPSE
                    + " cannot be part of a transaction, and is persistent");
        }
        // what was sent before is no more of it, however full it is
        if (isSentBefore(message, names)) {
            parts.totals().duplicates().increment();
        } else {
            room().admit(context, message, () -> accept(context, message, names));
        }
    }

    private boolean isSentBefore(Message message, Names names) throws IdentityRefused {
        synchronized (parts.identities()) {
            Optional<Durability> earlier = parts.identities().earlier(names);
            earlier.ifPresent(stored -> stored.leaveWith(message.getMessageId()));
            return earlier.isPresent();
        }
    }

    private void accept(ConnectionContext context, Message message, Names names) throws Exception {
        Identities identities = parts.identities();
        long replaced;
        synchronized (identities) {
            if (isSentBefore(message, names)) {
                parts.totals().duplicates().increment();
                return;
            }
            replaced = identities.replaced(names);
            if (replaced != 0) {
                Names.replaces(message, replaced);
            }
            Durability stored = content.log()
                    .add(
                            context,
                            message,
                            !readers.isEmpty(),
                            offset -> new Along(identities.notes(names, offset), replaced));
            identities.sent(names, place(message, stored), stored);
        }
        if (replaced != 0) {
            parts.totals().replaced().increment();
            settlement.gone(replaced);
        }
        arrived(place(message), message);
    }

    private void accept(ConnectionContext context, Message message) throws IOException {
        if (message.isPersistent()) {
            Durability stored = content.log().add(context, message, !readers.isEmpty());
            arrived(place(message, stored), message);
        } else {
            acceptUnstored(message);
        }
    }

    private static long place(Message message) {
        return (Long) message.getMessageId().getFutureOrSequenceLong();
    }

    /** @return the place of a message that was stored, which its sender is told */
    private long place(Message message, Durability stored) {
        long place = place(message);
        if (message.getOriginalDestination() == null) {
            stored.position(new InboxPosition(content.log().epoch(), place));
        }
        return place;
    }

    private void acceptUnstored(Message message) {
        content.log().number(place -> content.unstored().add(place, message));
        parts.counts().arrived();
        readers.goOn();
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
                    arrived(place(message), message);
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
        parts.counts().arrived();
        parts.watchers().counted();
        if (!readers.isEmpty()) {
            Content.Latest latest = content.arrived(place, message);
            readers.goOn();
            content.release(latest);
        }
        overflow.drop();
    }

    private void dropped(long place, Message message) {
        message.setRegionDestination(this);
        settlement.gone(place);
        parts.counts().recount();
    }

    @Override
    public void requireRoom(ConnectionContext context, ConsumerInfo asked) throws InvalidDestinationException {
        if (asked instanceof InboxConsumer consumer && consumer.device().isPresent()) {
            parts.devices()
                    .requireRoom(InboxReader.account(context), consumer.device().get());
        }
    }

    @Override
    public void addSubscription(ConnectionContext context, Subscription subscription) throws Exception {
        if (subscription.getConsumerInfo() instanceof InboxConsumer consumer && consumer.isWatching()) {
            super.addSubscription(context, subscription);
            subscription.add(context, this);
            Tally tally = new Tally(parts.read(), content);
            parts.watchers().add(new Watcher(subscription, tally, room().tasks()));
            return;
        }
        InboxReader reader = InboxReader.of(this, subscription, room().tasks());
        super.addSubscription(context, subscription);
        subscription.add(context, this);
        readers.add(reader);
        reader.goOn();
    }

    @Override
    public void removeSubscription(ConnectionContext context, Subscription subscription, long lastDelivered)
            throws Exception {
        if (parts.watchers().remove(subscription)) {
            super.removeSubscription(context, subscription, lastDelivered);
            subscription.remove(context, this);
            return;
        }
        Optional<InboxReader> reader = readers.find(subscription);
        if (reader.isEmpty()) {
            return;
        }
        readers.remove(reader.get());
        reader.get().end();
        settlement.passed();
        super.removeSubscription(context, subscription, lastDelivered);
        for (MessageReference left : subscription.remove(context, this)) {
            if (left instanceof InboxReference message && content.isWaiting(message.place())) {
                parts.had().note(reader.get().account(), message.place());
            }
        }
    }

    @Override
    public void acknowledged(
            ConnectionContext context, Subscription subscription, MessageAck ack, InboxReference message)
            throws IOException {
        settlement.acknowledged(context, subscription, ack, message);
    }

    /** A message is too old: it leaves the log, and whoever has not got it will not. */
    void expired(long place, Message message) {
        boolean waited = content.isWaiting(place);
        message.setRegionDestination(this);
        settlement.expired(place, waited);
        if (waited) {
            broker.getRoot().messageExpired(createConnectionContext(), message, null);
        }
    }

    @Override
    public void wakeup() {
        readers.goOn();
    }

    @Override
    public void dispatchTo(Subscription subscription) {
        readers.find(subscription).ifPresent(InboxReader::goOn);
    }

    @Override
    public long purge() throws Exception {
        long waited = getDestinationStatistics().getMessages().getCount();
        content.unstored().clear();
        synchronized (parts.identities()) {
            List<Note> kept = new ArrayList<>(parts.identities().kept());
            kept.addAll(parts.devices().kept());
            content.log().purge(kept);
            parts.identities().purged();
        }
        parts.read().purged();
        parts.devices().purged(content.log().head());
        parts.counts().recount();
        readers.purged();
        parts.watchers().reload();
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
        int kept = content.log().history();
        parts.history().trimOld(now);
        if (content.log().history() != kept) {
            parts.watchers().counted();
        }
        parts.devices().lookThrough(now);
        synchronized (parts.identities()) {
            parts.identities().forgetOld(now);
        }
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
        parts.counts().unload();
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
        List<Subscription> all = new ArrayList<>(readers.subscriptions());
        all.addAll(parts.watchers().subscriptions());
        return all;
    }
}
