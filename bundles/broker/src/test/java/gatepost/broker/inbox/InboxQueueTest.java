package gatepost.broker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.store.JournalStore;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that lets go of idle queues within milliseconds, and clients in this process. */
class InboxQueueTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");
    private static final long PATIENCE = 20_000;

    @TempDir
    private Path folder;

    private JournalStore store;
    private BrokerService broker;
    private Connection connection;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        start(1, 0);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.stop();
        broker.waitUntilStopped();
    }

    @Test
    void aQueueThatNobodyReadsIsInTheStoreOnlyUntilSomebodyComes() throws Exception {
        send(ALICE, "one", "two", "three");
        awaitGone(ALICE);

        assertEquals(List.of("one", "two", "three"), receive(ALICE, 3));
        assertTrue(isIn(ALICE));
    }

    @Test
    void whatComesWhileItIsAwayComesAfterWhatWaits() throws Exception {
        send(ALICE, "one");
        awaitGone(ALICE);
        send(ALICE, "two");
        awaitGone(ALICE);
        send(ALICE, "three");

        assertEquals(List.of("one", "two", "three"), receive(ALICE, 3));
    }

    @Test
    void nothingIsLostOrDoubledHoweverOftenItIsLetGoOfInBetween() throws Exception {
        List<String> sent = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
        for (String text : sent) {
            send(ALICE, text);
        }
        awaitGone(ALICE);

        assertEquals(sent, receive(ALICE, sent.size()));
        assertNull(receiveNothing(ALICE));
    }

    @Test
    void aSubscriptionWithAWildcardGetsWhatIsInTheStoreOnly() throws Exception {
        ActiveMQQueue bob = new ActiveMQQueue("user.bob");
        send(ALICE, "for alice");
        send(bob, "for bob");
        awaitGone(ALICE);
        awaitGone(bob);

        List<String> got = new ArrayList<>(receive(new ActiveMQQueue("user.>"), 2));
        got.sort(null);
        assertEquals(List.of("for alice", "for bob"), got);
    }

    @Test
    void afterAStartNoQueueIsInUntilSomebodyComes() throws Exception {
        send(ALICE, "before");
        stop();
        start(0, 0);

        assertFalse(isIn(ALICE));
        assertEquals(List.of("before"), receive(ALICE, 1));
    }

    @Test
    void whoeverAsksWhetherItExistsIsToldThatItDoes() throws Exception {
        send(ALICE, "one");
        awaitGone(ALICE);

        assertTrue(broker.getRegionBroker().getDestinationMap(ALICE).containsKey(ALICE));
        ActiveMQQueue nobody = new ActiveMQQueue("user.nobody");
        assertFalse(broker.getRegionBroker().getDestinationMap(nobody).containsKey(nobody));
    }

    @Test
    void whatIsNotInTheStoreKeepsItIn() throws Exception {
        ActiveMQQueue other = new ActiveMQQueue("other");
        MessageProducer producer = session.createProducer(ALICE);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.send(session.createTextMessage("in memory"));
        send(other, "stored");
        awaitGone(other);

        assertTrue(isIn(ALICE));
        assertEquals(List.of("in memory"), receive(ALICE, 1));
    }

    @Test
    void whatExpiresInTheStoreIsDropped() throws Exception {
        MessageProducer producer = session.createProducer(ALICE);
        producer.setTimeToLive(50);
        producer.send(session.createTextMessage("too late"));

        Awaitility.await().until(() -> store.createQueueMessageStore(ALICE).getMessageCount() == 0);
    }

    @Test
    void anEmptyQueueIsForgottenInTheEnd() throws Exception {
        stop();
        start(1, 50);
        send(ALICE, "one");
        assertEquals(List.of("one"), receive(ALICE, 1));

        Awaitility.await().until(() -> !store.holds(ALICE));
        send(ALICE, "two");
        assertEquals(List.of("two"), receive(ALICE, 1));
    }

    @Test
    void moreIdleQueuesThanThereIsRoomForDoNotStay() throws Exception {
        stop();
        start(3_600_000, 0, 10);
        MessageConsumer reader = session.createConsumer(ALICE);
        for (int i = 0; i < 2 * InboxRegionBroker.TURN; i++) {
            send(new ActiveMQQueue("user." + i), "one");
        }
        send(ALICE, "one");

        AtomicInteger others = new AtomicInteger();
        Awaitility.await().until(() -> {
            send(new ActiveMQQueue("other." + others.incrementAndGet()), "one");
            return queues() <= 12;
        });
        assertEquals("one", ((TextMessage) reader.receive(PATIENCE)).getText());
        reader.close();
        assertEquals(List.of("one"), receive(new ActiveMQQueue("user.7"), 1));
    }

    @Test
    void whoNeverLetsGoOfQueuesIsNeverCrowded() throws Exception {
        stop();
        start(0, 0, 10);
        for (int i = 0; i < 20; i++) {
            send(new ActiveMQQueue("user." + i), "one");
        }

        assertEquals(20, queues());
        assertFalse(((InboxRegionBroker) broker.getRegionBroker()).isCrowded());
    }

    @Test
    void whatWaitsForAReaderWhoIsFullIsNotReadIntoMemory() throws Exception {
        MessageConsumer reader = session.createConsumer(new ActiveMQQueue("user.alice?consumer.prefetchSize=1"));
        send(ALICE, IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new));

        InboxQueue queue = (InboxQueue) broker.getRegionBroker().getDestinationMap(ALICE).get(ALICE);
        assertEquals(49, queue.getMessages().size());
        for (int i = 0; i < 50; i++) {
            assertEquals(Integer.toString(i), ((TextMessage) reader.receive(PATIENCE)).getText());
        }
    }

    @Test
    void aReaderOfManyQueuesWhoIsFullAllTheTimeGetsWhatWaitsInEach() throws Exception {
        int queues = 200;
        for (int i = 0; i < queues; i++) {
            send(new ActiveMQQueue("user." + i), "one");
        }

        assertEquals(inOrder(queues, List.of("one")), receiveByQueue("user.>?consumer.prefetchSize=1", queues));
    }

    @Test
    void aReaderOfManyQueuesGetsWhatComesWhileItIsFull() throws Exception {
        int queues = 20;
        List<String> texts = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        for (int i = 0; i < queues; i++) {
            send(new ActiveMQQueue("user." + i), "first");
        }
        Session other = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try (MessageProducer producer = other.createProducer(null)) {
                for (String text : texts) {
                    for (int i = 0; i < queues; i++) {
                        producer.send(new ActiveMQQueue("user." + i), other.createTextMessage(text));
                    }
                }
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        });

        List<String> all = new ArrayList<>(List.of("first"));
        all.addAll(texts);
        assertEquals(inOrder(queues, all), receiveByQueue("user.>?consumer.prefetchSize=1", queues * all.size()));
        sending.get();
    }

    private static Map<String, List<String>> inOrder(int queues, List<String> texts) {
        Map<String, List<String>> all = new TreeMap<>();
        IntStream.range(0, queues).forEach(i -> all.put("user." + i, texts));
        return all;
    }

    private Map<String, List<String>> receiveByQueue(String queues, int count) throws JMSException {
        Map<String, List<String>> texts = new TreeMap<>();
        try (MessageConsumer consumer = session.createConsumer(new ActiveMQQueue(queues))) {
            for (int i = 0; i < count; i++) {
                TextMessage message = (TextMessage) consumer.receive(PATIENCE);
                if (message == null) {
                    return texts;
                }
                String queue = ((ActiveMQQueue) message.getJMSDestination()).getPhysicalName();
                texts.computeIfAbsent(queue, name -> new ArrayList<>()).add(message.getText());
            }
        }
        return texts;
    }

    private void start(long unload, long forget) throws Exception {
        start(unload, forget, Integer.MAX_VALUE);
    }

    private void start(long unload, long forget, int crowd) throws Exception {
        KahaDBPersistenceAdapter topics = new KahaDBPersistenceAdapter();
        topics.setDirectory(folder.toFile());
        store = new JournalStore(topics);
        broker = new InboxBrokerService(store, unload, forget, crowd);
        broker.setBrokerName("test");
        broker.setPersistenceAdapter(store);
        broker.setUseJmx(false);
        broker.setAdvisorySupport(false);
        broker.setSchedulerSupport(false);
        broker.setUseShutdownHook(false);
        broker.setSchedulePeriodForDestinationPurge(crowd == Integer.MAX_VALUE ? 5 : 3_600_000);
        PolicyEntry policy = new PolicyEntry();
        policy.setOptimizedDispatch(true);
        policy.setExpireMessagesPeriod(20);
        policy.setGcInactiveDestinations(forget > 0);
        policy.setInactiveTimeoutBeforeGC(forget);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(policy);
        broker.setDestinationPolicy(policies);
        broker.start();
        broker.waitUntilStarted();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://test?create=false");
        factory.setWatchTopicAdvisories(false);
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private void send(ActiveMQQueue queue, String... texts) throws JMSException {
        MessageProducer producer = session.createProducer(queue);
        for (String text : texts) {
            producer.send(session.createTextMessage(text));
        }
        producer.close();
    }

    private List<String> receive(ActiveMQQueue queue, int count) throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            TextMessage message = (TextMessage) consumer.receive(PATIENCE);
            texts.add(message == null ? "nothing" : message.getText());
        }
        consumer.close();
        return texts;
    }

    private String receiveNothing(ActiveMQQueue queue) throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);
        TextMessage message = (TextMessage) consumer.receiveNoWait();
        consumer.close();
        return message == null ? null : message.getText();
    }

    private int queues() {
        return ((RegionBroker) broker.getRegionBroker()).getQueueRegion().getDestinationMap().size();
    }

    private boolean isIn(ActiveMQQueue queue) {
        return ((RegionBroker) broker.getRegionBroker()).getQueueRegion().getDestinationMap().containsKey(queue);
    }

    private void awaitGone(ActiveMQQueue queue) {
        Awaitility.await().until(() -> !isIn(queue));
    }
}
