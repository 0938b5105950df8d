package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxRequest;
import gatepost.contracts.Reach;
import gatepost.contracts.inbox.InboxReference;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.Room;
import jakarta.jms.InvalidDestinationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;

/**
 * A destination of which each message goes to the inboxes of many. It holds no messages itself, and nobody reads it; it remembers its
 * members, where it has some of its own, and the ids of what was sent. Any thread.
 */
final class Audience extends UnloadableInbox {

    private final Members members;
    private final SentIds ids;
    private final Recipients recipients;
    private final Supplier<InboxSettings> settings;
    private final InboxTotals totals;

    /** @param recipients is asked for each message */
    Audience(Room room, Recipients recipients, Supplier<InboxSettings> settings, InboxTotals totals) throws Exception {
        super(room);
        Map<String, byte[]> notes = room.log().notes();
        this.members = new Members(room.log(), notes);
        this.ids = new SentIds(room.log(), () -> settings.get().idWindow(), room.tasks(), totals.duplicates(), notes);
        this.recipients = recipients;
        this.settings = settings;
        this.totals = totals;
    }

    Members members() {
        return members;
    }

    /** The last member has gone: nothing is remembered. */
    void vacated() throws IOException {
        ids.forgetAll();
    }

    @Override
    void take(ConnectionContext context, Message message) throws Exception {
        requireForMany(context, message);
        Optional<Names> names = Names.of(message);
        if (names.isPresent()
                && (names.get().once().isPresent() || names.get().collapse().isPresent())) {
            throw new AudienceRefused("a message to many inboxes has no " + InboxHeaders.ONCE + " and no "
                    + InboxHeaders.COLLAPSE + ": each of them would have to look for another message");
        }
        if (message.isExpired()) {
            message.setRegionDestination(this);
            broker.getRoot().messageExpired(context, message, null);
            reachingNobody().leaveWith(message.getMessageId());
            return;
        }
        expire(message);
        Durability stored = names.isEmpty()
                ? spread(context, message, reach -> List.of())
                : ids.send(names.get(), System.currentTimeMillis(), along -> spread(context, message, along));
        stored.leaveWith(message.getMessageId());
    }

    private void requireForMany(ConnectionContext context, Message message) throws AudienceRefused {
        if (message instanceof InboxRequest) {
            throw new AudienceRefused(getName() + " reaches many inboxes and is none: ask it of one of them");
        }
        if (context.isInTransaction()) {
            throw new AudienceRefused("a message to many inboxes cannot be part of a transaction");
        }
        if (!message.isPersistent()) {
            throw new AudienceRefused("a message to many inboxes is persistent: expected no persistent:false");
        }
    }

    private void expire(Message message) {
        long ttl = settings.get().audiences().ttl();
        if (message.getExpiration() == 0 && ttl > 0) {
            message.setExpiration(System.currentTimeMillis() + ttl);
        }
    }

    private Durability spread(ConnectionContext context, Message message, Function<Reach, List<Note>> along)
            throws Exception {
        Collection<ActiveMQQueue> inboxes = recipients.inboxes(members);
        if (inboxes.isEmpty()) {
            return reachingNobody();
        }
        List<Durability> stored = new ArrayList<>(1);
        room().admit(context, message, () -> stored.add(room().spread(message, inboxes, along)));
        Durability one = stored.get(0);
        one.reach().ifPresent(reach -> {
            totals.toMany().increment();
            totals.reached().add(reach.count());
            totals.passedOver().add(reach.skipped());
        });
        return one;
    }

    private static Durability reachingNobody() {
        Durability none = Durability.alreadySafe();
        none.reach(new Reach(0, 0));
        return none;
    }

    /** @return what whoever would read an audience is told */
    static InvalidDestinationException unreadable(String name) {
        return new InvalidDestinationException(
                name + " is read by nobody: what is sent there comes to the inboxes of those whom it reaches");
    }

    @Override
    public boolean isAsConfigured() {
        return settings.get().isToMany(room().name().getPhysicalName());
    }

    @Override
    public void requireRoom(ConnectionContext context, ConsumerInfo asked) throws InvalidDestinationException {
        throw unreadable(getName());
    }

    @Override
    public void addSubscription(ConnectionContext context, Subscription subscription) {
        // one with a wildcard, which hears of the inboxes that it matches
    }

    @Override
    public void removeSubscription(ConnectionContext context, Subscription subscription, long lastDelivered) {
        // it never was one of ours
    }

    @Override
    public long waiting() {
        return 0;
    }

    @Override
    public long inFlight() {
        return 0;
    }

    @Override
    public List<Subscription> getConsumers() {
        return List.of();
    }

    @Override
    public void arrived(long offset, Message message) {
        // messages come into inboxes
    }

    @Override
    public void acknowledged(ConnectionContext context, Subscription reader, MessageAck ack, InboxReference message) {
        throw new UnsupportedOperationException("nobody reads " + getName());
    }

    @Override
    public void dispatchTo(Subscription reader) {
        // there is nothing to get here
    }

    @Override
    public void wakeup() {
        // nobody waits for anything here
    }

    @Override
    public Message[] browse() {
        return new Message[0];
    }

    /** Only what was there when it was a queue of its own. Who its members are stays. */
    @Override
    public long purge() throws IOException {
        MessageLog log = room().log();
        long waited = log.waiting();
        if (waited + log.history() > 0) {
            List<Note> kept = new ArrayList<>();
            log.notes().forEach((name, value) -> kept.add(new Note(name, value)));
            log.purge(kept);
        }
        return waited;
    }

    @Override
    void lookThrough(long now) {
        ids.lookThrough(now);
    }

    @Override
    boolean isWhollyStored() {
        return true;
    }

    @Override
    void gone() {
        // all that it knows is in the store
    }
}
