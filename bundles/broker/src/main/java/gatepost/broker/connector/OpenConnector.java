package gatepost.broker.connector;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.contracts.ConnectorAddress;
import gatepost.contracts.ConnectorServer;
import gatepost.contracts.ConnectorTransport;
import gatepost.contracts.OptionRefused;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connector that listens: the transport's server, ActiveMQ's connector around it, and the service that says its address. */
final class OpenConnector implements ConnectorAddress {

    private static final Logger LOG = LoggerFactory.getLogger(OpenConnector.class);

    private final BrokerService broker;
    private final ConnectorServer server;
    private final TransportConnector connector;
    private final ServiceRegistration<ConnectorAddress> address;
    private volatile ConnectorSettings settings;

    private OpenConnector(
            BrokerService broker,
            ConnectorServer server,
            TransportConnector connector,
            ConnectorSettings settings,
            BundleContext context) {
        this.broker = broker;
        this.server = server;
        this.connector = connector;
        this.settings = settings;
        this.address = context.registerService(ConnectorAddress.class, this, null);
    }

    /** @throws ConfigurationProblems when the socket cannot be opened or the transport refuses an option */
    static OpenConnector open(
            String name,
            String file,
            ConnectorSettings settings,
            BrokerService broker,
            ConnectorTransport transport,
            BundleContext context)
            throws ConfigurationProblems {
        TransportConnector connector = null;
        try {
            ConnectorServer server = transport.bind(settings.uri());
            options(server, file, settings);
            connector = new PromptConnector(server);
            connector.setName(name);
            broker.addConnector(connector);
            broker.startTransportConnector(connector);
            LOG.info("connector {} listens on {}", name, server.getConnectURI());
            return new OpenConnector(broker, server, connector, settings, context);
        } catch (ConfigurationProblems e) {
            throw e;
        } catch (Exception e) {
            discard(broker, connector);
            throw new ConfigurationProblems(
                    List.of(new Problem(file, "uri", settings.uri().toString(), reason(e))));
        }
    }

    /** Gives the running connector new options. */
    void change(String file, ConnectorSettings settings) throws ConfigurationProblems {
        options(server, file, settings);
        this.settings = settings;
    }

    @Override
    public URI uri() {
        return server.getConnectURI();
    }

    @Override
    public String path() {
        return String.valueOf(settings.options().get("path"));
    }

    @Override
    public String httpPath() {
        return String.valueOf(settings.options().get("http.path"));
    }

    int connections() {
        return connector.getConnectionCount();
    }

    /** Closes the socket, then every session that came through it; returns when that is done. */
    void close() {
        address.unregister();
        discard(broker, connector);
    }

    private static void options(ConnectorServer server, String file, ConnectorSettings settings)
            throws ConfigurationProblems {
        try {
            server.use(settings.options());
        } catch (OptionRefused e) {
            Object value = e.key().contains("password")
                    ? "(hidden)"
                    : shown(settings.options().get(e.key()));
            throw new ConfigurationProblems(List.of(
                    new Problem(file, e.key(), String.valueOf(value), e.getMessage(), awaited(e.key(), settings))));
        }
    }

    private static Object shown(Object value) {
        return value instanceof Object[] several ? Arrays.asList(several) : value;
    }

    /** A certificate or key that is refused may come, or be put right, without another change of the configuration. */
    private static List<Path> awaited(String property, ConnectorSettings settings) {
        return property.startsWith("tls.")
                ? Stream.of("tls.certificate", "tls.key")
                        .map(key -> settings.options().get(key).toString())
                        .filter(file -> !file.isBlank())
                        .map(Path::of)
                        .toList()
                : List.of();
    }

    private static void discard(BrokerService broker, TransportConnector connector) {
        if (connector == null) {
            return;
        }
        try {
            broker.removeConnector(connector);
            connector.stop();
        } catch (Exception e) {
            LOG.warn("connector {} did not close cleanly", connector.getName(), e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause instanceof IOException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "cannot listen there: " + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
