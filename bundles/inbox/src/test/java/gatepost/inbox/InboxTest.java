package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.broker.quota.Ledger;
import gatepost.broker.region.LoadingRegionBroker;
import gatepost.broker.region.UnloadingBrokerService;
import gatepost.broker.selector.SelectorLimits;
import gatepost.broker.selector.Selectors;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inboxes in a broker of this process, with clients of ActiveMQ's own; {@code itests/inbox} has the rules from outside. */
class InboxTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");
    private static final ActiveMQQueue BOB = new ActiveMQQueue("user.bob");
    private static final long PATIENCE = 20_000;
    private static final int SENDERS = 4;
    /** Of all senders no more than linger for a tab that is behind. */
    private static final int EACH = Lingering.MESSAGES / SENDERS;

    private static final int ROUNDS = 12;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Connection> connections = new ArrayList<>();
    private volatile InboxSettings settings = settings(new HistoryLimits(0, 0, 0));
    private BrokerService broker;

    @BeforeEach
    void start() throws Exception {
        KahaDBPersistenceAdapter topics = new KahaDBPersistenceAdapter();
        topics.setDirectory(folder.toFile());
        JournalStore store = new JournalStore(topics);
        Selectors selectors = new Selectors(new SelectorLimits(1_000, 10, 10, 10_000));
        broker = new UnloadingBrokerService(store, selectors, 1, 0, Integer.MAX_VALUE, new Ledger());
        broker.setBrokerName("inboxes");
        broker.setTaskRunnerFactory(new TaskRunnerFactory());
        broker.setPersistenceAdapter(store);
        broker.setDataDirectoryFile(folder.toFile());
        broker.setUseJmx(false);
        broker.setAdvisorySupport(false);
        broker.setSchedulerSupport(false);
        broker.setUseShutdownHook(false);
        broker.setSchedulePeriodForDestinationPurge(5);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(new PolicyEntry());
        broker.setDestinationPolicy(policies);
        broker.start();
        broker.waitUntilStarted();
        ((LoadingRegionBroker) broker.getRegionBroker()).inboxes(Optional.of(new UsersInboxes()));
    }

    @AfterEach
    void stop() throws Exception {
        for (Connection connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
        broker.stop();
        broker.waitUntilStopped();
    }

    /** Persistent and not, from several threads at once: with no history each message is gone as soon as the first tab has it. */
    @Test
    void noTabTakesAMessageFromAnotherWhateverItsKindAndHoweverManySend() throws Exception {
        List<MessageConsumer> tabs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tabs.add(session("alice").createConsumer(ALICE));
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Future<List<String>>> got = new ArrayList<>();
            for (MessageConsumer tab : tabs) {
                got.add(threads.submit(() -> receive(tab, SENDERS * EACH)));
            }
            List<Future<Void>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(threads.submit(sender(i)));
            }
            for (Future<Void> sender : senders) {
                sender.get();
            }
            List<String> first = got.get(0).get();
            assertEquals(SENDERS * EACH, first.stream().distinct().count());
            for (Future<List<String>> other : got) {
                assertEquals(first, other.get());
            }
        }
        assertNull(session("alice").createConsumer(ALICE).receiveNoWait());
    }

    private Callable<Void> sender(int number) {
        return () -> {
            Session session = session("application");
            MessageProducer producer = session.createProducer(ALICE);
            for (int i = 0; i < EACH; i++) {
                producer.send(
                        session.createTextMessage(number + " " + i),
                        (number + i) % 2 == 0 ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT,
                        4,
                        0);
            }
            return null;
        };
    }

    @Test
    void anInboxThatNobodyReadsIsUnloadedAndHasWhatItHad() throws Exception {
        Session application = session("application");
        MessageProducer producer = application.createProducer(ALICE);
        producer.send(application.createTextMessage("one"));
        producer.close();
        Awaitility.await().until(() -> !isLoaded());
        application.createProducer(ALICE).send(application.createTextMessage("two"));

        assertEquals(List.of("one", "two"), receive(session("alice").createConsumer(ALICE), 2));
    }

    @Test
    void whatIsDoneStaysForAsLongAsTheLimitsSay() throws Exception {
        settings = settings(new HistoryLimits(2, 1 << 20, 60_000));
        Session application = session("application");
        MessageProducer producer = application.createProducer(ALICE);
        for (int i = 0; i < 5; i++) {
            producer.send(application.createTextMessage("m" + i));
        }
        Session alice = session("alice");
        receive(alice.createConsumer(ALICE), 5);
        // a client acknowledges without waiting for the answer
        Awaitility.await().until(() -> inbox(ALICE).waiting() == 0);
        alice.close();

        Session look = session("alice");
        var browser = look.createBrowser(ALICE).getEnumeration();
        List<String> kept = new ArrayList<>();
        while (browser.hasMoreElements()) {
            kept.add(((TextMessage) browser.nextElement()).getText());
        }
        assertEquals(List.of("m3", "m4"), kept);
    }

    @Test
    void eachInboxSaysWhatIsInItAndTheBrokerWhatIsInAllThatAreLoaded() throws Exception {
        Session application = session("application");
        Session aliceReads = session("alice");
        MessageConsumer tab = aliceReads.createConsumer(ALICE);
        session("bob").createConsumer(BOB);
        for (int i = 0; i < 3; i++) {
            application.createProducer(ALICE).send(application.createTextMessage("to alice " + i));
        }
        application.createProducer(BOB).send(application.createTextMessage("to bob"));
        Inbox alice = inbox(ALICE);
        receive(tab, 1);
        Awaitility.await().until(() -> alice.waiting() == 2 && alice.inFlight() == 2);
        assertEquals(1, inbox(BOB).waiting());
        assertEquals(1, inbox(BOB).inFlight());
        assertEquals(3, all().getMessages().getCount());
        assertEquals(3, all().getInflight().getCount());

        application.close();
        aliceReads.close();
        Awaitility.await().until(() -> !isLoaded());
        assertEquals(1, all().getMessages().getCount());
        assertEquals(1, all().getInflight().getCount());
        // an acknowledgement that was on its way
        alice.parts().counts().recount();
        assertEquals(1, all().getMessages().getCount());
        assertTrue(
                broker.getSystemUsage().getMemoryUsage().isStarted(), "the broker's memory is not one inbox's to end");
    }

    @Test
    void anInboxWithAProducerOfItsOwnIsNotUnloaded() throws Exception {
        Session application = session("application");
        MessageProducer producer = application.createProducer(ALICE);
        assertTrue(isLoaded());
        // those who are idle are looked for all the time, and this one stays
        MessageConsumer bob = session("bob").createConsumer(BOB);
        bob.close();
        Awaitility.await().until(() -> inbox(BOB) == null);
        assertTrue(isLoaded());
        producer.close();
        Awaitility.await().until(() -> !isLoaded());
    }

    private Inbox inbox(ActiveMQQueue name) {
        return (Inbox) ((LoadingRegionBroker) broker.getRegionBroker())
                .getQueueRegion()
                .getDestinationMap()
                .get(name);
    }

    private DestinationStatistics all() {
        return ((LoadingRegionBroker) broker.getRegionBroker()).getDestinationStatistics();
    }

    private static InboxSettings settings(HistoryLimits history) {
        return new InboxSettings(
                Map.of("user", new QueuePattern("user.", "{user}", "")),
                history,
                new DeviceLimits(2, 60_000),
                60_000,
                InboxLimits.NONE,
                0,
                AudienceSettings.NONE);
    }

    private boolean isLoaded() {
        return inbox(ALICE) != null;
    }

    private Session session(String user) throws JMSException {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://inboxes?create=false");
        factory.setWatchTopicAdvisories(false);
        Connection connection = factory.createConnection(user, user);
        synchronized (connections) {
            connections.add(connection);
        }
        connection.start();
        Session session = connection.createSession(false, ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE);
        return session;
    }

    private static List<String> receive(MessageConsumer consumer, int count) throws JMSException {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            TextMessage message = (TextMessage) consumer.receive(PATIENCE);
            assertTrue(message != null, () -> "only " + texts.size() + " came");
            message.acknowledge();
            texts.add(message.getText());
        }
        return texts;
    }

    private final class UsersInboxes implements Inboxes {

        @Override
        public boolean isInbox(ActiveMQDestination queue) {
            return queue.getPhysicalName().startsWith("user.");
        }

        @Override
        public LoadedInbox open(Room room) throws Exception {
            return new Inbox(
                    room, room.name().getPhysicalName().substring(5), () -> settings, () -> null, new InboxTotals());
        }

        @Override
        public void whenChanged(Runnable listener) {
            // it never does
        }
    }
}
