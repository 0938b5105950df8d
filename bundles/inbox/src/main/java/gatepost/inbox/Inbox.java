package gatepost.inbox;

import gatepost.contracts.InboxConsumer;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.inbox.InboxReference;
import gatepost.contracts.inbox.InboxSubscriber;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.Room;
import gatepost.contracts.inbox.StoredNotes;
import gatepost.inbox.Watcher.Tally;
import jakarta.jms.InvalidDestinationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator.OfLong;
import java.util.function.Supplier;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
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

    private final Supplier<InboxSettings> settings;
    private final Parts parts;
    private final Content content;
    private final Readers readers;
    private final Settlement settlement;
    private final Requests requests;
    private final Overflow overflow;
    private final Arrivals arrivals;
    private long lastExpiry;

    /**
     * @param owner whose acknowledgements count
     * @param events {@code null} from it while nobody wants to hear what becomes of messages
     */
    Inbox(Room room, String owner, Supplier<InboxSettings> settings, Supplier<EventReports> events, InboxTotals totals)
            throws Exception {
        super(room);
        this.settings = settings;
        this.parts = Parts.of(room, getDestinationStatistics(), owner, settings, events, totals);
        this.content = parts.content();
        this.readers = parts.readers();
        this.settlement = new Settlement(parts);
        this.requests = new Requests(this, parts, settlement);
        this.overflow = new Overflow(room, parts, new Drops());
        this.arrivals = new Arrivals(room, parts, settlement, overflow);
    }

    Parts parts() {
        return parts;
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
        arrivals.take(context, message);
    }

    @Override
    public void arrived(long offset, Message message) throws Exception {
        whileLoaded(() -> {
            message.setRegionDestination(this);
            arrivals.arrived(offset, message);
            return true;
        });
    }

    private final class Drops implements Overflow.Listener {

        @Override
        public void dropping(long place) {
            readers.loses(place);
        }

        @Override
        public void dropped(long place, Message message) {
            message.setRegionDestination(Inbox.this);
            settlement.gone(place);
            parts.counts().recount();
        }
    }

    @Override
    public boolean isAsConfigured() {
        return settings.get().owner(room().name().getPhysicalName()).equals(Optional.of(parts.owner()));
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
        int losses = readers.losses();
        InboxReader reader = InboxReader.of(this, subscription, room().tasks());
        super.addSubscription(context, subscription);
        subscription.add(context, this);
        readers.add(reader, losses);
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
        return empty(true);
    }

    /** As {@link #purge}, and nothing is remembered that this leaves. */
    void erase() throws Exception {
        // before the log: what is still acknowledged must not be remembered there again
        parts.devices().erased();
        empty(false);
    }

    private long empty(boolean remembering) throws Exception {
        long waited = content.waiting();
        content.unstored().clear();
        synchronized (parts.identities()) {
            if (!remembering) {
                parts.identities().erased();
            }
            content.log().purge(remembering ? kept() : List.of());
            parts.identities().purged();
        }
        parts.read().purged();
        parts.devices().purged(content.log().head());
        parts.counts().recount();
        readers.purged();
        parts.watchers().reload();
        return waited;
    }

    private List<Note> kept() throws IOException {
        List<Note> kept = new ArrayList<>(parts.identities().kept());
        kept.addAll(parts.devices().kept());
        content.log().note(StoredNotes.SEEN_AT).ifPresent(seen -> kept.add(new Note(StoredNotes.SEEN_AT, seen)));
        content.log().notes().forEach((name, event) -> {
            if (name.startsWith(EventRecords.PREFIX)) {
                kept.add(new Note(name, event));
            }
        });
        return kept;
    }

    @Override
    public Message[] browse() {
        List<Message> found = new ArrayList<>();
        try {
            OfLong places = content.waitingPlaces().iterator();
            while (places.hasNext() && found.size() < getMaxBrowsePageSize()) {
                Message message = content.read(places.nextLong());
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
        return content.unstored().isEmpty() && !arrivals.arePending();
    }

    @Override
    void gone() {
        content.unstored().clear();
        parts.counts().gone();
    }

    @Override
    public long waiting() {
        return content.waiting();
    }

    @Override
    public long inFlight() {
        long all = 0;
        for (InboxReader reader : readers.all()) {
            all += reader.subscription() instanceof InboxSubscriber subscriber
                    ? subscriber.inFlight(this)
                    : reader.subscription().getInFlightSize();
        }
        return all;
    }

    private void lookForExpired() {
        try {
            OfLong places = content.waitingPlaces().iterator();
            while (places.hasNext()) {
                long place = places.nextLong();
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
