package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.HttpNotifier;
import example.Notifier;
import example.Webhook;
import gatepost.itests.harness.ServerFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code examples/java}. */
@ExtendWith(Suite.class)
class JavaIT {

    @Test
    void aNoticeArrivesAlsoAfterTheConnectionWasCut() throws InterruptedException {
        try (Notifier notifier = new Notifier("localhost", Suite.gatepost().stompPort(), "system", "manager")) {
            notifier.send("java-1", "from Java: \u00e4");
            assertEquals("from Java: \u00e4", PythonIT.next("java-1").text());

            Suite.gatepost().shell("gatepost:session-close --user system");
            notifier.send("java-1", "again");
            assertEquals("again", PythonIT.next("java-1").text());
        }
    }

    @Test
    void aNameThatIsNoNameOfAQueueIsRefused() {
        try (Notifier notifier = new Notifier("localhost", Suite.gatepost().stompPort(), "system", "manager")) {
            assertThrows(IllegalArgumentException.class, () -> notifier.send("a,user.b", "for two"));
        }
    }

    @Test
    void aNoticeOverHttpArrivesAlsoAfterTheConnectionWasCut() throws IOException, InterruptedException {
        HttpNotifier notifier = new HttpNotifier(URI.create(Suite.url("system", "manager")));
        String answer = notifier.send("java-2", "over HTTP: \u00e4 \"quoted\"");
        ServerFrame message = PythonIT.next("java-2");
        assertEquals("over HTTP: \u00e4 \"quoted\"", message.text());
        assertTrue(answer.contains("\"offset\":" + message.header("gatepost-offset")), answer);

        Suite.gatepost().shell("gatepost:session-close --user system");
        notifier.send("java-2", "again");
        assertEquals("again", PythonIT.next("java-2").text());
    }

    @Test
    void aNoticeOverHttpThatIsRefusedSaysWhyAtOnce() {
        HttpNotifier notifier = new HttpNotifier(URI.create(Suite.url("alice", "alice")));
        IOException refused = assertThrows(IOException.class, () -> notifier.send("java-3", "not allowed"));
        assertTrue(refused.getMessage().contains("Denied: write queue://user.java-3"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> notifier.send("a\",\"b", "for two"));
    }

    @Test
    void aNoticeOverHttpWaitsForAGatepostThatIsAway() throws Exception {
        HttpNotifier notifier = new HttpNotifier(URI.create(Suite.url("system", "manager")));
        Suite.gatepost().stop();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return notifier.send("java-4", "was away");
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        Suite.gatepost().start();
        assertTrue(answer.get(60, TimeUnit.SECONDS).contains("\"offset\""));
        assertEquals("was away", PythonIT.next("java-4").text());
    }

    /** The same as of {@code clients/ruby}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("gatepost.itests.examples.Webhooks#rows")
    void webhooksAreVerified(Webhooks row) {
        Map<String, String> headers = Map.of(
                "webhook-id", row.text("id"),
                "webhook-timestamp", row.text("timestamp"),
                "webhook-signature", row.text("signature"));
        Executable verify = () -> new Webhook(row.secrets())
                .verify(
                        row.text("body").getBytes(StandardCharsets.UTF_8),
                        headers::get,
                        Instant.ofEpochSecond(row.row().get("now").asLong()));
        if (row.good()) {
            assertDoesNotThrow(verify);
        } else {
            assertThrows(GeneralSecurityException.class, verify);
        }
    }
}
