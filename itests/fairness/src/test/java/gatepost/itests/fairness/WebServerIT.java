package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of the console's web server that send or take nothing. */
@ExtendWith(Suite.class)
class WebServerIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final int port = Suite.gatepost().httpPort();
    private final List<Socket> attackers = new ArrayList<>();

    @BeforeEach
    void itAnswers() {
        Awaitility.await("the web server answers")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(this::serves);
    }

    @AfterEach
    void disconnect() throws IOException {
        for (Socket attacker : attackers) {
            attacker.close();
        }
    }

    @Test
    void whoSendsNoBodyHoldsUpNeitherHealthNorPages() throws Exception {
        for (int i = 0; i < 64; i++) {
            attack("POST /session HTTP/1.1\r\nHost: localhost:" + port + "\r\nOrigin: http://localhost:" + port
                    + "\r\nContent-Length: 9\r\n\r\n{");
        }
        serves();
    }

    @Test
    void whoTakesNoAnswersHoldsUpNeitherHealthNorPages() throws Exception {
        String request = "GET /lib/stomp.umd.min.js HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
        for (int i = 0; i < 32; i++) {
            attack(request.repeat(150));
        }
        serves();
    }

    private void attack(String text) throws IOException {
        Socket attacker = new Socket();
        attacker.setReceiveBufferSize(4096);
        attacker.connect(new InetSocketAddress("127.0.0.1", port));
        attackers.add(attacker);
        attacker.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void serves() throws Exception {
        for (String path : List.of("/health/live", "/health/ready", "/", "/metrics")) {
            assertEquals(200, get(path).statusCode(), path);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(SOON)
                        .build(),
                BodyHandlers.ofString());
    }
}
