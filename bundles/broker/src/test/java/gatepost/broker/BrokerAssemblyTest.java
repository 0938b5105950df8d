package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.command.ProducerInfo;
import org.apache.activemq.state.ProducerState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAssemblyTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");
    private static final ActiveMQQueue DEAD_LETTERS = new ActiveMQQueue("ActiveMQ.DLQ");
    private static final int PUBLISHERS = 3;
    private static final int MESSAGES = 600;
    private static final long PATIENCE = 20_000;

    @TempDir
    private Path data;

    private BrokerService broker;

    @AfterEach
    void stop() throws Exception {
        broker.stop();
        broker.waitUntilStopped();
    }

    @Test
    void aQueueTakesAMessageAtOnceHoweverManyItsPublisherHasSentToOthersSinceTheLastOne() throws Exception {
        start("memory");
        ProducerId publisher = new ProducerId("ID:test:1:1");
        send(publisher, 1);

        // promised within half a second
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> send(publisher, 100_000_000_000L));
        assertEquals(2, held(ALICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "memory"})
    void nothingIsLostDoubledOrReorderedInAQueueThatIsLargerThanItsMemoryWhileReadersComeAndGo(String store)
            throws Exception {
        start(store);
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://test?create=false");
        factory.setWatchTopicAdvisories(false);
        factory.getPrefetchPolicy().setQueuePrefetch(20);
        Map<Integer, List<Integer>> got = new HashMap<>();
        try (Connection connection = factory.createConnection()) {
            connection.start();
            List<CompletableFuture<Void>> publishers = IntStream.range(0, PUBLISHERS)
                    .mapToObj(publisher -> CompletableFuture.runAsync(() -> publish(connection, publisher)))
                    .toList();
            // the first reader comes when there is more than fits
            publishers.get(0).get();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Random random = new Random(store.hashCode());
            int left = PUBLISHERS * MESSAGES;
            while (left > 0) {
                int now = Math.min(left, 1 + random.nextInt(200));
                receive(session, now, got);
                left -= now;
            }
            for (CompletableFuture<Void> publisher : publishers) {
                publisher.get();
            }
        }

        List<Integer> all = IntStream.range(0, MESSAGES).boxed().toList();
        IntStream.range(0, PUBLISHERS)
                .forEach(publisher -> assertEquals(all, got.get(publisher), () -> "of publisher " + publisher));
        assertEquals(0, held(ALICE));
        assertEquals(0, held(DEAD_LETTERS));
    }

    private void start(String store) throws Exception {
        broker = BrokerAssembly.assemble(BrokerSettings.of(
                Map.of("name", "test", "store", store, "data", data.toString(), "queue.memory", 64 << 10)));
        broker.start();
        broker.waitUntilStarted();
    }

    private long held(ActiveMQQueue queue) throws Exception {
        return broker.getDestination(queue)
                .getDestinationStatistics()
                .getMessages()
                .getCount();
    }

    private void send(ProducerId publisher, long number) throws Exception {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setMessageId(new MessageId(publisher, number));
        message.setProducerId(publisher);
        message.setDestination(ALICE);
        message.setPersistent(true);
        ConnectionContext context = broker.getAdminConnectionContext().copy();
        ProducerBrokerExchange exchange = new ProducerBrokerExchange();
        exchange.setConnectionContext(context);
        exchange.setMutable(true);
        exchange.setProducerState(new ProducerState(new ProducerInfo(publisher)));
        broker.getBroker().send(exchange, message);
    }

    /** Every second message goes to a queue that nobody reads. */
    private static void publish(Connection connection, int publisher) {
        Random random = new Random(publisher);
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(null)) {
            for (int i = 0; i < MESSAGES; i++) {
                BytesMessage message = session.createBytesMessage();
                message.setIntProperty("publisher", publisher);
                message.setIntProperty("number", i);
                message.writeBytes(new byte[random.nextInt(4_000)]);
                producer.send(ALICE, message);
                producer.send(new ActiveMQQueue("user.bob"), session.createMessage());
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void receive(Session session, int count, Map<Integer, List<Integer>> got) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(ALICE)) {
            for (int i = 0; i < count; i++) {
                BytesMessage message = (BytesMessage) consumer.receive(PATIENCE);
                got.computeIfAbsent(
                                message == null ? -1 : message.getIntProperty("publisher"),
                                publisher -> new ArrayList<>())
                        .add(message == null ? -1 : message.getIntProperty("number"));
            }
        }
    }
}
