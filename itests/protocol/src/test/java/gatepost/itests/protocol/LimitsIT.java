package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.POLICY;
import static gatepost.itests.protocol.Answer.TOO_LARGE;
import static gatepost.itests.protocol.Answer.TRY_AGAIN_LATER;
import static gatepost.itests.protocol.Answer.error;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits of a connector, each on one that was added to the running broker for it and is removed afterwards. */
@ExtendWith(Suite.class)
class LimitsIT {

    @ParameterizedTest
    @EnumSource
    void theSizeOfAFrame(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("frame.size.max", "1024"))) {
            String head = "SEND\ndestination:/queue/a\nreceipt:r\n\n";
            try (StompClient client = connector.signedIn()) {
                client.send(head + "x".repeat(1024 - head.length()) + "\0");
                client.expect("RECEIPT");
                client.send(head + "x".repeat(1025 - head.length()) + "\0");
                error(TOO_LARGE, "1024 bytes").check(client, text -> text);
            }
            try (StompClient client = connector.signedIn()) {
                client.send(ClientFrame.of("SEND", "destination:/queue/a", "content-length:1024"));
                error(TOO_LARGE, "1024 bytes").check(client, text -> text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHeadersOfAFrame(Transport transport) {
        try (OneConnector connector =
                OneConnector.with(transport, Map.of("headers.max", "8", "header.length.max", "128"))) {
            try (StompClient client = connector.signedIn()) {
                client.done(ClientFrame.send("/queue/a", "", "a:1", "b:2", "c:3", "d:4", "e:5", "f:6"));
                client.send(ClientFrame.send("/queue/a", "", "a:1", "b:2", "c:3", "d:4", "e:5", "f:6", "g:7", "h:8"));
                error(TOO_LARGE, "8 headers").check(client, text -> text);
            }
            try (StompClient client = connector.signedIn()) {
                client.done(ClientFrame.send("/queue/a", "", "a:" + "x".repeat(126)));
                client.send(ClientFrame.send("/queue/a", "", "a:" + "x".repeat(127)));
                error(TOO_LARGE, "128 bytes").check(client, text -> text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSubscriptionsOfAConnection(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("subscriptions.max", "2"));
                StompClient client = connector.signedIn()) {
            String queue = "/queue/" + Suite.name();
            client.done(ClientFrame.subscribe("1", queue));
            client.done(ClientFrame.subscribe("2", queue));
            client.done(ClientFrame.of("UNSUBSCRIBE", "id:2"));
            client.done(ClientFrame.subscribe("3", queue));
            client.send(ClientFrame.subscribe("4", queue));
            error(POLICY, "too many subscriptions").check(client, text -> text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTemporaryDestinationsOfAConnection(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("subscriptions.max", "2"));
                StompClient client = connector.signedIn()) {
            client.done(ClientFrame.send("/temp-queue/1", "hi"));
            client.done(ClientFrame.send("/temp-topic/2", "hi"));
            client.send(ClientFrame.send("/temp-queue/3", "hi"));
            error(POLICY, "too many temporary").check(client, text -> text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionsInAll(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("connections.max", "2"))) {
            thirdIsRefused(connector, "too many connections: this connector takes 2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionsOfAnAddressAreNotCountedOnLoopback(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("connections.per.address", "1"));
                StompClient silent = connector.client();
                StompClient first = connector.signedIn();
                StompClient second = connector.signedIn()) {
            first.done(ClientFrame.send("/queue/" + Suite.name(), "hi"));
            second.done(ClientFrame.send("/queue/" + Suite.name(), "hi"));
        }
    }

    @Test
    void theConnectionsOfAUserOverAllConnectors() {
        Suite.gatepost().apply("gatepost.broker.cfg", Map.of("connections.per.user", "2"));
        try (StompClient first = alice(Transport.TCP);
                StompClient second = alice(Transport.WEB_SOCKET)) {
            try (StompClient third = Transport.TCP.client(Suite.gatepost())) {
                third.send(ClientFrame.of("CONNECT", "accept-version:1.2", "host:h", "login:alice", "passcode:alice"));
                error(POLICY, "too many connections").check(third, text -> text);
            }
            first.done(ClientFrame.send("/queue/app.inbox", "hi"));
            second.done(ClientFrame.of("DISCONNECT"));
            second.expectEnd();
            alice(Transport.TCP).close();
        } finally {
            Suite.gatepost().apply("gatepost.broker.cfg", Map.of("connections.per.user", "0"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTimeToConnect(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("connect.timeout", "300"))) {
            try (StompClient silent = connector.client()) {
                error(POLICY, "300 ms").check(silent, text -> text);
            }
            try (StompClient slow = connector.client()) {
                slow.send("CONNECT\nlogin:sys");
                error(POLICY, "300 ms").check(slow, text -> text);
            }
            try (StompClient client = connector.signedIn()) {
                client.expectSilence(Duration.ofMillis(600));
                client.done(ClientFrame.send("/queue/" + Suite.name(), "hi"));
            }
        }
    }

    @Test
    void theTimeToTheWebSocketHandshake() {
        try (OneConnector connector = OneConnector.with(Transport.WEB_SOCKET, Map.of("handshake.timeout", "300"))) {
            try (StompClient silent = StompSocket.open(connector.port())) {
                silent.expectEnd(Duration.ofSeconds(3));
            }
            try (StompClient slow = StompSocket.open(connector.port())) {
                slow.send("GET /stomp HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
                slow.expectEnd(Duration.ofSeconds(3));
            }
            try (StompClient client = connector.signedIn()) {
                client.expectSilence(Duration.ofMillis(600));
                client.done(ClientFrame.send("/queue/" + Suite.name(), "hi"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangedLimitHoldsForConnectionsThatComeFromThenOn(Transport transport) {
        try (OneConnector connector = OneConnector.with(transport, Map.of("frame.size.max", "1024"));
                StompClient before = connector.signedIn()) {
            connector.apply(Map.of("frame.size.max", "4096"));
            try (StompClient after = connector.signedIn()) {
                after.done(ClientFrame.send("/queue/" + Suite.name(), "x".repeat(2000)));
            }
            before.send(ClientFrame.send("/queue/" + Suite.name(), "x".repeat(2000)));
            error(TOO_LARGE, "1024 bytes").check(before, text -> text);
        }
    }

    private static void thirdIsRefused(OneConnector connector, String reason) {
        List<StompClient> clients = new ArrayList<>();
        try {
            clients.add(connector.signedIn());
            clients.add(connector.signedIn());
            StompClient third = connector.client();
            clients.add(third);
            error(TRY_AGAIN_LATER, reason).check(third, text -> text);
            clients.get(0).done(ClientFrame.send("/queue/" + Suite.name(), "the others go on"));
            clients.get(1).close();
            // the server learns of that a moment later
            Awaitility.await().untilAsserted(() -> connector.signedIn().close());
        } finally {
            clients.forEach(StompClient::close);
        }
    }

    private static StompClient alice(Transport transport) {
        StompClient client = transport.client(Suite.gatepost());
        client.connect("alice", "alice");
        return client;
    }
}
