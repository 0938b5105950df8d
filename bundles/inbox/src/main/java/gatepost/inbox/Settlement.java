package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxAck;
import gatepost.contracts.InboxConsumer;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventType;
import gatepost.contracts.inbox.InboxReference;
import gatepost.contracts.inbox.TakenAway;
import gatepost.inbox.Watchers.Change;
import java.io.IOException;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.transaction.Synchronization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How messages come to be done in one inbox, or leave it otherwise. Any thread. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    /** Of a message that is in memory only. */
    private static final Durability NOTHING_TO_WRITE = Durability.alreadySafe();

    private final Parts parts;
    private final Content content;

    Settlement(Parts parts) {
        this.parts = parts;
        this.content = parts.content();
    }

    /** A subscription's client has acknowledged or refused a message. */
    void acknowledged(ConnectionContext context, Subscription subscription, MessageAck ack, InboxReference message)
            throws IOException {
        // what is in memory only has no offset, and so nobody could ask for it: it is done when the socket has taken it
        if (message.isPersistent()
                && subscription.getConsumerInfo() instanceof InboxConsumer consumer
                && consumer.isDoneByRequest()) {
            return;
        }
        // one whose reader has just been removed counts, too: what it had may have been acknowledged by then
        String account = InboxReader.account(subscription.getContext());
        boolean owners = account.equals(parts.owner()) && !subscription.isBrowser();
        Optional<Device> device = device(subscription, account).filter(any -> message.isPersistent());
        if (ack.isInTransaction()) {
            if (owners) {
                linger(message);
                doneAtCommit(context, ack, message);
            }
            device.ifPresent(its -> acknowledgedAtCommit(context, its, message.place()));
            return;
        }
        if (owners) {
            linger(message);
            done(ack, message);
        }
        if (device.isPresent()) {
            tell(ack, parts.devices().acknowledged(device.get(), message.place(), ack.isResponseRequired()));
        }
    }

    private Optional<Device> device(Subscription subscription, String account) {
        return subscription.getConsumerInfo() instanceof InboxConsumer consumer
                ? consumer.device().flatMap(name -> parts.devices().find(account, name))
                : Optional.empty();
    }

    /** What does not stay once it is done must not be gone before everybody who is there has come to it. */
    private void linger(InboxReference message) throws IOException {
        long place = message.place();
        if (!message.isKept() && parts.readers().slowest() < place) {
            Message whole = content.read(place);
            if (whole != null) {
                long lost = content.lingering().add(place, whole);
                if (lost != Long.MIN_VALUE) {
                    parts.readers().losesDone(lost);
                }
                passed();
            }
        }
    }

    /** A reader has come further, or has gone. */
    void passed() {
        if (!content.lingering().isEmpty()) {
            content.lingering().passed(parts.readers().slowest());
        }
    }

    private void done(MessageAck ack, InboxReference message) throws IOException {
        Optional<Durability> done = done(message, ack.isPoisonAck(), ack.isResponseRequired());
        if (done.isPresent()) {
            tell(ack, done.get());
        }
        if (ack instanceof InboxAck inboxAck) {
            inboxAck.settles(done.isPresent());
        }
    }

    /** @return safe when that is on the disk; nothing when it was not waiting */
    private Optional<Durability> done(InboxReference message, boolean refused, boolean urgent) {
        Optional<Durability> done = message.isPersistent()
                ? stored(message, refused, urgent)
                : content.unstored().remove(message.place()).map(gone -> NOTHING_TO_WRITE);
        if (done.isPresent()) {
            left(message);
        }
        return done;
    }

    private Optional<Durability> stored(InboxReference message, boolean refused, boolean urgent) {
        long offset = message.place();
        if (!content.log().isWaiting(offset)) {
            return Optional.empty();
        }
        return parts.reports()
                .change(
                        EventType.MESSAGE_DONE,
                        offset,
                        refused,
                        notes -> content.log().done(offset, refused, message.isKept(), urgent, notes));
    }

    /**
     * Somebody says that a message is done, as if the owner had acknowledged it.
     *
     * @param how for the trace, as is the reader whose client has asked for it
     * @return safe when that is on the disk; nothing when it was not waiting
     */
    Optional<Durability> done(Inbox inbox, long place, TakenAway how, Optional<ConsumerId> reader) throws IOException {
        Message whole = content.isWaiting(place) ? content.read(place) : null;
        if (whole == null) {
            return Optional.empty();
        }
        InboxReference message =
                new InboxReference(inbox, whole, place, parts.history().keeps(whole), null);
        linger(message);
        Optional<Durability> done = done(message, false, true);
        if (done.isPresent()) {
            inbox.room().takenAway(whole.getMessageId(), how, reader);
        }
        return done;
    }

    /** Whoever waits for the receipt of an acknowledgement waits for that, too; for all that it speaks of together where it can. */
    private static void tell(MessageAck ack, Durability change) throws IOException {
        if (ack instanceof InboxAck inboxAck) {
            inboxAck.stored(change);
        } else if (ack.isResponseRequired()) {
            change.await();
        }
    }

    private void doneAtCommit(ConnectionContext context, MessageAck ack, InboxReference message) throws IOException {
        boolean stored = message.isPersistent();
        boolean waited = content.isWaiting(message.place());
        EventReport report = EventReport.NONE;
        if (stored && waited) {
            report = parts.reports().about(EventType.MESSAGE_DONE, message.place(), ack.isPoisonAck());
            content.log()
                    .done(ack.getTransactionId(), message.place(), ack.isPoisonAck(), message.isKept(), report.notes());
        }
        EventReport told = report;
        context.getTransaction().addSynchronization(new Synchronization() {

            @Override
            public void afterCommit() {
                parts.reports().written(told, NOTHING_TO_WRITE);
                if (stored ? waited : content.unstored().remove(message.place()).isPresent()) {
                    left(message);
                }
            }

            @Override
            public void afterRollback() {
                told.dropped();
            }
        });
    }

    private void acknowledgedAtCommit(ConnectionContext context, Device device, long place) {
        context.getTransaction().addSynchronization(new Synchronization() {

            @Override
            public void afterCommit() {
                Durability stored = parts.devices().acknowledged(device, place, true);
                try {
                    stored.await();
                } catch (IOException e) {
                    LOG.error("how far the device {} has come is not on the disk", device.key(), e);
                }
            }
        });
    }

    private void left(InboxReference message) {
        parts.counts().done();
        parts.totals().done().increment();
        parts.had().forget(message.place());
        if (message.isPersistent()) {
            parts.identities().left(message.place());
            parts.watchers().changed(Change.DONE, message.place());
        }
        parts.history().trim();
    }

    /**
     * A message is too old.
     *
     * @param waited whether it was not done
     */
    void expired(long place, boolean waited) {
        if (content.unstored().remove(place).isEmpty()) {
            removed(EventType.MESSAGE_EXPIRED, place, waited, false);
            gone(place);
        }
        if (waited) {
            parts.counts().expired();
        }
    }

    /**
     * Takes a message out of the log, waiting or done.
     *
     * @param urgent whether somebody waits for the record of that
     * @return nothing when it was not there
     */
    Optional<Durability> withdrawn(long offset, boolean urgent) {
        boolean waited = content.log().isWaiting(offset);
        Optional<Durability> removed = removed(EventType.MESSAGE_WITHDRAWN, offset, waited, urgent);
        if (removed.isPresent()) {
            parts.totals().withdrawn().increment();
            gone(offset);
            parts.counts().recount();
        }
        return removed;
    }

    /** @param waited whether it was not done, so that somebody may want to hear of it */
    private Optional<Durability> removed(EventType type, long offset, boolean waited, boolean urgent) {
        return waited
                ? parts.reports()
                        .change(type, offset, false, notes -> content.log().remove(offset, false, urgent, notes))
                : content.log().remove(offset, false, urgent);
    }

    /** A message is not in the log any more, and nobody misses it. */
    void gone(long offset) {
        parts.had().forget(offset);
        parts.identities().left(offset);
        parts.watchers().changed(Change.WITHDRAWN, offset);
    }
}
