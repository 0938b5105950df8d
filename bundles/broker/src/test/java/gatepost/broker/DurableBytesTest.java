package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.Selectors;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.ActiveMQTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others send waits for durable subscriptions whose user stays away. */
class DurableBytesTest {

    private static final ActiveMQTopic NEWS = new ActiveMQTopic("news");
    private static final int LARGE = 100 << 10;

    @TempDir
    private Path data;

    private Ledger ledger;
    private BrokerService broker;

    @AfterEach
    void stop() throws Exception {
        broker.stop();
        broker.waitUntilStopped();
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "memory"})
    void whatComesAboveItIsNotKeptAndWhatOthersHaveIsNotCounted(String store) throws Exception {
        start(store);
        subscribe("mallory/phone", "a");
        subscribe("mallory/phone", "b");
        subscribe("bob/phone", "a");
        publish(0, 12);
        assertTrue(ledger.durable().dropped() > 0);
        assertEquals(numbers(0, 10), read("bob/phone", "a"));
        assertEquals(numbers(0, 5), read("mallory/phone", "a"));
        publish(12, 13);
        assertEquals(numbers(12, 13), read("mallory/phone", "a"));
        List<Integer> other = read("mallory/phone", "b");
        assertEquals(numbers(0, 5), other.subList(0, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = "journal")
    void itIsCountedAfterARestartToo(String store) throws Exception {
        start(store);
        subscribe("mallory/phone", "a");
        publish(0, 9);
        stop();
        start(store);
        publish(9, 20);
        int kept = read("mallory/phone", "a").size();
        assertTrue(kept >= 9 && kept <= 12, kept + " messages were kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "memory"})
    void whatIsUnsubscribedMakesRoom(String store) throws Exception {
        start(store);
        subscribe("mallory/phone", "a");
        publish(0, 15);
        Connection connection = connection("mallory/phone");
        connection.createSession(false, Session.AUTO_ACKNOWLEDGE).unsubscribe("a");
        connection.close();
        subscribe("mallory/laptop", "a");
        publish(15, 17);
        assertEquals(numbers(15, 17), read("mallory/laptop", "a"));
    }

    private void start(String store) throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of(
                "data",
                data.toString(),
                "name",
                "durable",
                "store",
                store,
                "plugins.required",
                "",
                "durable.subscriptions.bytes",
                "" + (10 * LARGE + LARGE / 2)));
        BrokerSettings settings = BrokerSettings.of(values);
        ledger = new Ledger();
        broker = BrokerAssembly.assemble(settings, new Selectors(settings.live().selectors()), ledger);
        broker.start();
        broker.waitUntilStarted();
    }

    private static Connection connection(String clientId) throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://durable?create=false");
        factory.setWatchTopicAdvisories(false);
        Connection connection = factory.createConnection();
        connection.setClientID(clientId);
        connection.start();
        return connection;
    }

    private static void subscribe(String clientId, String name) throws JMSException {
        try (Connection connection = connection(clientId)) {
            connection.createSession(false, Session.AUTO_ACKNOWLEDGE).createDurableSubscriber(NEWS, name);
        }
    }

    private static void publish(int from, int to) throws JMSException {
        try (Connection connection = connection("application/1")) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(NEWS);
            for (int i = from; i < to; i++) {
                BytesMessage message = session.createBytesMessage();
                message.setIntProperty("number", i);
                message.writeBytes(new byte[LARGE]);
                producer.send(message);
            }
        }
    }

    /** @return the numbers of all that waits; it is all when nothing more comes */
    private static List<Integer> read(String clientId, String name) throws JMSException {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = connection(clientId)) {
            MessageConsumer consumer =
                    connection.createSession(false, Session.AUTO_ACKNOWLEDGE).createDurableSubscriber(NEWS, name);
            for (BytesMessage message = next(consumer); message != null; message = next(consumer)) {
                numbers.add(message.getIntProperty("number"));
            }
        }
        return numbers;
    }

    private static BytesMessage next(MessageConsumer consumer) throws JMSException {
        return (BytesMessage) consumer.receive(500);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
