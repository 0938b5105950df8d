package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Monitors, balancers and kubelets on other machines: this one's address in a network plays theirs, and loopback's second one does. */
@ExtendWith(Suite.class)
class MonitorsIT {

    private static final String CONSOLE = "gatepost.console.cfg";
    private static final String SERVER = "org.apache.felix.http.cfg";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";

    private final Gatepost gatepost = Suite.gatepost();
    private final int port = Ports.free();

    @AfterEach
    void asItShips() {
        gatepost.apply(
                CONSOLE,
                Map.of(
                        "metrics.allowed",
                        "127.0.0.0/8, ::1",
                        "health.allowed",
                        "127.0.0.0/8, ::1",
                        "probe.address",
                        ""));
        awaitEnd(LOOPBACK, port);
    }

    @Test
    void aPortOfItsOwnTellsMetricsAndHealthToThoseWhoAreNamed() {
        assertTrue(!Ports.isOpen(port));
        gatepost.apply(CONSOLE, Map.of("probe.address", "0.0.0.0:" + port));
        await(200, OTHER, port, "/health/ready", LOOPBACK);
        assertEquals(200, ask(OTHER, port, "/metrics", LOOPBACK));
        assertEquals(200, ask(OTHER, port, "/health/live", "localhost"));
        for (String page : new String[] {"/", "/session", "/api/snapshot", "/try", "/metrics/", "//metrics"}) {
            assertEquals(404, ask(OTHER, port, page, LOOPBACK), page);
        }

        gatepost.apply(CONSOLE, Map.of("metrics.allowed", LOOPBACK));
        await(403, OTHER, port, "/metrics", LOOPBACK);
        assertEquals(200, ask(OTHER, port, "/health/live", LOOPBACK));
        assertEquals(200, ask(LOOPBACK, port, "/metrics", LOOPBACK));

        gatepost.apply(CONSOLE, Map.of("health.allowed", "127.0.0.1/32"));
        awaitEnd(OTHER, port);
        assertEquals(200, ask(LOOPBACK, port, "/health/live", LOOPBACK));
    }

    @Test
    void whatAProxyPassesOnAndAPageWhoseNameLeadsHereIsRefused() {
        gatepost.apply(CONSOLE, Map.of("probe.address", "127.0.0.1:" + port));
        await(200, LOOPBACK, port, "/metrics", LOOPBACK);
        assertEquals(403, ask(LOOPBACK, port, "/metrics", LOOPBACK + "\r\nX-Forwarded-For: 127.0.0.1"));
        assertEquals(403, ask(LOOPBACK, port, "/health/live", LOOPBACK + "\r\nForwarded: for=127.0.0.1"));
        assertEquals(421, ask(LOOPBACK, port, "/metrics", "attacker.example"));
    }

    @Test
    void whatCannotBeUsedIsRefusedAndWhatWasInForceStays() {
        gatepost.apply(CONSOLE, Map.of("probe.address", "127.0.0.1:" + port));
        await(200, LOOPBACK, port, "/metrics", LOOPBACK);
        String line = gatepost.applyRefused(CONSOLE, Map.of("metrics.allowed", "127.0.0.1, monitor.example"));
        assertTrue(
                line.contains(
                        "metrics.allowed = 127.0.0.1, monitor.example: monitor.example is no address: expected such as"),
                line);
        assertEquals(200, ask(LOOPBACK, port, "/metrics", LOOPBACK));
        line = gatepost.applyRefused(CONSOLE, Map.of("metrics.allowed", LOOPBACK, "probe.address", "localhost:1"));
        assertTrue(line.contains("probe.address = localhost:1: expected ADDRESS:PORT"), line);
        assertEquals(200, ask(LOOPBACK, port, "/metrics", LOOPBACK));
    }

    @Test
    void aPortThatIsTakenIsToldAndTriedAgain() throws IOException {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
            gatepost.apply(CONSOLE, Map.of("probe.address", LOOPBACK + ":" + taken.getLocalPort()));
            gatepost.awaitStatus("probe.address = 127.0.0.1:" + port + ": cannot listen there");
        }
        await(200, LOOPBACK, port, "/health/live", LOOPBACK);
    }

    /** The console's own port, where somebody has opened it to a network. */
    @Test
    void theConsolesPortIsScrapedByItsAddressAndNothingElseIsOpen() throws SocketException {
        Optional<String> address = address();
        Assumptions.assumeTrue(address.isPresent(), "there is no network");
        String own = address.get();
        int console = gatepost.httpPort();
        gatepost.configure(SERVER, Map.of("org.apache.felix.http.host", "0.0.0.0"));
        try {
            await(403, own, own, console, "/metrics", own + ":" + console);
            gatepost.apply(CONSOLE, Map.of("metrics.allowed", own + "/32, 127.0.0.1"));
            await(200, own, own, console, "/metrics", own + ":" + console);
            assertEquals(403, ask(own, own, console, "/health/ready", own + ":" + console));
            assertEquals(421, ask(own, own, console, "/", own + ":" + console));
            assertEquals(421, ask(own, own, console, "/session", own));
            assertEquals(421, ask(own, own, console, "/metrics", "attacker.example:" + console));
            assertEquals(403, ask(own, own, console, "/metrics", own + "\r\nX-Forwarded-For: 127.0.0.1"));
            assertEquals(403, ask(own, own, console, "/metrics", own + "\r\nOrigin: http://attacker.example"));
            // asked under the name that a silent proxy on this machine has
            assertEquals(403, ask(LOOPBACK, LOOPBACK, console, "/metrics", own));
            assertEquals(200, ask(LOOPBACK, LOOPBACK, console, "/metrics", "localhost"));
        } finally {
            gatepost.configure(SERVER, Map.of("org.apache.felix.http.host", LOOPBACK));
            awaitEnd(own, own, console);
            await(200, LOOPBACK, console, "/health/live", LOOPBACK);
        }
    }

    private static Optional<String> address() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    private static void await(int status, String from, int port, String path, String host) {
        await(status, from, LOOPBACK, port, path, host);
    }

    private static void await(int status, String from, String to, int port, String path, String host) {
        Awaitility.await(path + " from " + from)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertEquals(status, ask(from, to, port, path, host)));
    }

    private static void awaitEnd(String from, int port) {
        awaitEnd(from, LOOPBACK, port);
    }

    /** Nobody listens there, or whoever asks is sent away without an answer. */
    private static void awaitEnd(String from, String to, int port) {
        Awaitility.await("nothing for " + from).until(() -> {
            try {
                return ask(from, to, port, "/health/live", LOOPBACK) < 0;
            } catch (UncheckedIOException e) {
                return true;
            }
        });
    }

    private static int ask(String from, int port, String path, String host) {
        return ask(from, LOOPBACK, port, path, host);
    }

    /** @return the status; -1 when the connection ends before an answer */
    private static int ask(String from, String to, int port, String path, String host) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName(to), port));
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.isEmpty() ? -1 : Integer.parseInt(answer.split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
