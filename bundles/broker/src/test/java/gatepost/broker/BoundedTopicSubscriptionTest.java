package gatepost.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.Selectors;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionInfo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscribers of a topic who have been sent messages and acknowledge none. */
class BoundedTopicSubscriptionTest {

    private static final int LARGE = 100 << 10;
    private static final int LIMIT = 10 * LARGE;
    private static final long PATIENCE = 10_000;

    @TempDir
    private Path data;

    private Ledger ledger;
    private BrokerService broker;
    private final List<Connection> connections = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Connection connection : connections) {
            connection.close();
        }
        broker.stop();
        broker.waitUntilStopped();
    }

    @ParameterizedTest
    @CsvSource({"journal, false", "journal, true", "memory, false", "memory, true"})
    void whatIsOnItsWayIsChargedToThemOverAllSubscriptionsAndOthersGetEverything(String store, boolean temporary)
            throws Exception {
        start(store);
        Connection mallory = connection("mallory");
        Session reading = mallory.createSession(false, Session.AUTO_ACKNOWLEDGE);
        Topic topic = temporary ? reading.createTemporaryTopic() : reading.createTopic("news");
        List<MessageConsumer> slow = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            // only its own connection may read a temporary topic
            Connection own = temporary ? mallory : connection("mallory");
            slow.add(own.createSession(false, Session.CLIENT_ACKNOWLEDGE).createConsumer(topic));
        }
        MessageConsumer prompt = temporary
                ? reading.createConsumer(topic)
                : connection("bob")
                        .createSession(false, Session.AUTO_ACKNOWLEDGE)
                        .createConsumer(topic);
        Session application = connection("application").createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = application.createProducer(topic);
        for (int i = 0; i < 50; i++) {
            Message message = application.createTextMessage("x".repeat(LARGE));
            message.setIntProperty("number", i);
            producer.send(message);
            if (!temporary) {
                Message next = prompt.receive(PATIENCE);
                assertNotNull(next);
                assertEquals(i, next.getIntProperty("number"));
                // its acknowledgement comes on a thread of its own: whoever is five messages late is no prompt reader
                Awaitility.await("bob has acknowledged")
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> ledger.held().users().of("bob").bytes() == 0);
            }
            long bytes = charged();
            // each may be given one while there is room, however little
            assertTrue(bytes <= LIMIT + 4 * (LARGE + 2_000), bytes + " bytes are charged");
        }
        assertTrue(charged() > LIMIT / 2);
        assertTrue(ledger.pending().dropped() > 0);

        for (MessageConsumer consumer : slow) {
            consumer.close();
        }
        prompt.close();
        Awaitility.await("all is given back").until(() -> charged() == 0);
    }

    private long charged() {
        return ledger.held().users().of("mallory").bytes();
    }

    private void start(String store) throws Exception {
        BrokerSettings settings = BrokerSettings.of(Map.of(
                "data",
                data.toString(),
                "name",
                "topics",
                "store",
                store,
                "plugins.required",
                "",
                "user.memory",
                "" + LIMIT));
        ledger = new Ledger();
        broker = BrokerAssembly.assemble(settings, new Selectors(settings.live().selectors()), ledger, SigningIn::new);
        broker.start();
        broker.waitUntilStarted();
    }

    private Connection connection(String user) throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(user, "", "vm://topics?create=false");
        factory.setWatchTopicAdvisories(false);
        Connection connection = factory.createConnection();
        connections.add(connection);
        connection.start();
        return connection;
    }

    /** Lets everybody in by the name that they say. */
    private static final class SigningIn extends BrokerFilter {

        SigningIn(Broker next) {
            super(next);
        }

        @Override
        public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
            context.setSecurityContext(
                    new SignedIn(info.getUserName(), info.getUserName().equals("application")));
            super.addConnection(context, info);
        }
    }
}
