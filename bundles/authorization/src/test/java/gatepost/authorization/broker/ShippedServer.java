package gatepost.authorization.broker;

import gatepost.authorization.Components;
import gatepost.broker.EmbeddedBroker;
import gatepost.broker.connector.Connector;
import gatepost.broker.connector.Connectors;
import gatepost.configuration.ConfigurationReport;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.ConnectorServer;
import gatepost.contracts.ConnectorTransport;
import gatepost.contracts.Scheme;
import gatepost.transport.channel.StompTransportServer;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.SharedResources;
import gatepost.transport.session.UserShares;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Gatepost's own broker with a STOMP connector on a free port, put together as OSGi puts them together: the components of
 * {@code bundles/broker}, the server of {@code bundles/transport}, and a journal in a folder that goes with it.
 */
final class ShippedServer implements AutoCloseable {

    /** One for all brokers of this process, as one transport serves all connectors. */
    private static final ConnectorTransport TRANSPORT = new OneTransport();

    private final Path data = Files.createTempDirectory("gatepost-authorization");
    private final LoggingConfigurationReports reports = new LoggingConfigurationReports();
    private final Connectors connectors = new Connectors();
    private final EmbeddedBroker broker;

    /** @param settings of {@code gatepost.broker}, where they are not the default */
    ShippedServer(Map<String, Object> settings, BrokerPlugin authentication, BrokerPlugin authorization)
            throws Exception {
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("name", "test-" + System.nanoTime());
        properties.put("data", data.toString());
        Components.call(connectors, "addTransport", TRANSPORT);
        broker = new EmbeddedBroker(reports, connectors, properties);
        new Connector(
                reports,
                connectors,
                Components.answering(
                        BundleContext.class,
                        "registerService",
                        () -> Components.answering(ServiceRegistration.class, "unregister", () -> null)),
                Map.of("service.pid", Connector.PID + "~stomp", "uri", "stomp://localhost:0"));
        Components.call(broker, "addPlugin", authentication, Map.of("gatepost.plugin", "authentication"));
        Components.call(broker, "addPlugin", authorization, Map.of("gatepost.plugin", "authorization"));
        List<ConfigurationReport> refused =
                reports.all().stream().filter(report -> !report.taken()).toList();
        if (!refused.isEmpty() || !broker.problem().isEmpty()) {
            throw new IllegalStateException(broker.problem() + refused);
        }
    }

    BrokerService broker() {
        return broker.running().orElseThrow();
    }

    int port() {
        return URI.create(connectors.status().get(0).uri()).getPort();
    }

    @Override
    public void close() throws Exception {
        Components.call(broker, "deactivate");
        Components.call(connectors, "deactivate");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class OneTransport implements ConnectorTransport {

        private final EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(
                2, new DefaultThreadFactory("test-io", true), NioIoHandler.newFactory());
        private final ExecutorService pool =
                Executors.newCachedThreadPool(new DefaultThreadFactory("test-session", true));
        private final SharedResources shared = new SharedResources(
                pool,
                pool,
                new TransportMetrics(new OpenSockets()),
                new UserShares(eventLoops),
                Optional::empty,
                Optional::empty);

        @Override
        public Set<Scheme> schemes() {
            return Set.of(Scheme.STOMP);
        }

        @Override
        public ConnectorServer bind(URI location) throws IOException {
            return new StompTransportServer(location, eventLoops, shared);
        }
    }
}
