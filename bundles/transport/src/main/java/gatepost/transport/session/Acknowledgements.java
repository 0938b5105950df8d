package gatepost.transport.session;

import gatepost.transport.frame.Frame;
import gatepost.transport.frame.StompVersion;
import gatepost.transport.session.Subscription.Delivered;
import java.util.List;
import org.apache.activemq.command.MessageAck;

/** What the ACK and NACK frames of one session say to the broker. Belongs to the session's thread. */
final class Acknowledgements {

    private final BrokerLink broker;
    private final Subscriptions subscriptions;
    private final Transactions transactions;
    private final StompVersion version;

    Acknowledgements(BrokerLink broker, Subscriptions subscriptions, Transactions transactions, StompVersion version) {
        this.broker = broker;
        this.subscriptions = subscriptions;
        this.transactions = transactions;
        this.version = version;
    }

    void acknowledge(Frame frame) throws Refusal {
        String key = key(frame);
        Subscription subscription = subscription(frame, key);
        List<Delivered> taken = take(frame, subscription, key);
        MessageAck ack = subscription.acknowledgement(taken);
        String transaction = frame.header("transaction");
        if (transaction != null) {
            ack.setTransactionId(transactions.acknowledging(transaction, subscription, taken));
        }
        if (frame.header("receipt") == null) {
            broker.send(ack);
        } else {
            broker.request(ack, "ACK of " + key);
        }
    }

    void reject(Frame frame) throws Refusal {
        if (version == StompVersion.V1_0) {
            throw new Refusal("STOMP 1.0 has no NACK");
        }
        String key = key(frame);
        Subscription subscription = subscription(frame, key);
        List<Delivered> taken = take(frame, subscription, key);
        String transaction = frame.header("transaction");
        if (transaction != null) {
            transactions.rejecting(transaction, subscription, taken);
        } else {
            broker.request(subscription.rejection(taken), "NACK of " + key);
        }
    }

    private String key(Frame frame) throws Refusal {
        if (version == StompVersion.V1_1) {
            Session.required(frame, "subscription");
        }
        return Session.required(frame, version == StompVersion.V1_2 ? "id" : "message-id");
    }

    private Subscription subscription(Frame frame, String key) throws Refusal {
        return subscriptions.acknowledged(frame, key).orElseThrow(() -> unknown(frame, key));
    }

    private static List<Delivered> take(Frame frame, Subscription subscription, String key) throws Refusal {
        List<Delivered> taken = subscription.take(key);
        if (taken.isEmpty()) {
            throw unknown(frame, key);
        }
        return taken;
    }

    private static Refusal unknown(Frame frame, String key) {
        return new Refusal(frame.command() + " of " + key + ": there is no such message waiting to be acknowledged");
    }
}
