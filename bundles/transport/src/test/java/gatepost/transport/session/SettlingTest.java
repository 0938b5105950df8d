package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Client;
import gatepost.contracts.Durability;
import gatepost.transport.Options;
import gatepost.transport.frame.Frame;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.TransactionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ACK and NACK settle something, and what their receipts say. */
class SettlingTest {

    /** A version and its way to name a message. */
    enum Version {
        V1_0("1.0"),
        V1_1("1.1"),
        V1_2("1.2");

        private final String number;

        Version(String number) {
            this.number = number;
        }

        Map<String, String> naming(Map<String, String> message) {
            return this == V1_2
                    ? Map.of("id", message.get("ack"))
                    : Map.of("message-id", message.get("message-id"), "subscription", "s");
        }
    }

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final TransportMetrics metrics = new TransportMetrics(new OpenSockets());
    private final StompTransport transport = new StompTransport(
            channel,
            "test",
            new Client(Optional.empty(), List.of()),
            Options.with("transaction.size.max", 100_000),
            new SharedResources(pool::add, pool::add, metrics, new UserShares(channel.eventLoop())),
            (send, receive) -> {});
    private final StandInBroker broker = new StandInBroker(transport);
    private final List<Map<String, String>> answers = new ArrayList<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @EnumSource
    void anAckOfWhatWaitsSettlesItAndNothingIsSaidOfThat(Version version) throws Exception {
        Map<String, String> message = received(version, "client-individual");
        send("ACK", version.naming(message), "receipt", "r");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r")), answers);
        assertEquals(1, broker.commands(MessageAck.class).size());
        assertUnsettled(0);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondAckSettlesNothing(Version version) throws Exception {
        Map<String, String> message = received(version, "client");
        send("ACK", version.naming(message));
        send("ACK", version.naming(message), "receipt", "r");
        send("ACK", version.naming(message));

        assertEquals(List.of(unsettled("r")), answers);
        assertEquals(1, broker.commands(MessageAck.class).size());
        assertUnsettled(2);
    }

    @ParameterizedTest
    @EnumSource
    void anAckAfterUnsubscribeSettlesNothing(Version version) throws Exception {
        Map<String, String> message = received(version, "client");
        send("UNSUBSCRIBE", Map.of("id", "s"));
        send("ACK", version.naming(message), "receipt", "r");

        assertEquals(List.of(unsettled("r")), answers);
        assertEquals(List.of(), broker.commands(MessageAck.class));
        assertUnsettled(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAckOfAnOlderMessageAfterANewerOneSettlesNothing(Version version) throws Exception {
        Map<String, String> older = received(version, "client");
        send("SEND", Map.of("destination", "/queue/a"));
        Map<String, String> newer = answers.remove(0);
        send("ACK", version.naming(newer), "receipt", "1");
        send("ACK", version.naming(older), "receipt", "2");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "1"), unsettled("2")), answers);
        assertEquals(1, broker.commands(MessageAck.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "NACK"})
    void whatNeverWaitedHereSettlesNothingInsideATransactionEither(String command) throws Exception {
        received(Version.V1_2, "client-individual");
        send("BEGIN", Map.of("transaction", "t"));
        send(command, Map.of("id", "1-2", "transaction", "t"), "receipt", "r");
        send("COMMIT", Map.of("transaction", "t"), "receipt", "c");

        assertEquals(List.of(unsettled("r"), Map.of("", "RECEIPT", "receipt-id", "c")), answers);
        assertEquals(List.of(), broker.commands(MessageAck.class));
        assertUnsettled(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK", "NACK"})
    void aMissingIdIsAnError(String command) throws Exception {
        received(Version.V1_2, "client");
        send(command, Map.of("id", ""), "receipt", "r");

        assertEquals("ERROR", answers.get(0).get(""));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_1", "V1_2"})
    void aNackThatIsToPutItsMessageBackIsRefused(Version version) throws Exception {
        Map<String, String> message = received(version, "client");
        send("NACK", version.naming(message), "requeue", "true");

        assertEquals("ERROR", answers.get(0).get(""));
        assertEquals(List.of(), broker.commands(MessageAck.class));
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_1", "V1_2"})
    void aNackInATransactionIsForgottenWhenItsSubscriptionEnds(Version version) throws Exception {
        Map<String, String> message = received(version, "client-individual");
        send("BEGIN", Map.of("transaction", "t"));
        Map<String, String> nack = new HashMap<>(version.naming(message));
        nack.put("transaction", "t");
        send("NACK", nack);
        send("UNSUBSCRIBE", Map.of("id", "s"));
        send("COMMIT", Map.of("transaction", "t"), "receipt", "c");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "c")), answers);
        assertEquals(2, broker.commands(TransactionInfo.class).size());
        assertEquals(List.of(), broker.commands(MessageAck.class), "the broker has no such subscription any more");
    }

    /** What waits in the queue is dispatched while the broker makes the subscription. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theReceiptOfASubscribeComesBeforeItsMessages(boolean receipt) throws Exception {
        connect(Version.V1_2);
        broker.waits("1", "2");
        Map<String, String> subscribe = Map.of("id", "s", "destination", "/queue/a", "ack", "client");
        if (receipt) {
            send("SUBSCRIBE", subscribe, "receipt", "r");
            assertEquals(Map.of("", "RECEIPT", "receipt-id", "r"), answers.remove(0));
        } else {
            send("SUBSCRIBE", subscribe);
        }
        assertEquals(
                List.of("1", "2"),
                answers.stream().map(answer -> answer.get("name")).toList());

        send("SEND", Map.of("destination", "/queue/a", "name", "3"));
        assertEquals("3", answers.get(2).get("name"));
    }

    /** The receipts of earlier messages, which are on their way to the disk, come first. */
    @ParameterizedTest
    @ValueSource(strings = {"client", "auto"})
    void messagesWaitAsLongAsTheReceiptOfTheirSubscribeDoes(String ack) throws Exception {
        connect(Version.V1_2);
        Durability disk = broker.slowDisk();
        send("SEND", Map.of("destination", "/topic/a"), "receipt", "1");
        broker.waits("1");
        send("SUBSCRIBE", Map.of("id", "s", "destination", "/queue/a", "ack", ack), "receipt", "2");
        assertEquals(List.of(), answers);

        disk.safe();
        turn();
        assertEquals(
                List.of("RECEIPT", "RECEIPT", "MESSAGE"),
                answers.stream().map(answer -> answer.get("")).toList());
    }

    private Map<String, String> received(Version version, String ack) throws Exception {
        connect(version);
        send("SUBSCRIBE", Map.of("id", "s", "destination", "/queue/a", "ack", ack));
        send("SEND", Map.of("destination", "/queue/a"));
        return answers.remove(0);
    }

    private void connect(Version version) throws Exception {
        transport.setTransportListener(broker);
        transport.start();
        send(
                "CONNECT",
                version == Version.V1_0
                        ? Map.of("login", "alice")
                        : Map.of("login", "alice", "accept-version", version.number, "host", "h"));
        assertEquals("CONNECTED", answers.remove(0).get(""));
    }

    private void send(String command, Map<String, String> headers, String... more) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        if (more.length > 0) {
            all.put(more[0], more[1]);
        }
        transport.received(new Frame(command, all, new byte[0]));
        transport.readComplete(0);
        turn();
    }

    private void turn() {
        do {
            while (!pool.isEmpty()) {
                pool.remove().run();
            }
            channel.runPendingTasks();
        } while (!pool.isEmpty());
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf buffer) {
                answers.add(parsed(buffer.toString(StandardCharsets.UTF_8)));
                buffer.release();
            }
        }
    }

    /** @return the headers, and the command under the name "" */
    private static Map<String, String> parsed(String frame) {
        String[] lines = frame.substring(0, frame.indexOf("\n\n")).split("\n");
        Map<String, String> headers = new HashMap<>(Map.of("", lines[0]));
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.put(parts[0], parts[1].replace("\\c", ":"));
        }
        return headers;
    }

    private static Map<String, String> unsettled(String receipt) {
        return Map.of("", "RECEIPT", "receipt-id", receipt, "gatepost-settled", "false");
    }

    private void assertUnsettled(int expected) {
        String text = metrics.scrape().toString();
        double counted = metrics.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals("gatepost_acknowledgements_unsettled"))
                .flatMap(metric -> metric.getDataPoints().stream())
                .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
                .sum();
        assertEquals(expected, (int) counted, text);
        assertTrue(transport.isSignedIn());
    }
}
