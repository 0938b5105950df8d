package gatepost.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gatepost.contracts.events.EventSubscriber.Told;
import gatepost.contracts.events.EventType;
import gatepost.events.feed.NotTaken;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PostTest {

    private static final Told EVENT = new Told("evt_1", "message.done", "alice", "{\"type\":\"message.done\",\"ü\":1}");
    private static final long NOW = 1_700_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ExecutorService served = Executors.newCachedThreadPool();
    private final List<Map<String, String>> seen = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    private interface Answer {
        void to(HttpExchange call) throws IOException;
    }

    private Answer answer = call -> call.sendResponseHeaders(204, -1);

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            call.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            headers.put("body", new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.put("call", call.getRequestMethod() + " " + call.getRequestURI() + " " + call.getProtocol());
            seen.add(headers);
            answer.to(call);
            call.close();
        });
        server.setExecutor(served);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        served.shutdownNow();
    }

    private String send(Duration patience, String url, Addresses.Lookup lookup, String... secrets) {
        WebhookSettings settings = new WebhookSettings(
                URI.create(url.replace("PORT", "" + server.getAddress().getPort())),
                List.of(secrets.length == 0 ? new String[] {WebhookSettingsTest.SECRET} : secrets).stream()
                        .map(Secret::of)
                        .toList(),
                Set.of(EventType.MESSAGE_DONE),
                Duration.ofHours(1),
                4,
                List.of());
        return new Post(threads, new Addresses(lookup), () -> Instant.ofEpochSecond(NOW), patience)
                .send(settings, EVENT)
                .join();
    }

    private String send(String... secrets) {
        return send(Duration.ofSeconds(10), "http://127.0.0.1:PORT/hook?key=1", InetAddress::getAllByName, secrets);
    }

    private NotTaken refused() {
        return (NotTaken) assertThrows(CompletionException.class, () -> send()).getCause();
    }

    private void answers(int status, String body, String... headers) {
        answer = call -> {
            for (int i = 0; i < headers.length; i += 2) {
                call.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            call.getResponseBody().write(bytes);
        };
    }

    @Test
    void anEventIsPostedAndSigned() {
        assertEquals("status 204", send());
        Map<String, String> call = seen.get(0);
        assertEquals("POST /hook?key=1 HTTP/1.1", call.get("call"));
        assertEquals("application/json", call.get("content-type"));
        assertEquals("Gatepost", call.get("user-agent"));
        assertEquals("evt_1", call.get("webhook-id"));
        assertEquals("" + NOW, call.get("webhook-timestamp"));
        assertEquals(EVENT.json(), call.get("body"));
        assertEquals(
                Secret.of(WebhookSettingsTest.SECRET).sign("evt_1", NOW, EVENT.json()), call.get("webhook-signature"));
    }

    @Test
    void whileASecretIsRotatedBothSign() {
        String other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        send(WebhookSettingsTest.SECRET, other);
        String[] signatures = seen.get(0).get("webhook-signature").split(" ");
        assertEquals(2, signatures.length);
        assertEquals(Secret.of(other).sign("evt_1", NOW, EVENT.json()), signatures[1]);
    }

    @ParameterizedTest
    @CsvSource({"200", "201", "202", "204", "299"})
    void twoHundredsAreTaken(int status) {
        answers(status, "");
        assertEquals("status " + status, send());
    }

    @ParameterizedTest
    @CsvSource({"300", "304", "400", "401", "404", "409", "429", "500", "503"})
    void everythingElseIsNot(int status) {
        answers(status, "");
        NotTaken why = refused();
        assertEquals("status " + status, why.getMessage());
        assertEquals(1, seen.size());
    }

    @Test
    void aRedirectIsNotFollowed() {
        answers(307, "", "Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");
        assertEquals("status 307", refused().getMessage());
        assertEquals(1, seen.size());
    }

    @Test
    void goneIsForGood() {
        answers(410, "no more\u001b[2J");
        NotTaken why = refused();
        assertTrue(why.isForGood());
        assertEquals("status 410: no more\\u001b[2J", why.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "Tue, 14 Nov 2023 22:14:20 GMT | PT1M",
                "Tue, 14 Nov 2023 22:12:20 GMT |",
                "soon |",
                "-1 |"
            })
    void whenToComeAgainIsUnderstood(String header, String wait) {
        answers(503, "", "Retry-After", header);
        NotTaken why = refused();
        assertEquals(Optional.ofNullable(wait).map(Duration::parse), why.after());
        assertFalse(why.isForGood());
    }

    @Test
    void whoDoesNotAnswerInTimeHasNotTakenIt() {
        answer = call -> await();
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> send(Duration.ofSeconds(1), "http://127.0.0.1:PORT/", InetAddress::getAllByName));
        assertEquals("no answer within 1 s", failure.getCause().getMessage());
    }

    /** The head of the answer comes at once, its body never ends: the time is that of the whole. */
    @Test
    void whoSaysHalfAnAnswerHasNotTakenIt() {
        answer = call -> {
            call.sendResponseHeaders(200, 100);
            call.getResponseBody().write(1);
            call.getResponseBody().flush();
            await();
        };
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> send(Duration.ofSeconds(1), "http://127.0.0.1:PORT/", InetAddress::getAllByName));
        assertEquals("no answer within 1 s", failure.getCause().getMessage());
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        answer = call -> {
            call.sendResponseHeaders(200, 0);
            byte[] much = "a".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream out = call.getResponseBody()) {
                while (end.getCount() > 0) {
                    out.write(much);
                }
            } catch (IOException e) {
                // the reader has gone
            }
        };
        assertTrue(send().startsWith("status 200: aaa"));
    }

    @Test
    void whoIsNotThereHasNotTakenIt() {
        server.stop(0);
        assertFalse(refused().getMessage().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "224.0.0.1", "ff02::1", "0.0.0.0", "::"})
    void whereNothingIsSent(String address) {
        for (String host : List.of("app.example.com", "127.0.0.1")) {
            CompletionException failure = assertThrows(
                    CompletionException.class,
                    () -> send(Duration.ofSeconds(10), "http://" + host + ":PORT/", name ->
                            new InetAddress[] {InetAddress.getLoopbackAddress(), InetAddress.getByName(address)}));
            assertTrue(failure.getCause().getMessage().contains("where nothing is sent"), failure::toString);
        }
        assertEquals(0, seen.size());
    }

    @Test
    void aNameThatLeadsElsewhereGetsNothingInPlainText() {
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> send(Duration.ofSeconds(10), "http://x.localhost:PORT/", name ->
                        new InetAddress[] {InetAddress.getByName("10.0.0.1")}));
        assertTrue(failure.getCause().getMessage().contains("expected https"), failure::toString);
        failure = assertThrows(
                CompletionException.class,
                () -> send(Duration.ofSeconds(10), "https://app.example.com:PORT/", name -> {
                    throw new UnknownHostException(name);
                }));
        assertEquals("the host app.example.com is not known", failure.getCause().getMessage());
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
