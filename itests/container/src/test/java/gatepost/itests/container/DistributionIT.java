package gatepost.itests.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.library.OwnNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The distribution as an operator unpacks and starts it, on a machine without a network and with an empty home. */
class DistributionIT {

    private static Path home;
    private static OwnNetwork network;
    private static Gatepost gatepost;
    private static List<String> errorsOfTheFirstStart;

    @BeforeAll
    static void theFirstStart() throws IOException {
        home = Files.createTempDirectory("gatepost-it-home-");
        network = OwnNetwork.make();
        gatepost = Gatepost.asItShips().launcher(network.launcher());
        if (network.launcher().isEmpty()) {
            gatepost.takeFreePorts("0.0.0.0");
        }
        gatepost.environment("HOME", home.toString());
        // where there is a network after all, nothing is fetched through it
        gatepost.environment(
                "EXTRA_JAVA_OPTS",
                "-Duser.home=" + home + " -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=9"
                        + " -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9");
        gatepost.start();
        errorsOfTheFirstStart = errors(gatepost.log()).toList();
    }

    @AfterAll
    static void stop() throws IOException {
        gatepost.close();
        network.close();
        Command.run(home.getParent(), Map.of(), "rm", "-rf", home.toString());
    }

    @Test
    void nothingGoesWrongInTheFirstStart() {
        assertEquals(List.of(), errorsOfTheFirstStart);
    }

    @Test
    void nothingWasFetchedIntoTheHomeOfItsUser() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void nothingButTheConnectorsListensOnAPublicAddress() throws Exception {
        Set<Integer> services = Set.of(
                gatepost.httpPort(),
                port("org.apache.karaf.shell.cfg", "sshPort"),
                port("org.apache.karaf.management.cfg", "rmiRegistryPort"),
                port("org.apache.karaf.management.cfg", "rmiServerPort"));
        Set<Integer> connectors = Set.of(gatepost.stompPort(), gatepost.wsPort());

        Awaitility.await().until(() -> ports(true).containsAll(services));

        assertEquals(connectors, ports(false));
    }

    @Test
    void theOperatorOfThisMachineGetsAShellWithoutTypingAPasswordAndIsRecorded() throws Exception {
        String status = gatepost.shell("gatepost:status");

        assertTrue(status.contains("stomp://"), status);
        List<String> audited = Files.readAllLines(gatepost.home().resolve("data/log/security.log"), UTF_8);
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

        int length = gatepost.log().length();
        gatepost.restart();

        assertEquals(before, Files.readAllLines(users(), UTF_8));
        // Karaf's management now and then registers its own feature MBean twice in a later start, and says so: no fault
        // of ours
        assertEquals(
                List.of(),
                errors(gatepost.log().substring(length))
                        .filter(line -> !line.contains(" MBeanHolder - "))
                        .toList());
    }

    private static Stream<String> errors(String log) {
        return log.lines().filter(line -> line.contains(" ERROR "));
    }

    private static int port(String file, String key) {
        return Integer.parseInt(gatepost.setting(file, key));
    }

    private static Set<Integer> ports(boolean loopback) throws IOException {
        return Listener.of(ProcessHandle.of(gatepost.pid()).orElseThrow()).stream()
                .filter(listener -> listener.loopback() == loopback)
                .map(Listener::port)
                .collect(Collectors.toSet());
    }

    private static Path users() {
        return gatepost.home().resolve("etc/users.properties");
    }
}
