package gatepost.itests.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The distribution as an operator unpacks and starts it, on a machine without a network and with an empty home. */
class DistributionIT {

    private static Distribution distribution;
    private static Distribution.Running running;
    private static List<String> errorsOfTheFirstStart;

    @BeforeAll
    static void theFirstStart() throws Exception {
        Path archive = Path.of(System.getProperty("gatepost.distribution"));
        distribution = Distribution.unpack(archive, Path.of("target", "distribution"));
        running = distribution.start();
        running.awaitConnectors();
        errorsOfTheFirstStart =
                distribution.log().filter(line -> line.contains(" ERROR ")).toList();
    }

    @AfterAll
    static void stop() throws Exception {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void nothingGoesWrongInTheFirstStart() {
        assertEquals(List.of(), errorsOfTheFirstStart);
    }

    @Test
    void nothingWasFetchedIntoTheHomeOfItsUser() throws IOException {
        try (Stream<Path> home = Files.list(distribution.home())) {
            assertEquals(List.of(), home.toList());
        }
    }

    @Test
    void nothingButTheConnectorsListensOnAPublicAddress() throws Exception {
        Set<Integer> services = Set.of(
                distribution.port("org.apache.felix.http.cfg", "org.osgi.service.http.port"),
                distribution.port("org.apache.karaf.shell.cfg", "sshPort"),
                distribution.port("org.apache.karaf.management.cfg", "rmiRegistryPort"),
                distribution.port("org.apache.karaf.management.cfg", "rmiServerPort"));
        Set<Integer> connectors = Set.of(
                distribution.port("gatepost.connector-stomp.cfg", "uri"),
                distribution.port("gatepost.connector-ws.cfg", "uri"));

        Awaitility.await().until(() -> ports(true).containsAll(services));

        assertEquals(connectors, ports(false));
    }

    @Test
    void theOperatorOfThisMachineGetsAShellWithoutTypingAPasswordAndIsRecorded() throws Exception {
        String status = running.client("gatepost:status");

        assertTrue(status.contains("stomp://"), status);
        List<String> audited = Files.readAllLines(distribution.folder().resolve("data/log/security.log"), UTF_8);
        assertTrue(audited.stream().anyMatch(line -> line.contains("admin")), "who used the shell: " + audited);
    }

    @Test
    void theShellPasswordIsMadeAtTheFirstStartForItsOwnerOnly() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(users())));
        assertEquals(
                1,
                Files.readAllLines(users(), UTF_8).stream()
                        .filter(line -> line.matches("admin = [0-9a-f]{48},_g_:admingroup"))
                        .count());
    }

    @Test
    void theNextStartKeepsThePasswordAndOpensTheConnectorsAgain() throws Exception {
        List<String> before = Files.readAllLines(users(), UTF_8);

        running.close();
        long lines = distribution.log().count();
        running = distribution.start();
        running.awaitConnectors();

        assertEquals(before, Files.readAllLines(users(), UTF_8));
        // Karaf's management now and then registers its own feature MBean twice in a later start, and says so: no fault
        // of ours
        assertEquals(
                List.of(),
                distribution
                        .log()
                        .skip(lines)
                        .filter(line -> line.contains(" ERROR ") && !line.contains(" MBeanHolder - "))
                        .toList());
    }

    private static Set<Integer> ports(boolean loopback) throws IOException {
        return running.listeners().stream()
                .filter(listener -> listener.loopback() == loopback)
                .map(Listener::port)
                .collect(Collectors.toSet());
    }

    private static Path users() {
        return distribution.folder().resolve("etc/users.properties");
    }
}
