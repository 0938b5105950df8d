package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Opcode;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.StompWebSocket;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody can take who never signs in. */
@ExtendWith(Suite.class)
class BeforeSignInIT {

    private static final int MANY = 250;
    private static final int FRAME = 4_000_000;
    private static final int LIMIT = 16_384;

    @ParameterizedTest
    @EnumSource
    void anUnfinishedFrameIsNotKept(Transport transport) {
        List<StompClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                StompClient client = transport.client(Suite.gatepost());
                clients.add(client);
                begin(client, "SEND\ndestination:/queue/a\ncontent-length:" + FRAME + "\n\n" + "x".repeat(LIMIT));
            }
            for (StompClient client : clients) {
                refused(client, "before it is signed in a client may send " + LIMIT + " bytes");
            }
        } finally {
            clients.forEach(StompClient::close);
        }
    }

    @Test
    void neitherAreTheFragmentsOfAMessage() {
        try (StompWebSocket client = (StompWebSocket) Transport.WEB_SOCKET.client(Suite.gatepost())) {
            client.send(Opcode.TEXT, false, new byte[0]);
            for (int sent = 0; sent <= LIMIT; sent += 1000) {
                client.send(Opcode.CONTINUATION, false, "\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
            }
            refused(client, "bytes");
        }
    }

    @Test
    void neitherArePings() {
        try (StompWebSocket client = (StompWebSocket) Transport.WEB_SOCKET.client(Suite.gatepost())) {
            for (int sent = 0; sent <= LIMIT; sent += 125) {
                client.send(Opcode.PING, true, new byte[125]);
            }
            refused(client, "bytes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfTheGreatestSizeGetsThrough(Transport transport) {
        try (StompClient client = transport.client(Suite.gatepost())) {
            client.send(ClientFrame.of("CONNECT", "accept-version:1.2", "host:h", "passcode:" + "x".repeat(8183)));
            ServerFrame answer = client.expect("ERROR");
            assertTrue(!answer.header("message").contains("bytes"), answer.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentRightBehindConnectIsServedHoweverMuchItIs(Transport transport) {
        String user = Suite.attacker();
        try (StompClient client = transport.client(Suite.gatepost())) {
            client.send(ClientFrame.of("CONNECT", "accept-version:1.2", "host:h", "login:" + user, "passcode:" + user));
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                all.append("SEND\ndestination:/queue/app.inbox\npersistent:false\nexpires:1\n\n")
                        .append("x".repeat(8000))
                        .append('\0');
            }
            client.send(all + "DISCONNECT\nreceipt:bye\n\n\0");
            client.expect("CONNECTED");
            assertEquals("bye", client.expect("RECEIPT").header("receipt-id"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotSignInMakesRoomForWhoDoes(Transport transport) {
        String user = Suite.attacker();
        try (OwnConnector connector = OwnConnector.with(
                        transport, Map.of("connections.anonymous.max", "1", "connect.timeout", "60000"));
                StompClient first = connector.client()) {
            List<StompClient> users = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    Awaitility.await().untilAsserted(() -> users.add(connector.signedIn(user)));
                }
                refused(first, "waited longest");
                users.get(0).done(ClientFrame.send("/temp-queue/own", "hi"));
            } finally {
                users.forEach(StompClient::close);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressHasAShareOfThoseWhoHaveNotSignedIn(Transport transport) throws IOException {
        Optional<InetAddress> own = ownAddress();
        Assumptions.assumeTrue(own.isPresent(), "this machine has no address but loopback");
        String user = Suite.attacker();
        try (OwnConnector connector =
                OwnConnector.with(transport, Map.of("connections.per.address", "2", "connect.timeout", "60000"))) {
            Suite.gatepost()
                    .apply(connector.file(), Map.of("uri", transport.scheme() + "://0.0.0.0:" + connector.port()));
            List<StompClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    StompClient signedIn = from(transport, own.get(), connector.port());
                    clients.add(signedIn);
                    signedIn.connect(user, user);
                }
                clients.add(from(transport, own.get(), connector.port()));
                clients.add(from(transport, own.get(), connector.port()));
                StompClient third = from(transport, own.get(), connector.port());
                clients.add(third);
                refused(third, "one address may have 2 that have not signed in");
                for (int i = 0; i < 4; i++) {
                    clients.add(connector.client());
                }
                connector.signedIn(user).close();
                Suite.gatepost()
                        .apply(connector.file(), Map.of("proxies", own.get().getHostAddress()));
                try (StompClient proxied = from(transport, own.get(), connector.port())) {
                    proxied.connect(user, user);
                }
            } finally {
                clients.forEach(StompClient::close);
            }
        }
    }

    /** Sends the beginning of a frame: over a WebSocket, of a message of megabytes. */
    private static void begin(StompClient client, String text) {
        if (client instanceof StompWebSocket webSocket) {
            byte[] head = {1, (byte) (0x80 | 127), 0, 0, 0, 0, 0, 0x3d, 0x09, 0, 0, 0, 0, 0};
            webSocket.raw(head);
            webSocket.raw(text.getBytes(StandardCharsets.UTF_8));
        } else {
            client.send(text);
        }
    }

    private static void refused(StompClient client, String why) {
        ServerFrame error = client.expect("ERROR");
        assertTrue(error.header("message").contains(why), error.toString());
    }

    private static StompClient from(Transport transport, InetAddress address, int port) throws IOException {
        Socket socket = new Socket(address, port);
        return transport == Transport.TCP
                ? new StompSocket(socket)
                : WebSocketRequest.over(socket).open();
    }

    private static Optional<InetAddress> ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }
}
