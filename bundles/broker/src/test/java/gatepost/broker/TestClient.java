package gatepost.broker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.state.ProducerState;
import org.apache.activemq.util.ByteSequence;

/** A connection of somebody who has signed in, as the broker sees it from its filters on. */
final class TestClient {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final BrokerService broker;
    private final ConnectionId id = new ConnectionId("test-" + NUMBERS.incrementAndGet());
    private final ProducerId producer = new ProducerId(id + ":1:1");
    private final ConnectionContext context = new ConnectionContext();
    private long last;

    TestClient(BrokerService broker, String user, boolean trusted) throws Exception {
        this.broker = broker;
        context.setBroker(broker.getBroker());
        context.setConnectionId(id);
        context.setClientId(id.toString());
        context.setSecurityContext(new SignedIn(user, trusted));
        context.setTransactions(new ConcurrentHashMap<>());
        context.setProducerFlowControl(false);
    }

    ActiveMQTempQueue temporaryQueue() throws Exception {
        ActiveMQTempQueue queue = new ActiveMQTempQueue(id, ++last);
        broker.getBroker().addDestination(context, queue, true);
        return queue;
    }

    void remove(ActiveMQDestination destination) throws Exception {
        broker.getBroker().removeDestination(context, destination, 0);
    }

    TransactionId begin() throws Exception {
        TransactionId transaction = new LocalTransactionId(id, ++last);
        broker.getBroker().beginTransaction(context, transaction);
        return transaction;
    }

    void commit(TransactionId transaction) throws Exception {
        broker.getBroker().commitTransaction(context, transaction, true);
    }

    void rollback(TransactionId transaction) throws Exception {
        broker.getBroker().rollbackTransaction(context, transaction);
    }

    Message send(ActiveMQDestination destination, int size, boolean persistent) throws Exception {
        return send(destination, size, persistent, null);
    }

    Message send(ActiveMQDestination destination, int size, boolean persistent, TransactionId transaction)
            throws Exception {
        Message message = message(destination, size, persistent);
        message.setTransactionId(transaction);
        send(message);
        return message;
    }

    Message message(ActiveMQDestination destination, int size, boolean persistent) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setMessageId(new MessageId(producer, ++last));
        message.setProducerId(producer);
        message.setDestination(destination);
        message.setPersistent(persistent);
        message.setContent(new ByteSequence(new byte[size]));
        // who somebody says they are
        message.setUserID("forged");
        return message;
    }

    void send(Message message) throws Exception {
        ProducerBrokerExchange exchange = new ProducerBrokerExchange();
        exchange.setConnectionContext(context);
        exchange.setMutable(true);
        exchange.setProducerState(new ProducerState(new ProducerInfo(producer)));
        broker.getBroker().send(exchange, message);
    }
}
