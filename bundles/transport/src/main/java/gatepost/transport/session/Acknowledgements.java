package gatepost.transport.session;

import gatepost.contracts.InboxAck;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.Subscription.Delivered;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.command.TransactionId;

/**
 * What the ACK and NACK frames of one session say to the broker. One that speaks of what does not wait here settles nothing and is
 * counted: clients go on working on what they got over a connection that broke, and acknowledge it over the next. Belongs to the
 * session's thread.
 */
final class Acknowledgements {

    private final BrokerLink broker;
    private final Subscriptions subscriptions;
    private final Transactions transactions;
    private final StompVersion version;
    private final TransportMetrics metrics;

    Acknowledgements(
            BrokerLink broker,
            Subscriptions subscriptions,
            Transactions transactions,
            StompVersion version,
            TransportMetrics metrics) {
        this.broker = broker;
        this.subscriptions = subscriptions;
        this.transactions = transactions;
        this.version = version;
        this.metrics = metrics;
    }

    /** @return whether it settled anything */
    boolean acknowledge(Frame frame) throws Refusal {
        String key = key(frame);
        Optional<Subscription> subscription = subscription(frame, key);
        List<Delivered> taken = subscription.map(found -> found.take(key)).orElse(List.of());
        if (taken.isEmpty()) {
            metrics.unsettled();
            return false;
        }
        String transaction = frame.header("transaction");
        TransactionId id =
                transaction == null ? null : transactions.acknowledging(transaction, subscription.get(), taken);
        List<InboxAck> acks = subscription.get().acknowledgements(taken, id != null);
        for (InboxAck ack : acks) {
            ack.setTransactionId(id);
            if (frame.header("receipt") == null) {
                broker.send(ack);
            } else {
                broker.request(ack, "ACK of " + key);
            }
        }
        return settled(acks);
    }

    /** @return whether it settled anything */
    boolean reject(Frame frame) throws Refusal {
        if (version == StompVersion.V1_0) {
            throw new Refusal("STOMP 1.0 has no NACK");
        }
        if (HeaderValues.flag(frame, "requeue", false)) {
            throw new Refusal("the header requeue:true cannot be used: a NACK refuses its message for good");
        }
        String key = key(frame);
        Optional<Subscription> subscription = subscription(frame, key);
        List<Delivered> taken = subscription.map(found -> found.take(key)).orElse(List.of());
        if (taken.isEmpty()) {
            metrics.unsettled();
            return false;
        }
        String transaction = frame.header("transaction");
        if (transaction != null) {
            transactions.rejecting(transaction, subscription.get(), taken);
            return true;
        }
        List<InboxAck> acks = subscription.get().rejections(taken);
        for (InboxAck ack : acks) {
            broker.request(ack, "NACK of " + key);
        }
        return settled(acks);
    }

    /** @return whether one of them settled anything: of what waits here an inbox may have had it done elsewhere meanwhile */
    private boolean settled(List<InboxAck> acks) {
        boolean settled = acks.stream().anyMatch(InboxAck::isSettling);
        if (!settled) {
            metrics.unsettled();
        }
        return settled;
    }

    /** @return nothing when no message waits under that name, which is no error: the work on it may have outlived its connection */
    private Optional<Subscription> subscription(Frame frame, String key) throws Refusal {
        String transaction = frame.header("transaction");
        if (transaction != null) {
            transactions.require(transaction);
        }
        return subscriptions.acknowledged(frame, key);
    }

    private String key(Frame frame) throws Refusal {
        if (version == StompVersion.V1_1) {
            Session.required(frame, "subscription");
        }
        return Session.required(frame, version == StompVersion.V1_2 ? "id" : "message-id");
    }
}
