package gatepost.broker;

import gatepost.broker.connector.Connectors;
import gatepost.broker.plugin.ClientLimits;
import gatepost.broker.plugin.PluginSlot;
import gatepost.broker.quota.Ledger;
import gatepost.broker.trace.Trace;
import gatepost.broker.trace.TraceFilter;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;
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
    private final SubscriptionLimits subscriptions = new SubscriptionLimits();
    private final Map<String, BrokerPlugin> plugins = new TreeMap<>();

    private BrokerSettings settings;
    private volatile BrokerService broker;
    private PluginSlot slot;
    private volatile ClientLimits limits;
    private volatile Ledger ledger;
    private StoreRoom room;
    private volatile String problem = "not configured yet";

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

    /** @return why no client can connect right now, empty when all is well; never waits for a change that is under way */
    public String problem() {
        return problem;
    }

    /** @return the broker while it runs, for those who look at it; never waits either */
    public Optional<BrokerService> running() {
        return Optional.ofNullable(broker).filter(BrokerService::isStarted);
    }

    /** @return what happened to the last messages of users */
    public Trace trace() {
        return trace;
    }

    /** @return how many persistent messages were accepted since Karaf was started */
    public long stored() {
        return stored.sum();
    }

    /** @return what the broker keeps for whom, that of the last one while it is stopped */
    public Optional<Ledger> ledger() {
        return Optional.ofNullable(ledger);
    }

    /** @return what subscriptions may cost, and how many were refused */
    public SubscriptionLimits subscriptions() {
        return subscriptions;
    }

    /** @return how many users are on line */
    public int users() {
        ClientLimits current = limits;
        return current == null ? 0 : current.users();
    }

    /** @return the names of the plugins that are present, whether required or not */
    public synchronized List<String> plugins() {
        return List.copyOf(plugins.keySet());
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
            BrokerAssembly.limit(broker.getSystemUsage(), next.live());
            room.limit(next.live().storeLimit());
            limits.limit(next.live().connectionsPerUser(), next.live().messageTtl());
            ledger.limit(next.live().keeping());
            subscriptions.limit(broker, next.live());
            trace.configure(next.live().traceQueue(), next.live().traceUsers());
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
        ledger = new Ledger();
        // those of stored subscriptions are read while the broker starts
        subscriptions.selectors().limit(settings.live().selectors());
        broker = BrokerAssembly.assemble(
                settings,
                subscriptions.selectors(),
                ledger,
                this::installSlot,
                this::installLimits,
                subscriptions::install,
                next -> new TraceFilter(next, trace, stored));
        broker.start();
        if (!broker.waitUntilStarted()) {
            throw new IllegalStateException("the broker stopped during its start", broker.getStartException());
        }
        room = StoreRoom.watch(broker, settings);
        limits.limit(settings.live().connectionsPerUser(), settings.live().messageTtl());
        subscriptions.limit(broker, settings.live());
        trace.configure(settings.live().traceQueue(), settings.live().traceUsers());
        pluginsChanged();
    }

    private Broker installSlot(Broker next) {
        slot = new PluginSlot(next);
        return slot;
    }

    private Broker installLimits(Broker next) {
        limits = new ClientLimits(next);
        return limits;
    }

    private void stop() {
        connectors.close();
        problem = "the broker is stopped";
        if (broker != null) {
            try {
                broker.stop();
                broker.waitUntilStopped();
            } catch (Exception e) {
                LOG.warn("the broker did not stop cleanly", e);
            }
            broker = null;
        }
    }

    private void pluginsChanged() {
        if (broker == null) {
            return;
        }
        List<String> required = settings.live().requiredPlugins();
        slot.close("the plugins are changing");
        connectors.close();
        List<String> reasons = slot.install(required, new LinkedHashMap<>(plugins));
        problem = String.join(", ", reasons);
        if (reasons.isEmpty()) {
            LOG.info("the gate is open with the plugins {}", plugins.keySet());
            connectors.open(broker);
        } else {
            LOG.warn("the gate is closed: {}", problem);
        }
    }
}
