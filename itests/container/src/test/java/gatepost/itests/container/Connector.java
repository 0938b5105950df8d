package gatepost.itests.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A connector as its configuration names it.
 *
 * @param name the name after the tilde
 * @param port the port that it was given
 */
record Connector(String name, int port) {

    /** The system property of the container that lists free ports, separated by commas: more than a test takes. */
    static final String FREE_PORTS = "itests.ports";

    private static final String FACTORY = "gatepost.connector";
    private static final AtomicInteger TAKEN = new AtomicInteger();

    /** @return the connector that the distribution ships under this name */
    static Connector shipped(ConfigurationAdmin configurations, String name)
            throws IOException, InvalidSyntaxException {
        Configuration configuration = Stream.of(
                        configurations.listConfigurations("(service.factoryPid=" + FACTORY + ")"))
                .filter(candidate -> candidate.getPid().equals(FACTORY + "~" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no connector " + name));
        return new Connector(
                name,
                URI.create(configuration.getProperties().get("uri").toString()).getPort());
    }

    /** Asks for a connector of this name through Config Admin. */
    static Connector create(ConfigurationAdmin configurations, String name, String scheme, int port)
            throws IOException {
        configure(configurations, name, scheme + "://127.0.0.1:" + port);
        return new Connector(name, port);
    }

    static void configure(ConfigurationAdmin configurations, String name, String uri) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("uri", uri);
        configurations.getFactoryConfiguration(FACTORY, name, "?").update(properties);
    }

    static void delete(ConfigurationAdmin configurations, String name) throws IOException {
        configurations.getFactoryConfiguration(FACTORY, name, "?").delete();
    }

    /** @return one of the ports that the tests' own process has found free, for those within the container */
    static int freePort() {
        return Integer.parseInt(System.getProperty(FREE_PORTS).split(",")[TAKEN.getAndIncrement()]);
    }

    boolean isOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
