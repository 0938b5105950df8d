package gatepost.soak;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;

/** A user's browser: comes over TCP or a WebSocket, reads for a while, and goes, with a word or without. */
final class Reader extends Actor {

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final int LONGEST_VISIT = 200;

    private final Gatepost gatepost;
    private final String user;
    private final Ledger ledger;

    Reader(Gatepost gatepost, String user, Ledger ledger, long seed) {
        super("reader of " + user, new Random(seed));
        this.gatepost = gatepost;
        this.user = user;
        this.ledger = ledger;
    }

    @Override
    void session() {
        try (StompClient client = (random().nextBoolean() ? Transport.TCP : Transport.WEB_SOCKET).client(gatepost)) {
            client.connect(user, user);
            ledger.connected();
            client.done(ClientFrame.subscribe("1", "/queue/user." + user, "ack:client-individual"));
            for (int left = random().nextInt(LONGEST_VISIT); left > 0 && !stopped(); left--) {
                ServerFrame message = next(client);
                if (message == null || random().nextInt(LONGEST_VISIT) == 0) {
                    // gone without a word, and what came last comes again
                    return;
                }
                acknowledge(client, message);
            }
            if (random().nextBoolean()) {
                client.done(ClientFrame.of("DISCONNECT"));
            }
        }
    }

    /** Reads all that waits; what is still to come when nothing came for a while does not come at all. */
    void drain() {
        try (StompClient client = Transport.TCP.client(gatepost)) {
            client.connect(user, user);
            ledger.connected();
            client.done(ClientFrame.subscribe("1", "/queue/user." + user, "ack:client-individual"));
            for (ServerFrame message = next(client); message != null; message = next(client)) {
                acknowledge(client, message);
            }
        }
    }

    private void acknowledge(StompClient client, ServerFrame message) {
        int number = number(message);
        ServerFrame answer = client.request(ClientFrame.of("ACK", "id:" + message.header("ack")));
        if (!answer.command().equals("RECEIPT")) {
            throw new AssertionError("an ACK was answered with " + answer);
        }
        ledger.settled(number);
    }

    /** @return the next message, or {@code null} when none comes */
    private ServerFrame next(StompClient client) {
        try {
            ServerFrame frame = client.frame(QUIET);
            if (!frame.command().equals("MESSAGE")) {
                throw new AssertionError("instead of a message came " + frame);
            }
            ledger.received(number(frame));
            return frame;
        } catch (AssertionError e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                return null;
            }
            throw e;
        }
    }

    private static int number(ServerFrame message) {
        return Integer.parseInt(message.text().substring(0, message.text().indexOf(' ')));
    }
}
