package gatepost.benchmarks.operations;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * How long {@code /metrics} and the shell's commands take with many users and many queues. Starts the distribution that the system
 * property {@code gatepost.distribution} names.
 */
public final class Main {

    /** With 512 MB it ended for want of memory long before there were so many queues. */
    private static final String HEAP = "2g";

    private static final int USERS = 10_000;
    private static final int SESSIONS = 2_000;
    private static final int QUEUES = 50_000;
    private static final int SCRAPES = 50;
    private static final int REPEATS = 10;
    private static final int BETWEEN_RECEIPTS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Main() {}

    public static void main(String[] arguments) {
        try (Gatepost gatepost = Gatepost.unpack()) {
            Map<String, String> users = new TreeMap<>();
            for (int i = 0; i < USERS; i++) {
                users.put(user(i), user(i) + ",users");
            }
            gatepost.configure("gatepost.users.properties", users);
            gatepost.environment("JAVA_MAX_MEM", HEAP).start();
            List<StompClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < USERS; i++) {
                    clients.add(subscribed(gatepost, user(i)));
                }
                scrape(gatepost, USERS + " users on line, each subscribed to a queue");
                for (StompClient client : clients.subList(SESSIONS, USERS)) {
                    client.close();
                }
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> metrics(gatepost)
                                        .lines()
                                        .filter(line -> line.startsWith("gatepost_connections{"))
                                        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")))
                                        .sum()
                                < SESSIONS + 10);
                long start = System.nanoTime();
                fill(gatepost);
                System.out.printf(
                        "%d queues made and filled in %.0f s%n", QUEUES - USERS, (System.nanoTime() - start) / 1e9);
                scrape(gatepost, QUEUES + " queues, " + SESSIONS + " users on line");
                for (String command : List.of(
                        "gatepost:status",
                        "gatepost:connector-list",
                        "gatepost:session-list",
                        "gatepost:queue-list",
                        "gatepost:queue-list --limit 1000",
                        "gatepost:queue-list 'user.*'",
                        "gatepost:queue-browse waiting.1",
                        "gatepost:message-trace user-1",
                        "gatepost:message-send --not-persistent waiting.1 x",
                        "gatepost:session-list --limit 2000 --json")) {
                    time(gatepost, command);
                }
            } finally {
                clients.forEach(StompClient::close);
            }
        }
    }

    private static String user(int number) {
        return "user-" + number;
    }

    private static StompClient subscribed(Gatepost gatepost, String user) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect(user, user);
        client.done(ClientFrame.subscribe("1", "/queue/user." + user));
        return client;
    }

    /** Queues that nobody reads, with a message each and a few with more. */
    private static void fill(Gatepost gatepost) {
        try (StompClient system = Transport.TCP.client(gatepost)) {
            system.connect("system", "manager");
            for (int i = 0; i < QUEUES - USERS; i++) {
                ClientFrame frame = ClientFrame.send("/queue/waiting." + i, "a message that waits for somebody");
                if (i % BETWEEN_RECEIPTS == 0) {
                    system.send(frame.with("receipt:made"));
                    system.frame(PATIENCE);
                } else {
                    system.send(frame);
                }
            }
            for (int i = 0; i < 100; i++) {
                system.send(ClientFrame.send("/queue/waiting.1", "one more"));
                system.send(ClientFrame.send("/queue/user.user-1", "one more"));
            }
            system.send(ClientFrame.send("/queue/waiting.1", "the last one", "receipt:made"));
            system.frame(PATIENCE);
        }
    }

    private static void scrape(Gatepost gatepost, String when) {
        List<Double> millis = new ArrayList<>();
        String text = "";
        for (int i = 0; i < SCRAPES; i++) {
            long start = System.nanoTime();
            text = metrics(gatepost);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        double first = millis.get(0);
        Collections.sort(millis);
        System.out.printf(
                "scrape, %s: first %.1f ms, half within %.1f ms, 49 of 50 within %.1f ms; %d lines, among them%n",
                when,
                first,
                millis.get(SCRAPES / 2),
                millis.get(SCRAPES - 2),
                text.lines().count());
        text.lines()
                .filter(line ->
                        line.startsWith("gatepost_queues ") || line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"))
                .forEach(line -> System.out.println("    " + line));
    }

    private static String metrics(Gatepost gatepost) {
        try {
            String port = Files.readAllLines(gatepost.etc("org.apache.felix.http.cfg")).stream()
                    .filter(line -> line.startsWith("org.osgi.service.http.port"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".*\\D", "");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** In one session of the shell, so that the start of bin/client, which is Java's own, is paid for in both and not counted. */
    private static void time(Gatepost gatepost, String command) {
        double once = seconds(gatepost, 1, command);
        double often = seconds(gatepost, 1 + REPEATS, command);
        System.out.printf(
                "%-45s %6.0f ms each; with the start of bin/client %.1f s%n",
                command, (often - once) * 1000 / REPEATS, once);
    }

    private static double seconds(Gatepost gatepost, int times, String command) {
        long start = System.nanoTime();
        gatepost.shell(String.join("\n", Collections.nCopies(times, command)));
        return (System.nanoTime() - start) / 1e9;
    }
}
