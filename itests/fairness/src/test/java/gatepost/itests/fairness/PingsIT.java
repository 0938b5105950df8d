package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompWebSocket;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send PINGs and do not read what answers them. */
@ExtendWith(Suite.class)
class PingsIT {

    private static final Map<String, String> UNRATED = Map.of(
            "connect.timeout",
            "600000",
            "connect.size.max",
            "1000000000",
            "rate.messages",
            "0",
            "rate.user.messages",
            "0",
            "rate.bytes",
            "0",
            "rate.user.bytes",
            "0");
    private static final int PAYLOAD = 125;
    private static final int AT_ONCE = 1_000;
    /** Their answers are three times what Linux keeps on the way to a client. */
    private static final int MANY = 100_000;

    private static final String INBOX = "/queue/app.inbox";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneAnswerIsOwedAtMostAndItIsThatToTheLastOne(boolean signedIn) throws IOException {
        String user = Suite.attacker();
        ClientFrame connect =
                ClientFrame.of("CONNECT", "accept-version:1.2", "host:localhost", "login:" + user, "passcode:" + user);
        try (OwnConnector connector = OwnConnector.with(Transport.WEB_SOCKET, UNRATED);
                StompClient application = Transport.TCP.client(Suite.gatepost());
                StompWebSocket client = unreading(connector.port())) {
            application.connect("system", "manager");
            application.done(ClientFrame.subscribe("inbox", INBOX));
            if (signedIn) {
                client.send(connect);
                client.expect("CONNECTED");
            }
            for (int i = 0; i < MANY; i += AT_ONCE) {
                client.raw(pings(i));
            }
            if (!signedIn) {
                client.send(connect);
            }
            client.send(ClientFrame.send(INBOX, "behind all PINGs"));
            assertEquals("behind all PINGs", application.expect("MESSAGE").text());

            if (!signedIn) {
                client.expect("CONNECTED");
            }
            client.done(ClientFrame.of("BEGIN", "transaction:t"));
            // the answer that was owed may have been behind that RECEIPT, and is before this one
            client.done(ClientFrame.of("ABORT", "transaction:t"));
            List<byte[]> answers = client.pongs();
            assertTrue(answers.size() < MANY / 2, () -> MANY + " PINGs have " + answers.size() + " answers");
            assertEquals(
                    MANY - 1, ByteBuffer.wrap(answers.get(answers.size() - 1)).getInt());
        }
    }

    @Test
    void somebodyWhoOnlyPingsAndNeverReadsIsClosedAsAnyOtherSlowReader() throws IOException {
        String user = Suite.attacker();
        Map<String, String> limits = new HashMap<>(UNRATED);
        limits.put("write.timeout", "1000");
        try (OwnConnector connector = OwnConnector.with(Transport.WEB_SOCKET, limits)) {
            try (StompWebSocket nobody = unreading(connector.port())) {
                pingUntilClosed(nobody);
            }
            try (StompWebSocket mallory = unreading(connector.port())) {
                mallory.connect(user, user);
                pingUntilClosed(mallory);
            }
        }
    }

    /** @return a client whose machine takes little before it reads */
    private static StompWebSocket unreading(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return WebSocketRequest.over(socket).open();
    }

    private static void pingUntilClosed(StompWebSocket client) {
        byte[] pings = pings(0);
        // that they are taken and not answered has to end; the pause leaves the processor to others, and is no
        // condition
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    try {
                        client.raw(pings);
                        return false;
                    } catch (UncheckedIOException e) {
                        return true;
                    }
                });
    }

    /** @return so many at once, with a mask of zeros and their numbers in them */
    private static byte[] pings(int first) {
        ByteBuffer pings = ByteBuffer.allocate(AT_ONCE * (6 + PAYLOAD));
        for (int i = first; i < first + AT_ONCE; i++) {
            pings.put((byte) 0x89)
                    .put((byte) (0x80 | PAYLOAD))
                    .putInt(0)
                    .putInt(i)
                    .put(new byte[PAYLOAD - Integer.BYTES]);
        }
        return pings.array();
    }
}
