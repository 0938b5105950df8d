package gatepost.management;

import gatepost.threads.DaemonThreads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.rmi.Remote;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.JMXServiceURL;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps Karaf's JMX connector in a registry that nobody else changes, whenever the connector is another one. */
@Component(
        service = JmxRegistry.class,
        immediate = true,
        configurationPid = "org.apache.karaf.management",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class JmxRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(JmxRegistry.class);
    private static final String STUB = "/stub/";
    private static final long LOOK_MILLIS = 1000;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final String host;
    private final int port;
    private final ObjectName connector;
    private final String name = "karaf-" + System.getProperty("karaf.name", "root");
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gatepost-jmx-registry"));
    private FixedRegistry registry;
    private String shown = "";
    private String trouble = "";

    @Activate
    public JmxRegistry(Map<String, Object> properties) throws JMException {
        host = text(properties, "rmiRegistryHost", "127.0.0.1");
        port = Integer.parseInt(text(properties, "rmiRegistryPort", "1099"));
        connector = new ObjectName(text(properties, "objectName", "connector:name=rmi"));
        // Karaf's connector comes, and changes, by itself
        watch.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void deactivate() throws IOException, InterruptedException {
        watch.shutdown();
        watch.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (registry != null) {
            registry.close();
        }
    }

    private void look() {
        try {
            Optional<String> stub = stub();
            if (stub.isPresent() && !stub.get().equals(shown)) {
                if (registry == null) {
                    registry = new FixedRegistry(InetAddress.getByName(host), port);
                }
                registry.put(name, remote(stub.get()));
                shown = stub.get();
                trouble = "";
                LOG.info("JMX is found as {} in the registry on {}:{}", name, host, port);
            }
        } catch (JMException | IOException | ClassNotFoundException | RuntimeException e) {
            if (!trouble.equals(e.toString())) {
                trouble = e.toString();
                LOG.error("JMX is not found by anybody, tried again every second: {}", trouble);
            }
        }
    }

    /** @return the connector as its own address holds it; empty while it is not there, or is in a registry of Karaf's */
    private Optional<String> stub() throws JMException {
        try {
            // none as long as the connector is not started
            return Optional.ofNullable((JMXServiceURL) server.getAttribute(connector, "Address"))
                    .map(JMXServiceURL::getURLPath)
                    .filter(path -> path.startsWith(STUB))
                    .map(path -> path.substring(STUB.length()));
        } catch (InstanceNotFoundException e) {
            return Optional.empty(); // it comes later
        }
    }

    private static Remote remote(String stub) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(stub)))) {
            return (Remote) in.readObject();
        }
    }

    private static String text(Map<String, Object> properties, String key, String otherwise) {
        Object value = properties.get(key);
        return value == null || value.toString().isBlank()
                ? otherwise
                : value.toString().trim();
    }
}
