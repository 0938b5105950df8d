package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.IdentityRefused;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Room;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.transaction.Synchronization;

/** How messages come into one inbox. Any thread. */
final class Arrivals {

    private final Room room;
    private final Parts parts;
    private final MessageLog log;
    private final Settlement settlement;
    private final Overflow overflow;
    /** Messages of transactions that are not at their end. */
    private final AtomicInteger pending = new AtomicInteger();

    Arrivals(Room room, Parts parts, Settlement settlement, Overflow overflow) {
        this.room = room;
        this.parts = parts;
        this.log = parts.content().log();
        this.settlement = settlement;
        this.overflow = overflow;
    }

    /** @return whether a transaction that has sent something is not at its end */
    boolean arePending() {
        return pending.get() > 0;
    }

    /** Takes a message that has not expired, if there is room for it. */
    void take(ConnectionContext context, Message message) throws Exception {
        Optional<Names> names = Names.of(message);
        if (names.isPresent()) {
            takeNamed(context, message, names.get());
        } else if (context.isInTransaction()) {
            room.admit(context, message, () -> prepare(context, message));
        } else {
            room.admit(context, message, () -> accept(context, message));
        }
    }

    private void takeNamed(ConnectionContext context, Message message, Names names) throws Exception {
        if (context.isInTransaction() || !message.isPersistent()) {
            throw new IdentityRefused("a message with " + InboxHeaders.ID + ", " + InboxHeaders.ONCE + " or "
                    + InboxHeaders.COLLAPSE + " cannot be part of a transaction, and is persistent");
        }
        // what was sent before is no more of it, however full it is
        if (!isSentBefore(message, names)) {
            room.admit(context, message, () -> accept(context, message, names));
        }
    }

    /** Whether it is, and answers it as the first was. */
    private boolean isSentBefore(Message message, Names names) throws IdentityRefused {
        synchronized (parts.identities()) {
            Optional<Durability> earlier = parts.identities().earlier(names);
            if (earlier.isEmpty()) {
                return false;
            }
            earlier.get().leaveWith(message.getMessageId());
            parts.totals().duplicates().increment();
            return true;
        }
    }

    private void accept(ConnectionContext context, Message message, Names names) throws Exception {
        Identities identities = parts.identities();
        long replaced;
        synchronized (identities) {
            if (isSentBefore(message, names)) {
                return;
            }
            replaced = identities.replaced(names);
            if (replaced != 0) {
                Names.replaces(message, replaced);
            }
            Durability stored = log.add(
                    context,
                    message,
                    !parts.readers().isEmpty(),
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
            Durability stored = log.add(context, message, !parts.readers().isEmpty());
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
            stored.position(new InboxPosition(log.epoch(), place));
        }
        return place;
    }

    private void acceptUnstored(Message message) {
        log.number(place -> parts.content().unstored().add(place, message));
        parts.counts().arrived();
        parts.readers().goOn();
        overflow.drop();
    }

    /** What a transaction sends comes when it is committed. */
    private void prepare(ConnectionContext context, Message message) throws IOException {
        if (message.isPersistent()) {
            log.add(context, message, false);
        }
        pending.incrementAndGet();
        context.getTransaction().addSynchronization(new Synchronization() {

            @Override
            public void afterCommit() {
                pending.decrementAndGet();
                if (message.isPersistent()) {
                    arrived(place(message), message);
                } else {
                    acceptUnstored(message);
                }
            }

            @Override
            public void afterRollback() {
                pending.decrementAndGet();
                // what came after it may have waited for its end
                parts.readers().goOn();
            }
        });
    }

    /** A message is in the log. */
    void arrived(long place, Message message) {
        parts.counts().arrived();
        parts.watchers().counted();
        if (!parts.readers().isEmpty()) {
            Content.Latest latest = parts.content().arrived(place, message);
            parts.readers().goOn();
            parts.content().release(latest);
        }
        overflow.drop();
    }
}
