package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What other users of the machine find of Gatepost: nothing. */
@ExtendWith(Suite.class)
class OwnerOnlyIT {

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    @Test
    void nobodyElseMayReadConfigurationMessagesAndLogs() throws IOException {
        Path home = Suite.gatepost().home();
        assertEquals(List.of(), openFiles(home.resolve("etc")));
        assertEquals(List.of(), openFiles(home.resolve("data")));
        assertEquals(List.of(), openFiles(home.resolve("instances")));
    }

    @Test
    void whatTheShellWritesIsForItsOwnerToo() throws IOException {
        Path file = Suite.gatepost().etc("probe.cfg");
        Suite.gatepost().shell("config:property-set -p probe key value");
        assertTrue(Files.exists(file));
        assertEquals(List.of(), openFiles(file));
        Suite.gatepost().shell("config:delete probe");
        Files.deleteIfExists(file);
    }

    @Test
    void theOperatorMayLetAGroupRead() throws IOException {
        try (Gatepost other = Gatepost.unpack()) {
            Path file = other.etc("gatepost.broker.cfg");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            String mask = Command.run(
                    other.home(),
                    Map.of("GATEPOST_UMASK", "027", "KARAF_SCRIPT", "karaf", "DIRNAME", "bin"),
                    "sh",
                    "-c",
                    ". bin/setenv; umask");
            assertEquals("0027", mask.strip());
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    /** Whoever looks up the name would send a password to whatever stands there. */
    @Test
    @SuppressWarnings("BanJNDI") // it asks this machine
    void nothingCanBePutInThePlaceOfJmx() throws Exception {
        int port =
                Integer.parseInt(properties("org.apache.karaf.management.cfg").getProperty("rmiRegistryPort"));
        String password = properties("users.properties").getProperty("admin").split(",")[0];
        Registry registry = LocateRegistry.getRegistry("127.0.0.1", port);
        Awaitility.await("JMX is registered")
                .ignoreExceptions()
                .until(() -> List.of(registry.list()).contains("karaf-root"));
        Remote impostor = registry.lookup("karaf-root");
        assertThrows(RemoteException.class, () -> registry.rebind("karaf-root", impostor));
        assertThrows(RemoteException.class, () -> registry.unbind("karaf-root"));
        assertThrows(RemoteException.class, () -> registry.bind("other", impostor));
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/karaf-root");
        try (JMXConnector client =
                JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, new String[] {"admin", password}))) {
            assertTrue(client.getMBeanServerConnection().isRegistered(new ObjectName("gatepost:type=Metrics")));
        }
        assertThrows(
                SecurityException.class,
                () -> JMXConnectorFactory.connect(
                        url, Map.of(JMXConnector.CREDENTIALS, new String[] {"admin", "guess"})));
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Suite.gatepost().etc(file))) {
            properties.load(reader);
        }
        return properties;
    }

    private static List<Path> openFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isSymbolicLink(file) && !OWNERS.containsAll(permissions(file)))
                    .toList();
        }
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (NoSuchFileException e) {
            return Set.of(); // a temporary file that has gone meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
