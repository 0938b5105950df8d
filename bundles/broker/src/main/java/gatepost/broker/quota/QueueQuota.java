package gatepost.broker.quota;

import gatepost.contracts.QuotaReached;
import gatepost.store.queue.QueueStore;
import gatepost.store.quota.Admission.Wish;
import gatepost.store.quota.Reservation;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.transaction.Synchronization;
import org.apache.activemq.usage.MemoryUsage;

/**
 * Lets messages into one queue: what goes to the store as its quotas allow, and what is held outside it as its sender's share of
 * the memory does. Any thread.
 */
public final class QueueQuota {

    /** Hands the message on to the queue. */
    @FunctionalInterface
    public interface Next {

        void send() throws Exception;
    }

    private final Ledger ledger;
    private final Optional<QueueStore> store;
    private final MemoryUsage all;

    /**
     * @param store where persistent messages are kept, if there is one
     * @param all what all messages in memory take
     */
    public QueueQuota(Ledger ledger, Optional<QueueStore> store, MemoryUsage all) {
        this.ledger = ledger;
        this.store = store;
        this.all = all;
    }

    /** @throws QuotaReached before anything is handed on */
    public void send(ConnectionContext context, Message message, Next next) throws Exception {
        if (message.isExpired()) {
            // it is dropped
            next.send();
        } else if (isStored(message.isPersistent())) {
            Wish wish = new Wish(store.get().kept(), false, message.getSize(), 1);
            try (Reservation room = ledger.admission().admit(context, List.of(wish))) {
                next.send();
            }
        } else {
            requireMemory(context, message);
            hold(context, message, next);
        }
    }

    /** A message leaves the queue, or will once the transaction is committed. */
    public void acknowledged(ConnectionContext context, MessageAck ack, MessageReference reference) {
        if (isStored(reference.isPersistent()) || reference.isDropped()) {
            return;
        }
        Message message = reference.getMessage();
        if (ack.isInTransaction() && context.isInTransaction()) {
            context.getTransaction().addSynchronization(new Synchronization() {

                @Override
                public void afterCommit() {
                    ledger.held().giveBack(message);
                }
            });
        } else {
            ledger.held().giveBack(message);
        }
    }

    /** A message that was held outside the store is gone. */
    public void released(Message message) {
        ledger.held().giveBack(message);
    }

    private void hold(ConnectionContext context, Message message, Next next) throws Exception {
        if (context.isInTransaction()) {
            // until then it is charged as what the transaction holds
            context.getTransaction().addSynchronization(new Synchronization() {

                @Override
                public void afterCommit() {
                    ledger.held().add(message);
                }
            });
            next.send();
            return;
        }
        ledger.held().take(context, message);
        try {
            next.send();
        } catch (Exception | Error e) {
            ledger.held().giveBack(message);
            throw e;
        }
    }

    /** A queue with a store puts on the disk what memory has no room for; any other has nowhere to put it. */
    private void requireMemory(ConnectionContext context, Message message) throws QuotaReached {
        if (store.isPresent()) {
            return;
        }
        long used = all.getUsage() + message.getSize();
        if (used > all.getLimit()) {
            throw ledger.memoryFull(all.getLimit());
        }
        if (used > all.getLimit() / 100 * Ledger.SCARCE_PERCENT && ledger.held().wouldHoldMuch(context, message)) {
            throw ledger.memoryScarce(all.getLimit());
        }
    }

    private boolean isStored(boolean persistent) {
        return persistent && store.isPresent();
    }
}
