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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    private static final int IN_FLIGHT = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final String USERS = "gatepost.users.properties";
    private static final String STOMP = "gatepost.connector-stomp.cfg";

    @AutoClose
    private final Gatepost gatepost = Gatepost.unpack();

    @BeforeEach
    void start() {
        gatepost.configure("gatepost.welcome.cfg", Map.of("enabled", "true", "in.flight", "" + IN_FLIGHT));
        gatepost.start();
        awaitGreeted(2);
    }

    @Test
    void everybodyIsGreetedOnceThroughKillsAndAClosedConnector() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        theCrowdAppears();
        int kills = 3;
        for (int i = 0; i < kills; i++) {
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
        Map<String, Set<String>> ids = new TreeMap<>();
        try (StompClient admin = Transport.TCP.client(gatepost)) {
            admin.connect("system", "manager");
            admin.done(ClientFrame.subscribe("all", "/queue/user.>"));
            for (ServerFrame welcome = next(admin, PATIENCE);
                    welcome != null;
                    welcome = next(admin, ids.size() < CROWD + 2 ? PATIENCE : SILENCE)) {
                String user = welcome.header("destination").replace("/queue/user.", "");
                assertEquals("Welcome, " + user + "!", welcome.text());
                messages.merge(user, 1, Integer::sum);
                ids.computeIfAbsent(user, absent -> new HashSet<>()).add(welcome.header("gatepost-message-id"));
            }
        }
        assertEquals(CROWD + 2, ids.size(), () -> "everybody is greeted, seed " + seed);
        assertTrue(
                ids.values().stream().allMatch(all -> all.size() == 1), () -> "one id each, seed " + seed + ": " + ids);
        int twice = messages.values().stream().mapToInt(count -> count - 1).sum();
        assertTrue(twice <= (kills + 1) * IN_FLIGHT, () -> twice + " came twice, seed " + seed);
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
                .pollInterval(Duration.ofMillis(10))
                .until(this::greeted, greeted -> greeted >= number);
    }

    /** @return how many the journal has, by its lines, whole or not */
    private long greeted() {
        Path journal = gatepost.home().resolve("data/gatepost-welcome/greeted.journal");
        try {
            String text = Files.exists(journal) ? Files.readString(journal) : "";
            return text.lines().filter(line -> line.contains(" GREETED ")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
