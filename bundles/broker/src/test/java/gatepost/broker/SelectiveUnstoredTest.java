package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.Selectors;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers with selectors, behind many messages that they do not match and that are in no store. */
class SelectiveUnstoredTest {

    /** More than a turn, and more than the memory of a queue: some of those of a queue with a store are on the disk for a while. */
    private static final int MANY = 1_600;

    private static final String FILLING = "x".repeat(200);
    private static final long PATIENCE = 20_000;

    private enum Kind {
        NOT_PERSISTENT("journal", false, DeliveryMode.NON_PERSISTENT),
        TEMPORARY("journal", true, DeliveryMode.PERSISTENT),
        MEMORY("memory", false, DeliveryMode.PERSISTENT),
        MEMORY_NOT_PERSISTENT("memory", false, DeliveryMode.NON_PERSISTENT),
        MEMORY_TEMPORARY("memory", true, DeliveryMode.NON_PERSISTENT);

        private final String store;
        private final boolean temporary;
        private final int mode;

        Kind(String store, boolean temporary, int mode) {
            this.store = store;
            this.temporary = temporary;
            this.mode = mode;
        }
    }

    @TempDir
    private Path data;

    private BrokerService broker;
    private Connection connection;
    private Session session;
    private Destination queue;
    private int mode;

    private void start(Kind kind) throws Exception {
        start(kind, 300_000);
    }

    private void start(Kind kind, int expiryCheck) throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of(
                "expiry.check",
                "" + expiryCheck,
                "data",
                data.toString(),
                "name",
                "selective",
                "store",
                kind.store,
                "plugins.required",
                "",
                "queue.memory",
                "100000"));
        BrokerSettings settings = BrokerSettings.of(values);
        broker = BrokerAssembly.assemble(settings, new Selectors(settings.live().selectors()), new Ledger());
        broker.start();
        broker.waitUntilStarted();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://selective?create=false");
        factory.setWatchTopicAdvisories(false);
        // what was sent is there
        factory.setAlwaysSyncSend(true);
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        queue = kind.temporary ? session.createTemporaryQueue() : new ActiveMQQueue("user.alice");
        mode = kind.mode;
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.stop();
        broker.waitUntilStopped();
    }

    @ParameterizedTest
    @EnumSource
    void itGetsWhatItMatchesHoweverManyStandBeforeAndTheRestKeepsItsOrder(Kind kind) throws Exception {
        start(kind);
        send("blue", 0, MANY);
        send("red", 0, 3);
        send("blue", MANY, MANY + 50);

        MessageConsumer red = session.createConsumer(queue, "colour = 'red'");
        assertEquals(texts("red", 0, 3), receive(red, 3));
        send("red", 3, 4);
        assertEquals(texts("red", 3, 4), receive(red, 1));
        MessageConsumer green = session.createConsumer(queue, "colour = 'green'");
        send("green", 0, 1);
        assertEquals(texts("green", 0, 1), receive(green, 1));
        green.close();
        red.close();

        assertEquals(texts("blue", 0, MANY + 50), receiveAll(MANY + 50));
        try (MessageConsumer all = session.createConsumer(queue)) {
            assertNull(all.receiveNoWait());
        }
        Awaitility.await("nothing is held")
                .until(() -> queue().getMemoryUsage().getUsage() == 0
                        && queue().getDestinationStatistics().getMessages().getCount() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherReaderHadAndDidNotAcknowledgeStandsInNobodysWay(Kind kind) throws Exception {
        start(kind);
        send("blue", 0, 400);
        Session other = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        assertEquals(texts("blue", 0, 400), receive(other.createConsumer(queue, "colour = 'blue'"), 400));
        MessageConsumer red = session.createConsumer(queue, "colour = 'red'");
        other.close();

        send("red", 0, 3);
        assertEquals(texts("red", 0, 3), receive(red, 3));
        red.close();
        assertEquals(texts("blue", 0, 400), receiveAll(400));
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodyWantsIsPurged(Kind kind) throws Exception {
        start(kind);
        MessageConsumer red = session.createConsumer(queue, "colour = 'red'");
        send("blue", 0, MANY);
        queue().purge();
        assertEquals(0, queue().getDestinationStatistics().getMessages().getCount());
        assertEquals(0, queue().getMemoryUsage().getUsage());
        send("red", 0, 1);
        assertEquals(texts("red", 0, 1), receive(red, 1));
    }

    @ParameterizedTest
    @EnumSource
    void whatNobodyWantsExpires(Kind kind) throws Exception {
        start(kind, 20);
        MessageConsumer red = session.createConsumer(queue, "colour = 'red'");
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryMode(mode);
        producer.setTimeToLive(300);
        for (int i = 0; i < 20; i++) {
            producer.send(session.createTextMessage("too late"));
        }
        Awaitility.await().pollInSameThread().until(() -> {
            queue().markForGC(System.currentTimeMillis());
            return queue().getDestinationStatistics().getMessages().getCount() == 0;
        });
        send("red", 0, 1);
        assertEquals(texts("red", 0, 1), receive(red, 1));
    }

    private Queue queue() throws Exception {
        return (Queue) broker.getDestination((ActiveMQDestination) queue);
    }

    private void send(String colour, int from, int to) throws JMSException {
        try (MessageProducer producer = session.createProducer(queue)) {
            producer.setDeliveryMode(mode);
            for (int i = from; i < to; i++) {
                TextMessage message = session.createTextMessage(colour + i);
                message.setStringProperty("colour", colour);
                message.setStringProperty("filling", FILLING);
                producer.send(message);
            }
        }
    }

    private List<String> receiveAll(int count) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(queue)) {
            return receive(consumer, count);
        }
    }

    private static List<String> receive(MessageConsumer consumer, int count) throws JMSException {
        return Stream.generate(() -> text(consumer))
                .limit(count)
                .takeWhile(text -> text != null)
                .toList();
    }

    private static String text(MessageConsumer consumer) {
        try {
            TextMessage message = (TextMessage) consumer.receive(PATIENCE);
            return message == null ? null : message.getText();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(String colour, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> colour + i).toList();
    }
}
