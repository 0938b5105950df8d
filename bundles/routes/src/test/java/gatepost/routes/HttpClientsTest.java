package gatepost.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.routes.camel.Surroundings;
import gatepost.routes.http.HttpCounts.Outcome;
import gatepost.routes.http.HttpListener;
import gatepost.routes.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of HTTP routes can make each other wait for: nothing. */
class HttpClientsTest {

    private static final String HELLO = request("", "hello");
    private static final int BODY_MAX = 1000;
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path work;

    private final List<Socket> clients = new ArrayList<>();
    private final List<String> port = new ArrayList<>();
    private HttpSettings settings;
    private HttpListener http;
    private RouteFile file;

    @BeforeEach
    void serve() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            settings = settings(free.getLocalPort(), BODY_MAX, 100, LONG);
        }
        http = new HttpListener(settings, new HttpListener.Port() {
            @Override
            public void cannotListen(HttpSettings at, String why) {
                port.add("cannot listen");
            }

            @Override
            public void listensAgain() {
                port.add("listens");
            }
        });
        Surroundings surroundings = new Surroundings(new TestComponents(), http, work, Duration.ofSeconds(5));
        file = new RouteFile("echo.yaml", new TestReports(), () -> surroundings);
    }

    @AfterEach
    void end() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        file.remove();
    }

    @Test
    void threeHundredThatSendNoBodyHoldUpNobody() throws Exception {
        echo();
        http.change(settings(settings.port(), BODY_MAX, 1000, LONG));
        for (int i = 0; i < 300; i++) {
            connect("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nh");
        }
        assertTrue(answer(connect(HELLO)).endsWith("hello"));
    }

    @Test
    void aRequestThatDoesNotComeWholeInTimeIsEnded() throws Exception {
        echo();
        http.change(settings(settings.port(), BODY_MAX, 100, Duration.ofMillis(100)));
        Socket slow = connect("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nh");
        Socket silent = connect("POST /ec");
        assertTrue(answer(slow).startsWith("HTTP/1.1 408 "));
        assertEquals("", answer(silent));
        assertEquals(2, http.counts().of(Outcome.TOO_SLOW));
    }

    @Test
    void whoTakesNothingOfTheAnswerIsEnded() throws Exception {
        echo();
        http.change(new HttpSettings(
                "127.0.0.1", settings.port(), 16 << 20, 16 << 20, 100, Duration.ofSeconds(3), Set.of()));
        Socket client = connect(request("", "x".repeat(16 << 20)));
        await().until(() -> http.counts().of(Outcome.TOO_SLOW) == 1);
        await().until(() -> http.counts().connections() == 0);
        assertTrue(client.isConnected());
    }

    @Test
    void whoHasBeenWaitedForLongestMakesRoomForOthers() throws Exception {
        echo();
        http.change(settings(settings.port(), BODY_MAX, 2, LONG));
        Socket first = connect("POST /echo HTTP/1.1\r\n");
        await().until(() -> http.counts().connections() == 1);
        Socket second = connect("POST /echo HTTP/1.1\r\n");
        await().until(() -> http.counts().connections() == 2);
        assertTrue(answer(connect(HELLO)).endsWith("hello"));
        assertEquals("", answer(first));
        second.getOutputStream().write(HELLO.substring(HELLO.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8));
        assertTrue(answer(second).endsWith("hello"));
    }

    @Test
    void theLargestUnfinishedBodyMakesRoomForOthers() throws Exception {
        echo();
        http.change(settings(settings.port(), 100, 100, LONG));
        Socket large = connect("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n" + "x".repeat(98));
        await().until(() -> http.counts().connections() == 1);
        assertTrue(answer(connect(HELLO)).endsWith("hello"));
        assertTrue(answer(large).startsWith("HTTP/1.1 503 "));
        assertEquals(1, http.counts().of(Outcome.EVICTED));
    }

    @Test
    void requestsThatAreSentTogetherAreAnsweredOneAfterTheOther() throws Exception {
        echo();
        String answers = answer(connect(request("", "one").replace("close", "keep-alive") + HELLO));
        assertTrue(answers.indexOf("one") > 0 && answers.endsWith("hello"), answers);
    }

    @Test
    void onlyPagesAndHostsOfThisMachineAndThoseListedAreServed() throws Exception {
        echo();
        String rebound = HELLO.replace("localhost", "evil.example");
        assertTrue(answer(connect(rebound)).startsWith("HTTP/1.1 403 "));
        assertTrue(answer(connect(request("Origin: http://evil.example\r\n", "hello")))
                .startsWith("HTTP/1.1 403 "));
        assertTrue(answer(connect(request("X-Real-IP: 1.2.3.4\r\n", "hello"))).startsWith("HTTP/1.1 403 "));
        assertTrue(answer(connect(request("Origin: http://localhost:3000\r\n", "hello")))
                .endsWith("hello"));
        http.change(
                new HttpSettings("127.0.0.1", settings.port(), BODY_MAX, BODY_MAX, 100, LONG, Set.of("evil.example")));
        assertTrue(answer(connect(rebound)).endsWith("hello"));
        assertEquals(3, http.counts().of(Outcome.FOREIGN));
    }

    @Test
    void aRequestWithNoOrTwoHostsIsRefused() throws Exception {
        echo();
        assertTrue(answer(connect(HELLO.replace("Host: localhost\r\n", ""))).startsWith("HTTP/1.1 400 "));
        assertTrue(answer(connect(request("Host: localhost\r\n", "hello"))).startsWith("HTTP/1.1 400 "));
    }

    @Test
    void nobodyWhoCallsSaysWhoTheyAreToGatepost() throws Exception {
        file.change(route("${header.gatepost-user}${header.CamelGatepostUser}${header.x}"));
        String request = request("Gatepost-User: forged\r\nCamelGatepostUser: forged\r\nX: kept\r\n", "hello")
                .replace("/echo", "/echo?gatepost-user=forged&CAMELGATEPOSTUSER=forged");
        assertTrue(answer(connect(request)).endsWith("\r\n\r\nkept"));
    }

    @Test
    void aPortThatIsTakenIsListenedOnOnceItIsFree() throws Exception {
        try (ServerSocket other = new ServerSocket(settings.port(), 1, InetAddress.getByName("127.0.0.1"))) {
            echo();
            http.listen();
            assertEquals(List.of("cannot listen"), port);
        }
        http.listen();
        assertEquals(List.of("cannot listen", "listens"), port);
        assertTrue(answer(connect(HELLO)).endsWith("hello"));
    }

    private void echo() {
        file.change(route("${body}"));
        assertEquals(Optional.empty(), file.refusal());
    }

    private static String route(String answer) {
        return """
                - from:
                    uri: platform-http:/echo
                    steps:
                      - setBody:
                          simple: "%s"
                """.formatted(answer);
    }

    private static HttpSettings settings(int port, int bodiesMax, int connectionsMax, Duration timeout) {
        return new HttpSettings("127.0.0.1", port, bodiesMax, bodiesMax, connectionsMax, timeout, Set.of());
    }

    private static String request(String headers, String body) {
        return "POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private Socket connect(String text) throws IOException {
        Socket client = new Socket("127.0.0.1", settings.port());
        client.setSoTimeout(20_000);
        clients.add(client);
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return client;
    }

    /** @return all that comes until the end */
    private static String answer(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
