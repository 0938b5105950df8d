package gatepost.itests.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thousand users appear at once, and everything goes wrong while they are greeted. */
class CrowdIT {

    private static final int CROWD = 1000;
    private static final int KILLS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final String USERS = "gatepost.users.properties";
    private static final String STOMP = "gatepost.connector-stomp.cfg";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @AutoClose
    private final Gatepost gatepost = Gatepost.unpack();

    @BeforeEach
    void start() {
        gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "true", "in.flight", "100"));
        gatepost.start();
        awaitGreeted(2);
    }

    @Test
    void everybodyIsGreetedOnceThroughKillsAndAClosedConnector() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        theCrowdAppears();
        for (int i = 0; i < KILLS; i++) {
            awaitGreeted(2 + i * 250 + random.nextInt(250));
            gatepost.kill();
            gatepost.start();
        }
        awaitGreeted(800);
        String connector = Files.readString(gatepost.etc(STOMP));
        gatepost.removeConnector("stomp");
        gatepost.awaitLog("connector stomp listens on", () -> gatepost.write(STOMP, connector));
        awaitGreeted(CROWD + 2);

        Map<String, Integer> messages = new TreeMap<>();
        try (StompClient admin = Transport.TCP.client(gatepost)) {
            admin.connect("system", "manager");
            admin.done(ClientFrame.subscribe("all", "/queue/user.>"));
            for (ServerFrame welcome = next(admin, PATIENCE);
                    welcome != null;
                    welcome = next(admin, messages.size() < CROWD + 2 ? PATIENCE : SILENCE)) {
                String user = welcome.header("destination").replace("/queue/user.", "");
                assertEquals("Welcome, " + user + "!", welcome.text());
                messages.merge(user, 1, Integer::sum);
            }
        }
        assertEquals(CROWD + 2, messages.size(), () -> "everybody is greeted, seed " + seed);
        messages.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), messages, () -> "nobody is greeted twice, seed " + seed);
    }

    @Test
    void liveMessagesDoNotWaitForTheCrowd() {
        try (Inbox alice = Inbox.of(gatepost, Transport.WEB_SOCKET, "alice", "alice");
                StompClient application = Transport.TCP.client(gatepost)) {
            assertEquals("Welcome, alice!", alice.next().text());
            application.connect("system", "manager");
            theCrowdAppears();
            for (int i = 1; i <= 5; i++) {
                awaitGreeted(2 + i * 50);
                application.done(ClientFrame.send("/queue/user.alice", "live " + i));
                assertEquals("live " + i, alice.next().text());
                assertTrue(greeted() < CROWD, "the crowd was greeted before a live message came through");
            }
        }
    }

    private void theCrowdAppears() {
        String crowd = IntStream.range(0, CROWD)
                .mapToObj(i -> "u" + i + " = secret,_g_:users\n")
                .collect(Collectors.joining());
        try {
            gatepost.write(USERS, Files.readString(gatepost.etc(USERS)) + "\n" + crowd);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitGreeted(long number) {
        Awaitility.await(number + " are greeted")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(this::greeted, greeted -> greeted >= number);
    }

    /** @return how many inboxes there are: a greeting makes each of them */
    private long greeted() {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gatepost.httpPort() + "/metrics"))
                .build();
        try {
            return HTTP.send(metrics, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("gatepost_queues "))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring("gatepost_queues ".length())))
                    .sum();
        } catch (IOException e) {
            // it is starting
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** @return the next message, or {@code null} when none comes for so long */
    private static ServerFrame next(StompClient client, Duration patience) {
        try {
            return client.frame(patience);
        } catch (AssertionError e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                return null;
            }
            throw e;
        }
    }
}
