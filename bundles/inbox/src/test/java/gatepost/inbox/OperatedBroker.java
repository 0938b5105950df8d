package gatepost.inbox;

import gatepost.broker.quota.Ledger;
import gatepost.broker.region.LoadingRegionBroker;
import gatepost.broker.region.UnloadingBrokerService;
import gatepost.broker.selector.SelectorLimits;
import gatepost.broker.selector.Selectors;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.InboxRecords;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.PresenceRecords;
import gatepost.store.JournalStore;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.thread.TaskRunnerFactory;

/** A broker of this process with the inboxes as they ship, and what operators see of them. alice is signed in. */
public final class OperatedBroker implements AutoCloseable {

    private final InboxService inboxes = new InboxService(
            new LoggingConfigurationReports(), new KnownUsers(), configuration("inbox.user", "queue://user.{user}"));
    private final InboxPlugin plugin = new InboxPlugin(inboxes);
    private final BrokerService service;
    private final ActiveMQConnection connection;
    private final Session session;

    public OperatedBroker(Path folder) throws Exception {
        Ledger ledger = new Ledger();
        KahaDBPersistenceAdapter topics = new KahaDBPersistenceAdapter();
        topics.setDirectory(folder.toFile());
        JournalStore store = new JournalStore(topics, ledger.admission());
        Selectors selectors = new Selectors(new SelectorLimits(1_000, 10, 10, 10_000));
        // nothing is unloaded
        service = new UnloadingBrokerService(store, selectors, 0, 1, Integer.MAX_VALUE, ledger);
        service.setBrokerName("operated");
        service.setTaskRunnerFactory(new TaskRunnerFactory());
        service.setPersistenceAdapter(store);
        service.setDataDirectoryFile(folder.toFile());
        service.setUseJmx(false);
        service.setAdvisorySupport(false);
        service.setSchedulerSupport(false);
        service.setUseShutdownHook(false);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(new PolicyEntry());
        service.setDestinationPolicy(policies);
        service.setPlugins(new BrokerPlugin[] {ledger::install, plugin, SigningIn::new});
        service.start();
        service.waitUntilStarted();
        ((LoadingRegionBroker) service.getRegionBroker()).inboxes(Optional.of(plugin));
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://operated?create=false");
        factory.setWatchTopicAdvisories(false);
        factory.setAlwaysSyncSend(true);
        factory.setSendAcksAsync(false);
        connection = (ActiveMQConnection) factory.createConnection("alice", "alice");
        connection.start();
        session = connection.createSession(false, ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE);
    }

    private static Map<String, Object> configuration(String key, String value) {
        return Map.of("service.pid", InboxService.PID, key, value);
    }

    public UserInboxes users() {
        return new UserInboxes(inboxes, plugin, new Audiences(inboxes, plugin));
    }

    InboxRecords records() {
        return new StoredInboxRecords(inboxes, plugin);
    }

    PresenceRecords presence() {
        return new StoredPresence(inboxes, plugin);
    }

    EventRecords events() {
        return new StoredEventRecords(inboxes, plugin);
    }

    /** @param wants to hear what becomes of messages from now on */
    void reports(EventReports wants) {
        inboxes.events = wants;
    }

    Session transacted() throws JMSException {
        return connection.createSession(true, Session.SESSION_TRANSACTED);
    }

    boolean isLoaded(String queue) {
        return ((LoadingRegionBroker) service.getRegionBroker())
                .getQueueRegion()
                .getDestinationMap()
                .containsKey(new ActiveMQQueue(queue));
    }

    InboxMetrics metrics() {
        return new InboxMetrics(users(), inboxes);
    }

    /** @param properties names and values */
    public void send(String queue, String... properties) throws JMSException {
        send(0, queue, properties);
    }

    /** @param ttl milliseconds after which it expires, 0 for never */
    void send(long ttl, String queue, String... properties) throws JMSException {
        Message message = session.createTextMessage("x");
        for (int i = 0; i < properties.length; i += 2) {
            message.setStringProperty(properties[i], properties[i + 1]);
        }
        try (MessageProducer producer = session.createProducer(new ActiveMQQueue(queue))) {
            producer.send(message, DeliveryMode.PERSISTENT, 4, ttl);
        }
    }

    MessageConsumer consumer(String queue) throws JMSException {
        return session.createConsumer(new ActiveMQQueue(queue));
    }

    @Override
    public void close() throws Exception {
        connection.close();
        service.stop();
        service.waitUntilStopped();
    }

    private static final class SigningIn extends BrokerFilter {

        SigningIn(Broker next) {
            super(next);
        }

        @Override
        public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
            context.setSecurityContext(new SignedIn(info.getUserName(), false));
            super.addConnection(context, info);
        }
    }
}
