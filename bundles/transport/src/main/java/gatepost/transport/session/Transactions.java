package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.connector.TransactionLimits;
import gatepost.transport.session.Subscription.Delivered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.command.TransactionInfo;

/** The open transactions of one connection, by the names that the client gave them. Belongs to the session's thread. */
final class Transactions {

    /** What an acknowledgement in a transaction makes us and the broker remember, bytes. */
    private static final int ACKNOWLEDGEMENT = 1024;

    /** What the client refused in a transaction. */
    private record Rejection(Subscription subscription, List<Delivered> taken) {}

    /** An open transaction: what it has acknowledged, to give it back should it be aborted, and what it has refused. */
    private static final class Open {

        private final TransactionId id;
        private final Map<Subscription, List<Delivered>> taken = new HashMap<>();
        private final List<Rejection> rejections = new ArrayList<>();
        private long bytes;

        Open(TransactionId id) {
            this.id = id;
        }
    }

    /** About what a transaction takes besides its name and its messages, bytes. */
    private static final int BEGUN = 256;

    private final ConnectionId connection;
    private final BrokerLink broker;
    private final TransactionLimits limits;
    private final Holding holding;
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private long lastNumber;
    private long bytes;

    /** @param limits of the connection: ActiveMQ keeps all of it in memory */
    Transactions(ConnectionId connection, BrokerLink broker, TransactionLimits limits, Holding holding) {
        this.connection = connection;
        this.broker = broker;
        this.limits = limits;
        this.holding = holding;
    }

    void begin(String name) throws Refusal {
        if (open.containsKey(name)) {
            throw new Refusal("the transaction " + name + " was begun before");
        }
        if (open.size() >= limits.number()) {
            throw new Refusal(
                    new LimitReached(
                            "transactions.max",
                            "too many transactions: a connection may have " + limits.number() + " open"),
                    CloseReason.POLICY);
        }
        Open transaction = new Open(new LocalTransactionId(connection, ++lastNumber));
        // the name is kept, and Java may take two bytes for a character
        count(transaction, BEGUN + 2 * name.length());
        broker.request(new TransactionInfo(connection, transaction.id, TransactionInfo.BEGIN), "BEGIN of " + name);
        open.put(name, transaction);
    }

    void commit(String name) throws Refusal {
        Open transaction = end(name);
        broker.request(
                new TransactionInfo(connection, transaction.id, TransactionInfo.COMMIT_ONE_PHASE), "COMMIT of " + name);
        // ActiveMQ takes no refusal inside a transaction, so those wait for its end
        for (Rejection rejection : transaction.rejections) {
            if (!rejection.subscription().isClosed()) {
                for (MessageAck ack : rejection.subscription().rejections(rejection.taken())) {
                    broker.request(ack, "NACK in " + name);
                }
            }
        }
        transaction.taken.forEach(Subscription::settled);
    }

    void abort(String name) throws Refusal {
        Open transaction = end(name);
        broker.request(new TransactionInfo(connection, transaction.id, TransactionInfo.ROLLBACK), "ABORT of " + name);
        transaction.taken.forEach(Subscription::giveBack);
    }

    /** @throws Refusal when there is no such transaction */
    void require(String name) throws Refusal {
        find(name);
    }

    /** @return the transaction of a SEND, with its size counted */
    TransactionId sending(String name, int size) throws Refusal {
        Open transaction = find(name);
        count(transaction, size);
        return transaction.id;
    }

    /** @return the transaction of an ACK, which remembers what was acknowledged */
    TransactionId acknowledging(String name, Subscription subscription, List<Delivered> taken) throws Refusal {
        return take(name, subscription, taken).id;
    }

    /** Remembers a NACK until the transaction is committed. */
    void rejecting(String name, Subscription subscription, List<Delivered> taken) throws Refusal {
        take(name, subscription, taken).rejections.add(new Rejection(subscription, taken));
    }

    private Open take(String name, Subscription subscription, List<Delivered> taken) throws Refusal {
        Open transaction = find(name);
        count(transaction, ACKNOWLEDGEMENT * taken.size());
        transaction
                .taken
                .computeIfAbsent(subscription, any -> new ArrayList<>())
                .addAll(taken);
        subscription.inTransaction(taken);
        return transaction;
    }

    /** The connection has ended: nothing of them is kept, whatever its thread does; any thread. */
    void forget() {
        open.clear();
    }

    private void count(Open transaction, int size) throws Refusal {
        if (bytes + size > limits.bytes()) {
            throw new Refusal(
                    new LimitReached(
                            "transaction.size.max",
                            "the open transactions of a connection may have " + limits.bytes() + " bytes"),
                    CloseReason.TOO_LARGE);
        }
        holding.keepInTransaction(size);
        bytes += size;
        transaction.bytes += size;
    }

    private Open find(String name) throws Refusal {
        Open transaction = open.get(name);
        if (transaction == null) {
            throw new Refusal("there is no transaction " + name);
        }
        return transaction;
    }

    private Open end(String name) throws Refusal {
        Open transaction = find(name);
        open.remove(name);
        bytes -= transaction.bytes;
        holding.endTransaction(transaction.bytes);
        return transaction;
    }
}
