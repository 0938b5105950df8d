package gatepost.broker;

import gatepost.broker.connector.Connectors;
import gatepost.broker.presence.PresenceSubscriptions;
import gatepost.broker.quota.Ledger;
import gatepost.broker.trace.Trace;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.contracts.PresenceSource;
import gatepost.metrics.Timing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one broker of this Karaf: started from PID {@code gatepost.broker}, with the plugins that are present as services.
 *
 * <p>It decides when clients may come in: while the broker does not run or a required plugin is missing, all connectors are
 * closed. Every method takes this object's lock, since configuration, plugins and shell commands come from different threads.
 */
@Component(
        service = EmbeddedBroker.class,
        immediate = true,
        configurationPid = EmbeddedBroker.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BrokerDefinition.class)
public final class EmbeddedBroker {

    public static final String PID = "gatepost.broker";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final ConfigurationReports reports;
    private final Connectors connectors;
    private final Trace trace = new Trace();
    private final LongAdder stored = new LongAdder();
    private final Timing syncs = new Timing(
            "gatepost_store_sync_seconds",
            "How long the disk takes for a sync, which receipts of persistent messages wait for");
    private final SubscriptionLimits subscriptions = new SubscriptionLimits();
    private final PresenceSubscriptions presence = new PresenceSubscriptions();
    private final Map<String, BrokerPlugin> plugins = new TreeMap<>();

    private BrokerSettings settings;
    private volatile BrokerInstance broker;
    /** The one that runs, or the one that ran last. */
    private volatile BrokerInstance latest;

    private volatile String problem = "not configured yet";
    /** Whether the gate has been open before: at a start the plugins come one after the other, which is nothing to warn of. */
    private boolean opened;

    @Activate
    public EmbeddedBroker(
            @Reference ConfigurationReports reports, @Reference Connectors connectors, Map<String, Object> properties) {
        this.reports = reports;
        this.connectors = connectors;
        configure(properties);
    }

    @Modified
    synchronized void modified(Map<String, Object> properties) {
        configure(properties);
    }

    @Deactivate
    synchronized void deactivate() {
        stop();
        reports.removed(PID);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(gatepost.plugin=*)",
            unbind = "removePlugin")
    synchronized void addPlugin(BrokerPlugin plugin, Map<String, Object> properties) {
        plugins.put(properties.get("gatepost.plugin").toString(), plugin);
        pluginsChanged();
    }

    synchronized void removePlugin(BrokerPlugin plugin, Map<String, Object> properties) {
        if (plugins.remove(properties.get("gatepost.plugin").toString(), plugin)) {
            pluginsChanged();
        }
    }

    /** Whoever tells subscriptions who is on line; comes and goes, and no connection is touched. Waits for nothing. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "removePresence")
    void addPresence(PresenceSource source) {
        presence.source(source);
    }

    void removePresence(PresenceSource source) {
        presence.without(source);
    }

    /** Whether these settings would make the broker that runs restart. */
    synchronized boolean restartsFor(BrokerSettings next) {
        return broker != null && !settings.fixed().equals(next.fixed());
    }

    /** @return why no client can connect right now, empty when all is well; never waits for a change that is under way */
    public String problem() {
        return problem;
    }

    /** @return the broker while it runs, for those who look at it; never waits either */
    public Optional<BrokerService> running() {
        return Optional.ofNullable(broker).map(BrokerInstance::service).filter(BrokerService::isStarted);
    }

    /** @return what happened to the last messages of users */
    public Trace trace() {
        return trace;
    }

    /** @return how long syncs of the store took since Karaf was started */
    public Timing syncs() {
        return syncs;
    }

    /** @return how many persistent messages were accepted since Karaf was started */
    public long stored() {
        return stored.sum();
    }

    /** @return what the broker keeps for whom, that of the last one while it is stopped */
    public Optional<Ledger> ledger() {
        return Optional.ofNullable(latest).map(BrokerInstance::ledger);
    }

    /** @return what subscriptions may cost, and how many were refused */
    public SubscriptionLimits subscriptions() {
        return subscriptions;
    }

    /** @return how many users are on line */
    public int users() {
        return Optional.ofNullable(latest).map(BrokerInstance::users).orElse(0);
    }

    /** @return the names of the plugins that are present, whether required or not */
    public synchronized List<String> plugins() {
        return List.copyOf(plugins.keySet());
    }

    /**
     * @return the folder of the store that is in force
     * @throws IllegalStateException when there is none: nothing was configured yet, or messages are kept in memory only
     */
    public synchronized Path storeFolder() {
        if (settings == null || !settings.fixed().durable()) {
            throw new IllegalStateException(
                    "there is no store: messages are kept in memory only, or nothing is configured yet");
        }
        return settings.fixed().data();
    }

    private void configure(Map<String, Object> properties) {
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        String file = Settings.file(PID, properties);
        BrokerSettings next;
        try {
            next = BrokerSettings.of(properties);
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
            return;
        }
        BrokerSettings last = settings;
        settings = next;
        if (broker != null && last.fixed().equals(next.fixed())) {
            broker.change(next.live());
            if (!last.live().requiredPlugins().equals(next.live().requiredPlugins())) {
                pluginsChanged();
            }
            reports.taken(PID, file, "");
            return;
        }
        boolean restart = broker != null;
        stop();
        try {
            start();
            reports.taken(PID, file, restart ? "the embedded broker was restarted for it" : "the broker was started");
        } catch (Throwable e) {
            // Throwable: a store may fail with an Error, and a half-started broker must not stay behind
            LOG.error("the broker could not be started from {}", file, e);
            stop();
            reports.refused(
                    PID,
                    file,
                    List.of(new Problem(
                            file,
                            "data",
                            next.fixed().data().toString(),
                            "the broker could not be started: " + e.getMessage())));
            problem = "the broker could not be started: " + e.getMessage();
            if (restart) {
                settings = last;
                fallBack();
            }
        }
    }

    private void fallBack() {
        try {
            start();
        } catch (Throwable e) {
            LOG.error("nor could the broker be started with the last good configuration", e);
            stop();
            problem = "the broker could not be started: " + e.getMessage();
        }
    }

    private void start() throws Exception {
        broker = new BrokerInstance(settings, subscriptions, presence, trace, stored, syncs);
        latest = broker;
        broker.start(settings);
        pluginsChanged();
    }

    private void stop() {
        connectors.close();
        problem = "the broker is stopped";
        if (broker != null) {
            broker.stop();
            broker = null;
        }
    }

    private void pluginsChanged() {
        if (broker == null) {
            return;
        }
        List<String> reasons = broker.install(settings.live().requiredPlugins(), plugins, connectors::close);
        problem = String.join(", ", reasons);
        if (reasons.isEmpty()) {
            LOG.info("the gate is open with the plugins {}", plugins.keySet());
            connectors.open(broker.service());
            opened = true;
        } else if (opened) {
            LOG.warn("the gate is closed: {}", problem);
        } else {
            LOG.info("the gate is not open yet: {}", problem);
        }
    }
}
