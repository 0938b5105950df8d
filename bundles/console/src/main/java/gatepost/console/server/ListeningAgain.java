package gatepost.console.server;

import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.threads.DaemonThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the web server listen again once it can: Felix HTTP tries a port when its configuration comes, and never again when somebody
 * else has it then. While it does not listen, the service {@link HttpServiceRuntime} is not there; a configuration that is another
 * one in a key which Felix passes over makes it try.
 */
@Component(service = ListeningAgain.class, immediate = true)
public final class ListeningAgain {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningAgain.class);
    private static final String PID = "org.apache.felix.http";
    private static final String HOST = "org.apache.felix.http.host";
    private static final String PORT = "org.osgi.service.http.port";
    private static final String ATTEMPT = "gatepost.attempt";
    private static final long LOOK_SECONDS = 1;

    private final ConfigurationAdmin admin;
    private final ConfigurationReports reports;
    private final Patience patience = new Patience();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-console-listening"));

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile HttpServiceRuntime runtime;

    @Activate
    public ListeningAgain(@Reference ConfigurationAdmin admin, @Reference ConfigurationReports reports) {
        this.admin = admin;
        this.reports = reports;
        watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    public void deactivate() {
        watch.shutdownNow();
        reports.removed(PID);
    }

    private void look() {
        try {
            Optional<Configuration> configuration = configuration();
            if (configuration.isPresent()) {
                look(configuration.get());
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("whether the web server listens cannot be seen to", e);
        }
    }

    private void look(Configuration configuration) throws IOException {
        Dictionary<String, Object> properties = configuration.getProperties();
        if (runtime != null) {
            if (patience.listens()) {
                reports.taken(PID, file(properties), "the web server listens on " + address(properties));
            }
        } else if (patience.isOver()) {
            Optional<String> trouble = trouble(properties);
            if (trouble.isEmpty()) {
                properties.put(ATTEMPT, String.valueOf(patience.tries()));
                configuration.update(properties);
            } else if (patience.cannot()) {
                reports.refused(
                        PID,
                        file(properties),
                        List.of(new Problem(
                                file(properties),
                                PORT,
                                text(properties, PORT),
                                "cannot listen on " + address(properties) + ": " + trouble.get()
                                        + "; tried again every second")));
            }
        }
    }

    /** @return why nobody could listen there now */
    private static Optional<String> trouble(Dictionary<String, Object> properties) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(text(properties, HOST), Integer.parseInt(text(properties, PORT))));
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Optional<Configuration> configuration() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + PID + ")");
            return found == null ? Optional.empty() : Optional.of(found[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String address(Dictionary<String, Object> properties) {
        return text(properties, HOST) + ":" + text(properties, PORT);
    }

    private static String text(Dictionary<String, Object> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString().trim();
    }

    private static String file(Dictionary<String, Object> properties) {
        Map<String, Object> copy = new TreeMap<>();
        Collections.list(properties.keys()).forEach(key -> copy.put(key, properties.get(key)));
        return Settings.file(PID, copy);
    }
}
