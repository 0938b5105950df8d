package gatepost.itests.ruby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.RailsApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The installed gem in an application of Rails, in two forked processes of Puma. */
@ExtendWith(Suite.class)
class RailsIT {

    private static final byte[] KEY = "what webhooks are signed with".getBytes(StandardCharsets.US_ASCII);
    private static final String WEBHOOK = "gatepost.webhook-shop.cfg";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Its users have numbers. */
    private static final AtomicInteger LAST = new AtomicInteger(4200);

    @TempDir
    private static Path work;

    private static RailsApplication rails;

    private final String user = "" + LAST.incrementAndGet();

    @BeforeAll
    static void generateAndStart() throws IOException {
        Map<String, String> environment = Suite.environment();
        environment.put("GATEPOST_WEBHOOK_SECRET", secret());
        rails = new RailsApplication(work, environment, List.of(Path.of("src/test/rails")));
        rails.start(Map.of("STARTED", "yes"), "-w 2 --preload");
    }

    @AfterAll
    static void stop() {
        rails.close();
    }

    @Test
    void theGeneratorWritesTheInitializerTheRouteAndThePin() throws IOException {
        assertTrue(Files.readString(rails.root().resolve("config/initializers/gatepost.rb"))
                .contains("Gatepost.configure do |config|"));
        assertTrue(Files.readString(rails.root().resolve("config/routes.rb"))
                .contains("get \"/notifications/session\", to: \"gatepost/sessions#show\""));
        assertEquals("""
                pin "application"
                pin "gatepost", to: ENV.fetch("GATEPOST_CLIENT_URL", "http://localhost:61614/gatepost/client.js")
                """, Files.readString(rails.root().resolve("config/importmap.rb")));
    }

    @Test
    void thePageOfWhoIsSignedInGetsASessionAndNobodyElseDoes() throws Exception {
        HttpResponse<String> answer = get("/notifications/session?user=" + user);
        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals("no-store", answer.headers().firstValue("cache-control").orElse(""));
        JsonNode session = new ObjectMapper().readTree(answer.body());
        assertEquals(Set.of("url", "user", "token"), names(session));
        assertEquals(
                "ws://127.0.0.1:" + Suite.gatepost().wsPort() + "/stomp",
                session.get("url").asText());
        try (Tab tab =
                new Tab(session.get("user").asText(), session.get("token").asText())) {
            post("/orders?to=" + user);
            assertEquals("Your order is on its way", tab.message().text());
        }
        assertEquals(401, get("/notifications/session").statusCode());
    }

    @Test
    void forkedProcessesHaveConnectionsOfTheirOwn() throws Exception {
        Set<String> processes = new HashSet<>();
        int sent = 0;
        while (processes.size() < 2) {
            assertTrue(sent < 400, "one process answers everything");
            // a client goes on talking to the process that has taken its connection
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(HttpClient::newHttpClient)
                    .limit(8)
                    .map(client -> client.sendAsync(order("/orders?to=" + user), HttpResponse.BodyHandlers.ofString()))
                    .toList();
            sent += answers.size();
            answers.forEach(answer -> processes.add(answer.join().body()));
        }
        try (Application observer = new Application(Map.of())) {
            assertEquals(sent, observer.ask("Gatepost.unread('" + user + "')").asInt());
            assertEquals(
                    "the application has started",
                    observer.ask("Gatepost.history('started').first.body").asText());
        }
    }

    @Test
    void aJobAndATurboStreamArrive() throws Exception {
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.connect("system", "manager");
            client.done(ClientFrame.subscribe("1", "/queue/user." + user));
            post("/orders?how=later&to=" + user);
            assertEquals("later", client.expect("MESSAGE").text());
            post("/orders?how=turbo&to=" + user);
            assertEquals(
                    "<turbo-stream action=\"append\" target=\"orders\"><template><p>" + user
                            + " &amp; &lt;b&gt;</p>\n</template></turbo-stream>",
                    client.expect("MESSAGE").text());
        }
    }

    @Test
    void aWebhookIsVerified() throws Exception {
        String body =
                "{\"type\":\"message.undelivered\",\"timestamp\":\"2026-11-29T02:30:00.125Z\",\"data\":{\"user\":\""
                        + user + "\"}}";
        long now = Instant.now().getEpochSecond();
        assertEquals(204, hook(body, now, WebhookIT.sign(KEY, "evt_9." + now + "." + body)));
        assertEquals(401, hook(body + " ", now, WebhookIT.sign(KEY, "evt_9." + now + "." + body)));
        assertEquals(List.of(user), mailed(user));
    }

    @Test
    void whoHasNotReadIsMailed() throws Exception {
        Suite.gatepost()
                .apply(
                        WEBHOOK,
                        Map.of(
                                "url",
                                rails.address() + "/hooks",
                                "secret",
                                secret(),
                                "events",
                                "message.undelivered",
                                "after",
                                "1"));
        try {
            post("/orders?to=" + user);
            Awaitility.await("the webhook has come")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !mailed(user).isEmpty());
            assertEquals(List.of(user), mailed(user));
        } finally {
            Files.delete(Suite.gatepost().etc(WEBHOOK));
        }
    }

    @Test
    void theTestsOfTheApplicationRecord() {
        String printed = rails.rails("test");
        assertTrue(printed.contains("1 runs, 2 assertions, 0 failures, 0 errors, 0 skips"), printed);
    }

    private static List<String> mailed(String user) throws IOException {
        Path mailed = rails.root().resolve("tmp/mailed");
        return Files.exists(mailed)
                ? Files.readAllLines(mailed).stream().filter(user::equals).toList()
                : List.of();
    }

    private static String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(KEY);
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new HashSet<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(rails.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String post(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(order(path), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        return answer.body();
    }

    private static HttpRequest order(String path) {
        return HttpRequest.newBuilder(URI.create(rails.address() + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static int hook(String body, long time, String signature) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(rails.address() + "/hooks"))
                .header("content-type", "application/json")
                .header("webhook-id", "evt_9")
                .header("webhook-timestamp", "" + time)
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
