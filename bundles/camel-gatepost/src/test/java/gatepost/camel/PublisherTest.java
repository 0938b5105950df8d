package gatepost.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.api.OwnAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers without Camel, over the connections of the own accounts. */
class PublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final OwnConnections connections = new OwnConnections();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        connections.opened(server.uri());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void offer(String name) {
        connections.offered(new OwnAccount() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String passcode() {
                return "secret";
            }
        });
    }

    private static CompletableFuture<Void> publish(GatepostPublisher publisher, String destination, Duration patience) {
        return publisher.publish(destination, Map.of("content-type", "text/plain"), "hello".getBytes(StandardCharsets.UTF_8),
                patience).toCompletableFuture();
    }

    @Test
    void itIsDoneWhenTheBrokerHasTheMessage() throws Exception {
        offer(OwnAccount.TRY);
        try (GatepostPublisher publisher = connections.publisher(OwnAccount.TRY)) {
            publish(publisher, "queue://user.alice", PATIENCE).get(20, TimeUnit.SECONDS);
            assertEquals("hello", server.last().body());
            assertEquals("/queue/user.alice", server.last().headers().get("destination"));
            assertEquals("text/plain", server.last().headers().get("content-type"));
        }
    }

    @Test
    void aDenialSaysSo() throws Exception {
        offer(OwnAccount.TRY);
        server.deniedToWrite.add("/queue/user.carol");
        try (GatepostPublisher publisher = connections.publisher(OwnAccount.TRY)) {
            ExecutionException denied = assertThrows(ExecutionException.class,
                    () -> publish(publisher, "queue://user.carol", PATIENCE).get(20, TimeUnit.SECONDS));
            assertInstanceOf(GatepostDeniedException.class, denied.getCause());
        }
    }

    @Test
    void withoutItsAccountAMessageWaitsUntilTheAccountIsThere() throws Exception {
        try (GatepostPublisher publisher = connections.publisher(OwnAccount.CONSOLE)) {
            CompletableFuture<Void> early = publish(publisher, "topic://gatepost.console", PATIENCE);
            ExecutionException late = assertThrows(ExecutionException.class,
                    () -> publish(publisher, "topic://x", Duration.ofMillis(1)).get(20, TimeUnit.SECONDS));
            assertInstanceOf(GatepostUnavailableException.class, late.getCause());

            offer(OwnAccount.CONSOLE);
            early.get(20, TimeUnit.SECONDS);
            assertEquals("/topic/gatepost.console", server.last().headers().get("destination"));
        }
    }

    @Test
    void itsConnectionIsThereUntilTheLastOfTheAccountIsClosedAndClosingTwiceClosesOne() throws Exception {
        offer(OwnAccount.TRY);
        GatepostPublisher first = connections.publisher(OwnAccount.TRY);
        try (GatepostPublisher second = connections.publisher(OwnAccount.TRY)) {
            first.close();
            first.close();
            publish(second, "queue://user.alice", PATIENCE).get(20, TimeUnit.SECONDS);
            assertTrue(connections.state(OwnAccount.TRY).startsWith("connected"), connections.state(OwnAccount.TRY));
        }
        RouteTest.eventually().until(() -> connections.state(OwnAccount.TRY).equals("not in use"));
    }
}
