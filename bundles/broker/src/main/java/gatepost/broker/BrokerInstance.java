package gatepost.broker;

import gatepost.broker.plugin.ClientLimits;
import gatepost.broker.plugin.PluginSlot;
import gatepost.broker.presence.PresenceSubscriptions;
import gatepost.broker.quota.Ledger;
import gatepost.broker.region.LoadingRegionBroker;
import gatepost.broker.trace.Trace;
import gatepost.broker.trace.TraceFilter;
import gatepost.contracts.inbox.Inboxes;
import gatepost.metrics.Timing;
import gatepost.store.JournalStore;
import gatepost.threads.RepeatedTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker from its start to its end, and what can be changed of it meanwhile. Used by one thread at a time, but where a method
 * says otherwise.
 */
final class BrokerInstance {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerInstance.class);

    private static final long HISTORY_CHECK_MILLIS = 1_000;

    private final BrokerService service;
    private final SubscriptionLimits subscriptions;
    private final Trace trace;
    private final Ledger ledger = new Ledger();
    private PluginSlot slot;
    private volatile ClientLimits clients;
    private StoreLimit storeLimit;

    /**
     * @param subscriptions what is counted of them, over one broker after the other
     * @param presence those to who is on line
     * @param trace where the story of messages goes
     * @param stored counts persistent messages
     * @param syncs of the store, over one broker after the other
     */
    BrokerInstance(
            BrokerSettings settings,
            SubscriptionLimits subscriptions,
            PresenceSubscriptions presence,
            Trace trace,
            LongAdder stored,
            Timing syncs)
            throws Exception {
        this.subscriptions = subscriptions;
        this.trace = trace;
        // those of stored subscriptions are read while the broker starts
        subscriptions.selectors().limit(settings.live().selectors());
        service = BrokerAssembly.assemble(
                settings,
                subscriptions.selectors(),
                ledger,
                presence::install,
                this::installSlot,
                this::installLimits,
                subscriptions::install,
                next -> new TraceFilter(next, trace, stored));
        if (service.getPersistenceAdapter() instanceof JournalStore store) {
            store.timed(nanos -> syncs.record(nanos, TimeUnit.NANOSECONDS));
        }
    }

    /** Starts it, closed to clients. One whose start has failed has to be stopped. */
    void start(BrokerSettings settings) throws Exception {
        service.start();
        if (!service.waitUntilStarted()) {
            throw new IllegalStateException("the broker stopped during its start", service.getStartException());
        }
        storeLimit = StoreLimit.watch(service, settings);
        service.getScheduler()
                .executePeriodically(
                        new RepeatedTask(
                                "the look at the room of history",
                                () -> ledger.history()
                                        .look(service.getSystemUsage().getStoreUsage())),
                        HISTORY_CHECK_MILLIS);
        limitClients(settings.live());
    }

    /** Changes what can be changed while it runs. */
    void change(BrokerSettings.Live live) {
        BrokerAssembly.limit(service.getSystemUsage(), live);
        storeLimit.limit(live.storeLimit());
        ledger.limit(live.keeping());
        limitClients(live);
    }

    private void limitClients(BrokerSettings.Live live) {
        clients.limit(live.connectionsPerUser(), live.messageTtl());
        subscriptions.limit(service, live);
        trace.configure(live.traceQueue(), live.traceUsers());
    }

    /** Puts plugins in place, after all clients are cut. @return what keeps clients out, empty for nothing */
    List<String> install(List<String> required, Map<String, BrokerPlugin> present, Runnable cut) {
        slot.close("the plugins are changing");
        cut.run();
        if (service.getRegionBroker() instanceof LoadingRegionBroker regions) {
            regions.inboxes(present.values().stream()
                    .filter(Inboxes.class::isInstance)
                    .map(Inboxes.class::cast)
                    .findFirst());
        }
        return slot.install(required, new LinkedHashMap<>(present));
    }

    void stop() {
        try {
            service.stop();
            service.waitUntilStopped();
        } catch (Exception e) {
            LOG.warn("the broker did not stop cleanly", e);
        }
    }

    /** @return ActiveMQ's; any thread */
    BrokerService service() {
        return service;
    }

    /** @return what it keeps for whom; any thread */
    Ledger ledger() {
        return ledger;
    }

    /** @return how many users are on line; any thread */
    int users() {
        return clients == null ? 0 : clients.users();
    }

    private Broker installSlot(Broker next) {
        slot = new PluginSlot(next);
        return slot;
    }

    private Broker installLimits(Broker next) {
        clients = new ClientLimits(next);
        return clients;
    }
}
