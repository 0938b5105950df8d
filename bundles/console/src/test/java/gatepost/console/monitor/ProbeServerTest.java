package gatepost.console.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ProbeServerTest {

    private final List<Socket> open = new ArrayList<>();
    private ProbeServer server;

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    @Test
    void aConnectionAsksAgainAndAgain() throws IOException {
        start(Map.of());
        Socket monitor = connect("127.0.0.1");
        for (int i = 0; i < 3; i++) {
            send(monitor, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String answer = head(monitor);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertEquals("ok\n", new String(monitor.getInputStream().readNBytes(3), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /health/live?x=y HTTP/1.0,Host: localhost,200",
        "HEAD /metrics HTTP/1.1,Host: localhost,200",
        "GET / HTTP/1.1,Host: localhost,404",
        "GET /session HTTP/1.1,Host: localhost,404",
        "GET /metrics HTTP/1.1,Host: evil.example,421",
        "POST /metrics HTTP/1.1,Host: localhost,405",
        "GET /metrics HTTP/1.1,Content-Length: 1,400",
        "GET /metrics HTTP/1.1,Transfer-Encoding: chunked,400",
        "nonsense,x,400"
    })
    void nothingElseIsThere(String line, String header, int status) throws IOException {
        start(Map.of());
        Socket monitor = connect("127.0.0.1");
        send(monitor, line + "\r\n" + header + "\r\nConnection: close\r\n\r\n");
        String answer = new String(monitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(!line.startsWith("HEAD") || answer.endsWith("\r\n\r\n"), answer);
    }

    /** Before a byte of theirs is read: there is nobody whom this port could be slow for. */
    @Test
    void aStrangersConnectionEnds() throws IOException {
        start(Map.of("metrics.allowed", "127.0.0.1", "health.allowed", "127.0.0.1"));
        assertEquals(-1, connect("127.0.0.2").getInputStream().read());
        Socket monitor = connect("127.0.0.1");
        send(monitor, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(head(monitor).startsWith("HTTP/1.1 200 "));
    }

    @Test
    void whoHoldsConnectionsOpenKeepsNoProbeOut() throws IOException {
        start(Map.of());
        for (int i = 0; i < 3 * ProbeConnections.MOST; i++) {
            connect("127.0.0.1");
        }
        Socket monitor = connect("127.0.0.1");
        send(monitor, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(head(monitor).startsWith("HTTP/1.1 200 "));
        assertEquals(-1, open.get(0).getInputStream().read());
    }

    private void start(Map<String, Object> settings) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new ProbeServer(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), MonitorTest.monitor(settings));
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(server.address());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("ended after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
