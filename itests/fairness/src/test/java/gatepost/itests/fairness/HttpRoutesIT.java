package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of operators' HTTP routes that do not send what they have promised, and pages that are none of this machine's. */
@ExtendWith(Suite.class)
class HttpRoutesIT {

    private static final String ROUTE = """
            - from:
                uri: platform-http:/echo
                steps:
                  - setBody:
                      simple: "${body}"
            """;

    private final int port = Ports.free();
    private final List<Socket> attackers = new ArrayList<>();

    @BeforeEach
    void add() {
        Suite.gatepost().apply("gatepost.routes.cfg", Map.of("http.port", "" + port));
        Suite.gatepost()
                .awaitLog(
                        "etc/routes/echo.yaml is in force",
                        () -> Suite.gatepost().write("routes/echo.yaml", ROUTE));
    }

    @AfterEach
    void remove() throws IOException {
        for (Socket attacker : attackers) {
            attacker.close();
        }
        Suite.gatepost().awaitLog("gatepost.routes~echo.yaml is gone", () -> {
            try {
                Files.delete(Suite.gatepost().etc("routes/echo.yaml"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void threeHundredThatSendNoBodyHoldUpNobody() throws Exception {
        for (int i = 0; i < 300; i++) {
            connect("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nh");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/echo"))
                .timeout(Duration.ofSeconds(5))
                .POST(BodyPublishers.ofString("hello"))
                .build();
        assertEquals(
                "hello",
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    @Test
    void pagesAndProxiesThatAreNotOfThisMachineReachNoRoute() throws Exception {
        assertEquals("HTTP/1.1 200", status("Host: localhost:" + port, "Origin: http://localhost:3000"));
        assertEquals("HTTP/1.1 403", status("Host: evil.example:" + port, "Origin: http://evil.example:" + port));
        assertEquals("HTTP/1.1 403", status("Host: evil.example:" + port));
        assertEquals("HTTP/1.1 403", status("Host: localhost", "Origin: https://evil.example"));
        assertEquals("HTTP/1.1 403", status("Host: localhost", "X-Real-IP: 192.0.2.1"));
        Suite.gatepost().apply("gatepost.routes.cfg", Map.of("http.hosts", "evil.example"));
        try {
            // the log may say so a moment before requests are looked at that way
            Awaitility.await()
                    .untilAsserted(() ->
                            assertEquals("HTTP/1.1 200", status("Host: evil.example:" + port, "X-Real-IP: 192.0.2.1")));
        } finally {
            Suite.gatepost().apply("gatepost.routes.cfg", Map.of("http.hosts", ""));
        }
    }

    private String status(String... headers) throws IOException {
        Socket client = connect("POST /echo HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n"
                + "Content-Length: 2\r\n\r\nhi");
        client.setSoTimeout(10_000);
        return new String(client.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.UTF_8);
    }

    private Socket connect(String text) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        attackers.add(client);
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return client;
    }
}
