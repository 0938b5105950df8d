package gatepost.broker.region;

import gatepost.broker.plugin.CompositeSends;
import gatepost.broker.plugin.SelectorFilter;
import gatepost.broker.quota.Ledger;
import gatepost.broker.selector.SelectorLimits;
import gatepost.broker.selector.Selectors;
import gatepost.store.JournalStore;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that unloads idle queues within milliseconds, and clients in this process. It counts what it hands to other threads
 * and how often its filters are asked to make a destination, and knows which message came last.
 */
abstract class UnloadingBroker {

    static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");
    static final long PATIENCE = 20_000;

    @TempDir
    private Path folder;

    final AtomicInteger handedOver = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    volatile WeakReference<Message> latest;
    JournalStore store;
    BrokerService broker;
    Connection connection;
    Session session;

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

    void start(long unloadAfter, long removeAfter) throws Exception {
        start(unloadAfter, removeAfter, Integer.MAX_VALUE);
    }

    void start(long unloadAfter, long removeAfter, int idleQueues) throws Exception {
        KahaDBPersistenceAdapter topics = new KahaDBPersistenceAdapter();
        topics.setDirectory(folder.toFile());
        store = new JournalStore(topics);
        Selectors selectors = new Selectors(new SelectorLimits(1_000, 10, 10, 10_000));
        broker = new UnloadingBrokerService(store, selectors, unloadAfter, removeAfter, idleQueues, new Ledger());
        broker.setBrokerName("test");
        broker.setTaskRunnerFactory(new TaskRunnerFactory() {

            @Override
            public void execute(Runnable task) {
                handedOver.incrementAndGet();
                super.execute(task);
            }
        });
        broker.setPersistenceAdapter(store);
        broker.setPlugins(new BrokerPlugin[] {
            CompositeSends::new, next -> new SelectorFilter(next, selectors), next -> new Observer(next)
        });
        broker.setUseJmx(false);
        broker.setAdvisorySupport(false);
        broker.setSchedulerSupport(false);
        broker.setUseShutdownHook(false);
        broker.setSchedulePeriodForDestinationPurge(idleQueues == Integer.MAX_VALUE ? 5 : 3_600_000);
        PolicyEntry policy = new PolicyEntry();
        policy.setOptimizedDispatch(true);
        policy.setEnableAudit(false);
        policy.setExpireMessagesPeriod(20);
        policy.setGcInactiveDestinations(removeAfter > 0);
        policy.setInactiveTimeoutBeforeGC(removeAfter);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(policy);
        broker.setDestinationPolicy(policies);
        broker.start();
        broker.waitUntilStarted();
        connection = factory().createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    static ActiveMQConnectionFactory factory() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://test?create=false");
        factory.setWatchTopicAdvisories(false);
        return factory;
    }

    void send(ActiveMQQueue queue, String... texts) throws JMSException {
        MessageProducer producer = session.createProducer(queue);
        for (String text : texts) {
            producer.send(session.createTextMessage(text));
        }
        producer.close();
    }

    List<String> receive(ActiveMQQueue queue, int count) throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            TextMessage message = (TextMessage) consumer.receive(PATIENCE);
            texts.add(message == null ? "nothing" : message.getText());
        }
        consumer.close();
        return texts;
    }

    String receiveNothing(ActiveMQQueue queue) throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);
        TextMessage message = (TextMessage) consumer.receiveNoWait();
        consumer.close();
        return message == null ? null : message.getText();
    }

    int queues() {
        return ((RegionBroker) broker.getRegionBroker())
                .getQueueRegion()
                .getDestinationMap()
                .size();
    }

    boolean isIn(ActiveMQQueue queue) {
        return ((RegionBroker) broker.getRegionBroker())
                .getQueueRegion()
                .getDestinationMap()
                .containsKey(queue);
    }

    void awaitGone(ActiveMQQueue queue) {
        Awaitility.await().until(() -> !isIn(queue));
    }

    private final class Observer extends BrokerFilter {

        Observer(Broker next) {
            super(next);
        }

        @Override
        public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
            latest = new WeakReference<>(message);
            super.send(exchange, message);
        }

        @Override
        public Destination addDestination(ConnectionContext context, ActiveMQDestination name, boolean createTemporary)
                throws Exception {
            asked.incrementAndGet();
            return super.addDestination(context, name, createTemporary);
        }
    }
}
