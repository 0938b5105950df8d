package gatepost.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.client.GatepostDeniedException;
import gatepost.client.GatepostUnavailableException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendingTest extends RouteTest {

    @BeforeEach
    void startRoutes() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:alice").to("gatepost:user.alice");
                from("direct:bob").to("gatepost:queue://user.bob");
                from("direct:news").to("gatepost:topic://news");
                from("direct:brief").to("gatepost:user.alice?requestTimeout=400");
            }
        });
    }

    @Test
    void aMessageIsThereWhenTheExchangeIsDone() {
        template.sendBodyAndHeaders(
                "direct:alice", "hello: \u00e4", Map.of("Content-Type", "text/plain", "a:b", "c\nd"));
        assertEquals("hello: \u00e4", server.last().body());
        Map<String, String> headers = server.last().headers();
        assertEquals("/queue/user.alice", headers.get("destination"));
        assertEquals("text/plain", headers.get("content-type"));
        assertEquals("c\\nd", headers.get("a\\cb"));
        assertEquals("9", headers.get("content-length"));
        template.sendBody("direct:news", "it rains");
        assertEquals("/topic/news", server.last().headers().get("destination"));
    }

    @Test
    void allEndpointsShareOneConnection() {
        template.sendBody("direct:alice", "a");
        template.sendBody("direct:bob", "b");
        template.sendBody("direct:news", "c");
        assertEquals(List.of("a", "b", "c"), server.bodies());
        assertEquals(1, server.connections);
    }

    @Test
    void eachMessageMayNameItsOwnDestination() {
        template.sendBodyAndHeader("direct:alice", "for carol", GatepostHeaders.DESTINATION, "user.carol");
        assertEquals("/queue/user.carol", server.last().headers().get("destination"));
        assertThrows(
                CamelExecutionException.class,
                () -> template.sendBodyAndHeader("direct:alice", "x", GatepostHeaders.DESTINATION, "user.x\ny"));
    }

    @Test
    void secretsAndHeadersOfStompsOwnDoNotGoOut() {
        template.sendBodyAndHeaders(
                "direct:alice",
                "x",
                Map.of(
                        "Authorization",
                        "Basic x",
                        "Receipt",
                        "1",
                        "camelX",
                        "1",
                        "activemq.x",
                        "1",
                        "gatepost-message-id",
                        "of the message before",
                        "kept",
                        7));
        assertEquals("7", server.last().headers().get("kept"));
        for (String name : List.of("Authorization", "Receipt", "camelX", "activemq.x")) {
            assertFalse(server.last().headers().containsKey(name), name);
        }
        assertNotEquals("of the message before", server.last().headers().get("gatepost-message-id"));
    }

    /** It may come from whoever calls a route over HTTP, and Gatepost would close the connection of all routes for it. */
    @Test
    void whatGatepostRefusesOrSaysItselfDoesNotGoOut() {
        template.sendBodyAndHeaders(
                "direct:alice",
                "x",
                Map.of(
                        "gatepost-offset",
                        "17",
                        "gatepost-later",
                        "1",
                        "Gatepost-State",
                        "done",
                        "gatepost-history",
                        "x"));
        assertEquals(
                Set.of("gatepost-message-id"),
                server.last().headers().keySet().stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("gatepost"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void aRouteMaySayThatAnInboxIsNotToKeepAMessage() {
        template.sendBodyAndHeader("direct:alice", "x", "gatepost-history", false);
        assertEquals("false", server.last().headers().get("gatepost-history"));
    }

    @Test
    void aRouteMayNameAMessageForItsInbox() {
        template.sendBodyAndHeaders(
                "direct:alice",
                "x",
                Map.of(
                        GatepostHeaders.ID, "order-7",
                        GatepostHeaders.ONCE, "hello",
                        GatepostHeaders.COLLAPSE, "score",
                        GatepostHeaders.IF_FULL, "skip"));
        assertEquals("order-7", server.last().headers().get("gatepost-id"));
        assertEquals("hello", server.last().headers().get("gatepost-once"));
        assertEquals("score", server.last().headers().get("gatepost-collapse"));
        assertEquals("skip", server.last().headers().get("gatepost-if-full"));
        assertFalse(server.last().headers().toString().contains("CamelGatepost"));
    }

    /** Whoever calls a route over HTTP chooses such headers, and a message that was received from an inbox has its id. */
    @Test
    void underTheNamesOfTheWireThatIsNotSaid() {
        template.sendBodyAndHeaders(
                "direct:alice",
                "x",
                Map.of("gatepost-id", "1", "gatepost-once", "1", "gatepost-collapse", "1", "gatepost-if-full", "skip"));
        for (String name : List.of("gatepost-id", "gatepost-once", "gatepost-collapse", "gatepost-if-full")) {
            assertFalse(server.last().headers().containsKey(name), name);
        }
    }

    @Test
    void whatCannotBeSaidFailsItsOwnExchangeOnly() {
        for (String header : List.of(GatepostHeaders.ID, GatepostHeaders.ONCE, GatepostHeaders.COLLAPSE)) {
            assertRefused(Map.of(header, "a b"), "1 to 128 printable characters of ASCII without spaces");
            assertRefused(Map.of(header, "1", "persistent", false), "no header persistent=false with it");
            assertRefused(Map.of(header, "1", GatepostHeaders.DESTINATION, "app.inbox"), "an inbox as the destination");
            assertRefused(
                    Map.of(header, "1", GatepostHeaders.DESTINATION, "topic://user.a"), "an inbox as the destination");
        }
        assertRefused(Map.of(GatepostHeaders.IF_FULL, "drop"), "skip");
        assertEquals(0, server.bodies().size());
        template.sendBody("direct:alice", "x");
        assertEquals(1, server.connections);
    }

    private void assertRefused(Map<String, Object> headers, String expected) {
        CamelExecutionException refused = assertThrows(
                CamelExecutionException.class, () -> template.sendBodyAndHeaders("direct:alice", "x", headers));
        assertInstanceOf(IllegalArgumentException.class, refused.getCause());
        assertTrue(
                refused.getCause().getMessage().endsWith(" cannot be used: expected " + expected),
                refused.getCause().getMessage());
    }

    @Test
    void whatHasNoReceiptIsSentAgainWithTheSameId() throws Exception {
        server.withholdsReceipts = true;
        CompletableFuture<Object> sent =
                template.asyncSendBody("direct:alice", "once").thenApply(body -> body);
        eventually().until(() -> server.bodies().size() == 1);
        assertFalse(sent.isDone());
        server.withholdsReceipts = false;
        server.cut();
        sent.get();
        assertEquals(List.of("once", "once"), server.bodies());
        assertEquals(
                1,
                server.all().stream()
                        .map(stored -> stored.headers().get("gatepost-message-id"))
                        .distinct()
                        .count());
    }

    @Test
    void messagesWaitForAConnectionAndEachArrivesOnce() throws Exception {
        template.sendBody("direct:alice", "before");
        server.stop();
        List<CompletableFuture<Object>> sent = IntStream.range(0, 50)
                .mapToObj(i -> template.asyncSendBody("direct:alice", "m" + i))
                .toList();
        server.start();
        for (CompletableFuture<Object> each : sent) {
            each.get();
        }
        assertEquals(51, server.bodies().size());
        assertEquals(51, server.bodies().stream().distinct().count());
    }

    @Test
    void anExchangeFailsInTimeWhenThereIsNoConnection() throws Exception {
        server.stop();
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> template.asyncSendBody("direct:brief", "x").get());
        Throwable cause = failure.getCause().getCause();
        assertInstanceOf(GatepostUnavailableException.class, cause);
        assertTrue(cause.getMessage().contains("not connected"), cause.getMessage());
        server.start();
        template.sendBody("direct:alice", "later");
        assertEquals(List.of("later"), server.bodies());
    }

    @Test
    void aDenialIsToldToItsOwnExchangeAndEndsWithTheDenial() {
        server.deniedToWrite.add("/queue/user.bob");
        for (int i = 0; i < 20; i++) {
            CamelExecutionException denied =
                    assertThrows(CamelExecutionException.class, () -> template.sendBody("direct:bob", "no"));
            assertInstanceOf(GatepostDeniedException.class, denied.getCause());
            assertEquals("Denied: write /queue/user.bob", denied.getCause().getMessage());
            template.sendBody("direct:alice", "yes" + i);
        }
        assertEquals(20, server.bodies().size());
        int shared = server.connections;
        assertTrue(shared <= 4, "the shared connection was cut " + shared + " times");

        server.deniedToWrite.clear();
        eventually().ignoreExceptions().until(() -> {
            template.sendBody("direct:bob", "now");
            return true;
        });
        assertEquals("now", server.last().body());
    }
}
