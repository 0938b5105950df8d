package gatepost.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authentication.api.OwnAccount;
import gatepost.contracts.ConnectorAddress;
import java.net.URI;
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

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final OwnConnections connections = new OwnConnections();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        connections.opened(new ConnectorAddress() {
            @Override
            public URI uri() {
                return server.uri();
            }

            @Override
            public String path() {
                return "/";
            }

            @Override
            public String httpPath() {
                return "";
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        connections.stop();
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

    private static CompletableFuture<Void> publish(Publisher publisher, String destination, Duration timeout) {
        return publisher
                .publish(
                        destination,
                        Map.of("content-type", "text/plain"),
                        "hello".getBytes(StandardCharsets.UTF_8),
                        timeout)
                .toCompletableFuture();
    }

    @Test
    void itIsDoneWhenTheBrokerHasTheMessage() throws Exception {
        offer(OwnAccount.TRY);
        try (Publisher publisher = connections.publisher(OwnAccount.TRY)) {
            publish(publisher, "queue://user.alice", TIMEOUT).get(20, TimeUnit.SECONDS);
            assertEquals("hello", server.last().body());
            assertEquals("/queue/user.alice", server.last().headers().get("destination"));
            assertEquals("text/plain", server.last().headers().get("content-type"));
        }
    }

    @Test
    void aDenialSaysSo() throws Exception {
        offer(OwnAccount.TRY);
        server.deniedToWrite.add("/queue/user.carol");
        try (Publisher publisher = connections.publisher(OwnAccount.TRY)) {
            ExecutionException denied = assertThrows(
                    ExecutionException.class,
                    () -> publish(publisher, "queue://user.carol", TIMEOUT).get(20, TimeUnit.SECONDS));
            assertInstanceOf(GatepostDeniedException.class, denied.getCause());
        }
    }

    @Test
    void withoutItsAccountAMessageWaitsUntilTheAccountIsThere() throws Exception {
        try (Publisher publisher = connections.publisher(OwnAccount.CONSOLE)) {
            CompletableFuture<Void> early = publish(publisher, "topic://gatepost.console", TIMEOUT);
            ExecutionException late = assertThrows(
                    ExecutionException.class,
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
        Publisher first = connections.publisher(OwnAccount.TRY);
        try (Publisher second = connections.publisher(OwnAccount.TRY)) {
            first.close();
            first.close();
            publish(second, "queue://user.alice", TIMEOUT).get(20, TimeUnit.SECONDS);
            assertTrue(connections.state(OwnAccount.TRY).startsWith("connected"), connections.state(OwnAccount.TRY));
        }
        await().until(() -> connections.state(OwnAccount.TRY).equals("not in use"));
    }
}
