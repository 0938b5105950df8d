package gatepost.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.ActiveMQTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DurableLimitTest {

    private static final ActiveMQTopic NEWS = new ActiveMQTopic("news");

    private final LongAdder refused = new LongAdder();
    private final BrokerService broker = new BrokerService();
    private DurableLimit limit;

    @BeforeEach
    void start() throws Exception {
        broker.setBrokerName("durables");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.setPlugins(new BrokerPlugin[] {next -> limit = new DurableLimit(next, refused)});
        broker.start();
        broker.waitUntilStarted();
        limit.limit(2);
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
        broker.waitUntilStopped();
    }

    @Test
    void aUserMayHaveSoManyOnLineOrNotOverAllClients() throws Exception {
        subscribe("alice/phone", "one");
        subscribe("alice/laptop", "one");
        JMSException refusal = assertThrows(JMSException.class, () -> subscribe("alice/tablet", "one"));
        assertTrue(refusal.getMessage().contains("user alice may have 2"), refusal.getMessage());
        assertThrows(JMSException.class, () -> subscribe("alice/phone", "two"));
        assertEquals(2, refused.sum());
    }

    @Test
    void whoComesBackToOneThatIsThereIsNotRefusedAndOthersNoticeNothing() throws Exception {
        subscribe("alice/phone", "one");
        subscribe("alice/phone", "two");
        subscribe("alice/phone", "one");
        subscribe("alicia/phone", "one");
        subscribe("alicia/phone", "two");
        assertEquals(0, refused.sum());
    }

    @Test
    void whatIsUnsubscribedMakesRoom() throws Exception {
        subscribe("alice/phone", "one");
        subscribe("alice/phone", "two");
        try (Connection connection = connect("alice/phone");
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.unsubscribe("one");
        }
        subscribe("alice/phone", "three");
    }

    @Test
    void aLimitThatIsRaisedHoldsAtOnce() throws Exception {
        subscribe("alice/phone", "one");
        subscribe("alice/phone", "two");
        limit.limit(0);
        subscribe("alice/phone", "three");
    }

    /** Leaves it off line. */
    private static void subscribe(String client, String name) throws JMSException {
        try (Connection connection = connect(client);
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.createDurableSubscriber(NEWS, name).close();
        }
    }

    private static Connection connect(String client) throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://durables?create=false");
        factory.setWatchTopicAdvisories(false);
        Connection connection = factory.createConnection();
        connection.setClientID(client);
        connection.start();
        return connection;
    }
}
