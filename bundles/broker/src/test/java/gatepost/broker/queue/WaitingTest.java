package gatepost.broker.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import gatepost.broker.trace.MessageStory;
import gatepost.broker.trace.Trace;
import gatepost.broker.trace.TraceFilter;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.MessageId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a queue that is no inbox: each message goes to one reader. */
class WaitingTest {

    private static final ActiveMQQueue QUEUE = new ActiveMQQueue("user.alice");

    private final Trace trace = new Trace();
    private final BrokerService broker = new BrokerService();
    private Connection connection;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        trace.configure("user.{user}", 10);
        broker.setBrokerName("waiting");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setPlugins(new BrokerPlugin[] {next -> new TraceFilter(next, trace, new LongAdder())});
        broker.start();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://waiting?create=false");
        factory.setWatchTopicAdvisories(false);
        factory.setAlwaysSyncSend(true);
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.stop();
        broker.waitUntilStopped();
    }

    private void send(int count) throws Exception {
        try (MessageProducer producer = session.createProducer(null)) {
            for (int i = 0; i < count; i++) {
                Message message = session.createTextMessage("x");
                message.setStringProperty("gatepost-id", "order-" + i);
                producer.send(QUEUE, message, DeliveryMode.NON_PERSISTENT, 4, 0);
            }
        }
    }

    private Waiting waiting() {
        return KnownQueue.named(broker, QUEUE)
                .map(queue -> Waiting.in(queue, "alice"))
                .orElseThrow();
    }

    private List<String> reasons() {
        Waiting now = waiting();
        return trace.of("alice").stream()
                .map(story -> now.reason(story).orElse(""))
                .toList();
    }

    @Test
    void nobodyMayReadIt() throws Exception {
        send(1);
        assertEquals(List.of("nobody reads it"), reasons());
        assertEquals(Optional.of("order-0"), trace.of("alice").get(0).id());
    }

    /** It is there until somebody looks for it, which a broker does now and then. */
    @Test
    void itMayHaveExpired() throws Exception {
        send(1);
        ActiveMQMessage late = new ActiveMQMessage();
        late.setMessageId(new MessageId(trace.of("alice").get(0).message()));
        late.setExpiration(1);
        Destination queue = (Destination) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Destination.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "browse" -> new ActiveMQMessage[] {late};
                    case "getDestinationStatistics" -> new DestinationStatistics();
                    case "getConsumers" -> List.of();
                    default -> throw new UnsupportedOperationException(method.toString());
                });
        Waiting now = Waiting.in(new KnownQueue(QUEUE.getPhysicalName(), queue, null), "alice");
        assertEquals(Optional.of("expired"), now.reason(trace.of("alice").get(0)));
    }

    @Test
    void itMayBeWithAReaderOrBehindWhatThatHas() throws Exception {
        MessageConsumer reader = session.createConsumer(new ActiveMQQueue("user.alice?consumer.prefetchSize=1"));
        send(2);
        await().until(() ->
                reasons().equals(List.of("not acknowledged", "its readers take no more: 1 not acknowledged")));
        MessageStory first = trace.of("alice").get(0);
        assertEquals(1, first.times());
        assertNotNull(first.reader().orElseThrow().session());

        Message got = reader.receive(20_000);
        got.acknowledge();
        await().until(() -> reasons().equals(List.of("", "not acknowledged")));
        assertEquals(Optional.of("acknowledged"), trace.of("alice").get(0).outcome());
    }

    @Test
    void ofWhatCannotBeSeenNothingIsSaid() throws Exception {
        session.createConsumer(QUEUE, "colour = 'red'");
        send(1);
        assertEquals(List.of(""), reasons());
    }

    @Test
    void soManyAreLookedAt() throws Exception {
        send(103);
        assertEquals(3, waiting().more());
    }
}
