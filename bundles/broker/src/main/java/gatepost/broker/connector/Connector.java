package gatepost.broker.connector;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.contracts.ConnectorTransport;
import gatepost.contracts.Scheme;
import java.util.List;
import java.util.Map;
import org.apache.activemq.broker.BrokerService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One connector, from one configuration of the factory PID {@code gatepost.connector}. It keeps the last good settings, and
 * tries again for as long as it cannot listen. {@link Connectors} calls {@link #open} and {@link #close} under its lock.
 */
@Component(
        service = Connector.class,
        immediate = true,
        configurationPid = Connector.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConnectorDefinition.class, factory = true)
public final class Connector {

    public static final String PID = "gatepost.connector";

    private final ConfigurationReports reports;
    private final Connectors connectors;
    private final BundleContext context;
    private final String pid;
    private String file;
    private ConnectorSettings settings;
    private Map<Scheme, ConnectorTransport> transports = Map.of();
    private BrokerService broker;
    private OpenConnector current;
    private String problem = "";

    @Activate
    public Connector(
            @Reference ConfigurationReports reports,
            @Reference Connectors connectors,
            BundleContext context,
            Map<String, Object> properties) {
        this.reports = reports;
        this.connectors = connectors;
        this.context = context;
        this.pid = properties.get("service.pid").toString();
        configure(properties);
        connectors.add(this);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        connectors.change(this, () -> configure(properties));
    }

    @Deactivate
    void deactivate() {
        connectors.remove(this);
        reports.removed(pid);
    }

    /** Opens the connector unless it is open already or cannot be. */
    void open(BrokerService running, Map<Scheme, ConnectorTransport> available) {
        broker = running;
        transports = available;
        if (current != null || settings == null) {
            return;
        }
        if (broker == null) {
            problem = "the gate is closed";
            return;
        }
        if (!available.containsKey(settings.scheme())) {
            problem = "no transport serves the scheme " + settings.scheme();
            return;
        }
        try {
            current = listen(settings);
            problem = "";
            reports.taken(pid, file, "");
        } catch (ConfigurationProblems e) {
            if (!e.getMessage().equals(problem)) {
                problem = e.getMessage();
                reports.refused(pid, file, e.problems());
            }
        }
    }

    void close() {
        if (current != null) {
            current.close();
            current = null;
            problem = "closed";
        }
    }

    boolean isOf(Scheme scheme) {
        return settings != null && settings.scheme() == scheme;
    }

    ConnectorStatus status() {
        String name = pid.substring(pid.indexOf('~') + 1);
        String configured = settings == null ? "" : settings.uri().toString();
        int limit = settings == null ? 0 : (Integer) settings.options().get("connections.max");
        return current == null
                ? new ConnectorStatus(name, configured, false, 0, limit, problem)
                : new ConnectorStatus(name, current.uri().toString(), true, current.connections(), limit, "");
    }

    private void configure(Map<String, Object> properties) {
        file = Settings.file(pid, properties);
        if (reports.isAwaited(pid, properties)) {
            return;
        }
        try {
            ConnectorSettings next = ConnectorSettings.of(pid, properties);
            if (current == null) {
                settings = next;
                return;
            }
            change(next);
            settings = next;
            reports.taken(pid, file, "");
        } catch (ConfigurationProblems e) {
            problem = e.getMessage();
            reports.refused(pid, file, e.problems());
        }
    }

    private void change(ConnectorSettings next) throws ConfigurationProblems {
        if (next.uri().equals(settings.uri())) {
            current.change(file, next);
            return;
        }
        if (!transports.containsKey(next.scheme())) {
            throw new ConfigurationProblems(List.of(new Problem(
                    file, "uri", next.uri().toString(), "no transport serves the scheme " + next.scheme())));
        }
        OpenConnector old = current;
        boolean samePort = next.uri().getPort() == settings.uri().getPort();
        if (samePort) {
            // two sockets on one port shut each other out, whatever their addresses
            old.close();
        }
        try {
            current = listen(next);
        } catch (ConfigurationProblems e) {
            if (samePort) {
                current = listen(settings);
            }
            throw e;
        }
        if (!samePort) {
            old.close();
        }
    }

    private OpenConnector listen(ConnectorSettings wanted) throws ConfigurationProblems {
        return OpenConnector.open(
                pid.substring(pid.indexOf('~') + 1), file, wanted, broker, transports.get(wanted.scheme()), context);
    }
}
