package gatepost.broker.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.PresenceSource;
import gatepost.contracts.PresenceTopics;
import gatepost.contracts.PresenceWatcher;
import gatepost.contracts.QuotaReached;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.MessageId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceFilterTest {

    private static final long PATIENCE = 5_000;
    private static final long SILENCE = 100;
    private static final ActiveMQTopic ALICE = PresenceTopics.topic("alice");

    private final BrokerService broker = new BrokerService();
    private final PresenceSubscriptions subscriptions = new PresenceSubscriptions();
    private final Source source = new Source();
    private Connection connection;
    private Session session;

    /** Tells nothing of its own accord. */
    private static final class Source implements PresenceSource {

        final List<PresenceWatcher> watchers = new CopyOnWriteArrayList<>();
        final AtomicInteger room = new AtomicInteger();
        private int told;

        @Override
        public void watch(PresenceWatcher watcher) throws QuotaReached {
            if (watcher.names().contains("too.much")) {
                throw new QuotaReached("names.max", "too much");
            }
            watchers.add(watcher);
        }

        @Override
        public void unwatch(PresenceWatcher watcher) {
            watchers.remove(watcher);
        }

        @Override
        public void room(PresenceWatcher watcher) {
            room.incrementAndGet();
        }

        void tell(PresenceWatcher watcher) {
            ActiveMQMessage message = new ActiveMQMessage();
            message.setMessageId(new MessageId("source:1:1", ++told));
            message.setDestination(ALICE);
            watcher.deliver(message);
        }
    }

    @BeforeEach
    void start() throws Exception {
        broker.setBrokerName("presence");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setAdvisorySupport(false);
        broker.setUseShutdownHook(false);
        broker.setPlugins(new BrokerPlugin[] {subscriptions::install});
        broker.start();
        broker.waitUntilStarted();
        subscriptions.source(source);
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://presence?create=false");
        factory.setWatchTopicAdvisories(false);
        factory.setAlwaysSyncSend(true);
        factory.setSendAcksAsync(false);
        connection = factory.createConnection();
        connection.setClientID("c");
        connection.start();
        session = connection.createSession(false, ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.stop();
        broker.waitUntilStopped();
    }

    private MessageConsumer subscribe(String topic) throws JMSException {
        return session.createConsumer(new ActiveMQTopic(topic));
    }

    @Test
    void aSubscriptionIsToldWhatTheSourceSaysAndNoTopicIsMade() throws Exception {
        MessageConsumer consumer = subscribe("gatepost.presence.alice,gatepost.presence.a.>");
        assertEquals(List.of("alice", "a.>"), source.watchers.get(0).names());
        source.tell(source.watchers.get(0));
        assertNotNull(consumer.receive(PATIENCE));
        assertFalse(broker.getRegionBroker().getDestinationMap().containsKey(ALICE));
        consumer.close();
        Awaitility.await().until(source.watchers::isEmpty);
    }

    @Test
    void itTakesAsManyAsItAcknowledges() throws Exception {
        MessageConsumer consumer = subscribe("gatepost.presence.alice?consumer.prefetchSize=2");
        PresenceWatcher watcher = source.watchers.get(0);
        source.tell(watcher);
        assertTrue(watcher.hasRoom());
        source.tell(watcher);
        assertFalse(watcher.hasRoom());
        assertFalse(watcher.awaitRoom());
        jakarta.jms.Message first = consumer.receive(PATIENCE);
        assertEquals(0, source.room.get());
        first.acknowledge();
        Awaitility.await().until(watcher::hasRoom);
        assertEquals(1, source.room.get());
        consumer.receive(PATIENCE).acknowledge();
        assertEquals(1, source.room.get(), "nobody waits any more");
    }

    @Test
    void nobodySendsThere() throws Exception {
        MessageConsumer consumer = subscribe("gatepost.presence.alice");
        for (String destination : List.of("gatepost.presence.alice", "news,gatepost.presence.alice")) {
            JMSException refused = assertThrows(
                    JMSException.class,
                    () -> session.createProducer(new ActiveMQTopic(destination))
                            .send(session.createTextMessage("false")));
            assertTrue(refused.getMessage().startsWith("Denied: write "), refused.getMessage());
        }
        assertNull(consumer.receive(SILENCE));
    }

    @Test
    void whatIsNoneOfItsGoesOn() throws Exception {
        MessageConsumer above = subscribe(">");
        MessageConsumer beside = subscribe("gatepost.presence");
        session.createProducer(new ActiveMQTopic("gatepost.presence")).send(session.createTextMessage("x"));
        assertNotNull(above.receive(PATIENCE));
        assertNotNull(beside.receive(PATIENCE));
        assertEquals(List.of(), source.watchers);
    }

    @Test
    void whatItCannotBeIsRefused() throws Exception {
        assertThrows(JMSException.class, () -> session.createConsumer(ALICE, "a = 1"));
        assertThrows(JMSException.class, () -> session.createDurableSubscriber(ALICE, "d"));
        JMSException mixed = assertThrows(JMSException.class, () -> subscribe("gatepost.presence.alice,news"));
        assertTrue(mixed.getMessage().contains("topic://news says nothing of who is on line"), mixed.getMessage());
        JMSException refused = assertThrows(JMSException.class, () -> subscribe("gatepost.presence.too.much"));
        assertTrue(refused.getMessage().contains("too much"), refused.getMessage());
        assertEquals(List.of(), source.watchers);
    }

    @Test
    void subscriptionsStayWhileTheSourceComesAndGoes() throws Exception {
        MessageConsumer consumer = subscribe("gatepost.presence.alice");
        subscriptions.without(source);
        MessageConsumer later = subscribe("gatepost.presence.bob");
        Source next = new Source();
        subscriptions.source(next);
        assertEquals(2, next.watchers.size());
        next.tell(next.watchers.get(0));
        assertNotNull((next.watchers.get(0).names().contains("alice") ? consumer : later).receive(PATIENCE));
        subscriptions.without(source);
        consumer.close();
        later.close();
        Awaitility.await().until(next.watchers::isEmpty);
    }
}
