package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.command.ActiveMQQueue;

/** A connection of somebody. The messages are numbered by a property, and on the disk when they are sent. */
final class Client implements AutoCloseable {

    private static final long PATIENCE = 20_000;
    private static final String NUMBER = "number";

    private final ActiveMQConnection connection;
    private final Session session;
    private final Session transacted;

    Client(String user) throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://limits?create=false");
        factory.setWatchTopicAdvisories(false);
        // whoever sends hears at once what became of it, also where it is not kept
        factory.setAlwaysSyncSend(true);
        factory.setSendAcksAsync(false);
        // what is left with a message's id is to be seen
        factory.setCopyMessageOnSend(false);
        connection = (ActiveMQConnection) factory.createConnection(user, user);
        connection.start();
        session = connection.createSession(false, ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE);
        transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
    }

    void send(ActiveMQQueue inbox, int number, int size) throws JMSException {
        send(session, inbox, number, size, DeliveryMode.PERSISTENT, "");
    }

    void sendUnstored(ActiveMQQueue inbox, int number, int size) throws JMSException {
        send(session, inbox, number, size, DeliveryMode.NON_PERSISTENT, "");
    }

    /** Sends one that may be skipped. @return what was left with it */
    Durability sendOrSkip(ActiveMQQueue inbox, int number, int size) throws JMSException {
        Message sent = send(session, inbox, number, size, DeliveryMode.PERSISTENT, "skip");
        return Durability.of(((org.apache.activemq.command.Message) sent).getMessageId())
                .orElseThrow();
    }

    void sendInTransaction(ActiveMQQueue inbox, int number, int size, String ifFull) throws JMSException {
        send(transacted, inbox, number, size, DeliveryMode.PERSISTENT, ifFull);
    }

    void commit() throws JMSException {
        transacted.commit();
    }

    void rollback() throws JMSException {
        transacted.rollback();
    }

    private static Message send(Session session, ActiveMQQueue inbox, int number, int size, int mode, String ifFull)
            throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(new byte[size]);
        message.setIntProperty(NUMBER, number);
        if (!ifFull.isEmpty()) {
            message.setStringProperty("gatepost-if-full", ifFull);
        }
        MessageProducer producer = session.createProducer(inbox);
        try {
            producer.send(message, mode, 4, 0);
            Optional<Durability> stored = Durability.of(((org.apache.activemq.command.Message) message).getMessageId());
            if (stored.isPresent()) {
                stored.get().await();
            }
        } catch (IOException e) {
            throw new AssertionError("it was not stored", e);
        } finally {
            producer.close();
        }
        return message;
    }

    MessageConsumer consumer(ActiveMQQueue inbox) throws JMSException {
        return session.createConsumer(inbox);
    }

    /** @return the numbers of the next messages, which are acknowledged */
    List<Integer> take(ActiveMQQueue inbox, int count) throws JMSException {
        MessageConsumer consumer = consumer(inbox);
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < count) {
            Message message = consumer.receive(PATIENCE);
            assertTrue(message != null, () -> "only " + numbers + " came");
            message.acknowledge();
            numbers.add(message.getIntProperty(NUMBER));
        }
        consumer.close();
        return numbers;
    }

    /** @return the numbers of all that is there, waiting or done */
    List<Integer> look(ActiveMQQueue inbox) throws JMSException {
        QueueBrowser browser = session.createBrowser(inbox);
        List<Integer> numbers = new ArrayList<>();
        for (Enumeration<?> found = browser.getEnumeration(); found.hasMoreElements(); ) {
            numbers.add(((Message) found.nextElement()).getIntProperty(NUMBER));
        }
        browser.close();
        return numbers;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
