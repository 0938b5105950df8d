package gatepost.inbox;

import gatepost.broker.quota.Ledger;
import gatepost.broker.region.LoadingRegionBroker;
import gatepost.broker.region.UnloadingBrokerService;
import gatepost.broker.selector.SelectorLimits;
import gatepost.broker.selector.Selectors;
import gatepost.broker.trace.Trace;
import gatepost.broker.trace.TraceFilter;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import gatepost.store.JournalStore;
import gatepost.store.quota.Quotas;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.thread.TaskRunnerFactory;
import org.apache.activemq.usage.StoreUsage;

/** A broker of this process with inboxes, and with what counts and remembers; whoever connects has signed in. Its limits may change. */
final class TestBroker implements AutoCloseable {

    /** Who is trusted, as an application is. */
    static final String APPLICATION = "application";

    static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");

    final Ledger ledger = new Ledger();
    final Trace trace = new Trace();
    final JournalStore store;
    volatile InboxLimits limits = InboxLimits.NONE;
    volatile HistoryLimits history = new HistoryLimits(0, 0, 0);
    volatile long forgetAfter;
    private final BrokerService service;

    TestBroker(Path folder) throws Exception {
        this(folder, next -> next, Optional.empty());
    }

    /**
     * @param plugin stands where that of the inboxes does
     * @param inboxes which there are; nothing for those of this broker's own
     */
    TestBroker(Path folder, BrokerPlugin plugin, Optional<Inboxes> inboxes) throws Exception {
        trace.configure("user.{user}", 10);
        // of plain queues, which must mean nothing here
        ledger.admission().limit(new Quotas(1, 1, 0, 0));
        KahaDBPersistenceAdapter topics = new KahaDBPersistenceAdapter();
        topics.setDirectory(folder.toFile());
        store = new JournalStore(topics, ledger.admission());
        Selectors selectors = new Selectors(new SelectorLimits(1_000, 10, 10, 10_000));
        service = new UnloadingBrokerService(store, selectors, 1, 1, Integer.MAX_VALUE, ledger);
        service.setBrokerName("limits");
        service.setTaskRunnerFactory(new TaskRunnerFactory());
        service.setPersistenceAdapter(store);
        service.setDataDirectoryFile(folder.toFile());
        service.setUseJmx(false);
        service.setAdvisorySupport(false);
        service.setSchedulerSupport(false);
        service.setUseShutdownHook(false);
        service.setSchedulePeriodForDestinationPurge(5);
        PolicyMap policies = new PolicyMap();
        policies.setDefaultEntry(new PolicyEntry());
        service.setDestinationPolicy(policies);
        service.getSystemUsage().setSendFailIfNoSpace(true);
        service.setPlugins(new BrokerPlugin[] {
            ledger::install, SigningIn::new, next -> new TraceFilter(next, trace, new LongAdder()), plugin
        });
        service.start();
        service.waitUntilStarted();
        ((LoadingRegionBroker) service.getRegionBroker()).inboxes(Optional.of(inboxes.orElseGet(UsersInboxes::new)));
    }

    Client client(String user) throws Exception {
        return new Client(user);
    }

    StoreUsage usage() {
        return service.getSystemUsage().getStoreUsage();
    }

    boolean isLoaded(ActiveMQQueue queue) {
        return ((LoadingRegionBroker) service.getRegionBroker())
                .getQueueRegion()
                .getDestinationMap()
                .containsKey(queue);
    }

    @Override
    public void close() throws Exception {
        service.stop();
        service.waitUntilStopped();
    }

    private static final class SigningIn extends BrokerFilter {

        SigningIn(Broker next) {
            super(next);
        }

        @Override
        public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
            context.setSecurityContext(new SignedIn(info.getUserName(), APPLICATION.equals(info.getUserName())));
            super.addConnection(context, info);
        }
    }

    private final class UsersInboxes implements Inboxes {

        @Override
        public boolean isInbox(ActiveMQDestination queue) {
            return queue.isQueue() && queue.getPhysicalName().startsWith("user.");
        }

        @Override
        public LoadedInbox open(Room room) throws Exception {
            InboxSettings settings = new InboxSettings(
                    Map.of("user", new QueuePattern("user.", "{user}", "")),
                    history,
                    new DeviceLimits(20, 60_000),
                    60_000,
                    limits,
                    forgetAfter,
                    AudienceSettings.NONE);
            return new Inbox(
                    room, room.name().getPhysicalName().substring(5), () -> settings, () -> null, new InboxTotals());
        }

        @Override
        public InboxLimits limits() {
            return limits;
        }

        @Override
        public long forgetAfter() {
            return forgetAfter;
        }

        @Override
        public void whenChanged(Runnable listener) {
            // which queues are inboxes stays so
        }
    }
}
