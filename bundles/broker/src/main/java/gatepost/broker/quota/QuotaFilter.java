package gatepost.broker.quota;

import gatepost.contracts.Account;
import gatepost.contracts.QuotaReached;
import java.util.Optional;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.transaction.Synchronization;
import org.apache.activemq.transaction.Transaction;
import org.apache.activemq.usage.StoreUsage;

/**
 * Says in each message who sent it, so that it can be charged to them wherever it is; charges what a transaction holds; keeps the
 * last tenth of the store for those who are trusted, once no history is left in it; passes over what a full inbox may not take and its
 * sender can do without; and bounds the dead letters. A client is behind each call that has an {@link Account}; the broker's own work,
 * such as moving a dead letter, has none and keeps what the message says.
 */
final class QuotaFilter extends BrokerFilter {

    private static final int FULL_PERCENT = 100;

    private final Ledger ledger;

    QuotaFilter(Broker next, Ledger ledger) {
        super(next);
        this.ledger = ledger;
    }

    @Override
    public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
        ConnectionContext context = exchange.getConnectionContext();
        Optional<Account> account = Account.of(context);
        if (account.isPresent()) {
            message.setUserID(account.get().user());
            ledger.deadLetters().seen(account.get());
        }
        try {
            requireStore(account, message);
            if (message.isInTransaction()) {
                charge(context, message);
            }
            super.send(exchange, message);
        } catch (QuotaReached | StoreFull e) {
            if (!ledger.inboxes().skips(message, e)) {
                throw e;
            }
        }
    }

    /** ActiveMQ keeps what a transaction sends in memory until its end. */
    private void charge(ConnectionContext context, Message message) throws QuotaReached {
        Transaction transaction = context.getTransactions().get(message.getTransactionId());
        if (transaction == null) {
            // it is refused further in
            return;
        }
        ledger.held().take(context, message);
        transaction.addSynchronization(new Synchronization() {

            @Override
            public void afterCommit() {
                ledger.held().giveBack(message);
            }

            @Override
            public void afterRollback() {
                ledger.held().giveBack(message);
            }
        });
    }

    /** History goes before anybody is refused. ActiveMQ refuses what comes into a full store but for inboxes, which are ours. */
    private void requireStore(Optional<Account> account, Message message) throws StoreFull {
        if (!message.isPersistent() || message.getDestination().isTemporary()) {
            return;
        }
        boolean scarce = account.isPresent() && !account.get().isTrusted();
        int most = scarce ? Ledger.SCARCE_PERCENT : FULL_PERCENT;
        StoreUsage usage = getBrokerService().getSystemUsage().getStoreUsage();
        if (MakingWay.percent(usage) < most) {
            return;
        }
        ledger.history().makeRoom(usage, most);
        if (MakingWay.percent(usage) < most) {
            return;
        }
        if (scarce) {
            ledger.refusedAsScarce();
            throw new StoreFull("the last tenth of the store is for trusted accounts");
        }
        if (account.isPresent() && ledger.inboxes().isInbox(message.getDestination())) {
            ledger.refusedAsScarce();
            throw new StoreFull("the store is full");
        }
    }

    /** One that has expired between two looks of {@link Destination#send} is not held after all. */
    @Override
    public void messageExpired(ConnectionContext context, MessageReference reference, Subscription subscription) {
        if (reference instanceof Message message
                && subscription == null
                && !message.isInTransaction()
                && reference.getRegionDestination() instanceof HoldingQueue queue
                && !queue.isStored(message)) {
            ledger.held().giveBack(message);
        }
        super.messageExpired(context, reference, subscription);
    }

    @Override
    public boolean sendToDeadLetterQueue(
            ConnectionContext context, MessageReference reference, Subscription subscription, Throwable cause) {
        Message message = reference == null ? null : reference.getMessage();
        if (message != null
                && isDeadLetter(reference, message)
                && !ledger.deadLetters().admits(this, message)) {
            return false;
        }
        boolean sent = super.sendToDeadLetterQueue(context, reference, subscription, cause);
        if (sent) {
            ledger.deadLetters().trim(this);
        }
        return sent;
    }

    private static boolean isDeadLetter(MessageReference reference, Message message) {
        return reference.getRegionDestination() instanceof Destination from
                && from.getDeadLetterStrategy() != null
                && from.getDeadLetterStrategy().isSendToDeadLetterQueue(message)
                && !from.getActiveMQDestination().equals((ActiveMQDestination) DeadLetters.QUEUE);
    }
}
