package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.receipt;
import static gatepost.itests.protocol.Answer.unsettled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

/** The three ack modes, in each version's own way to name a message, and what comes back when nothing was acknowledged. */
@ExtendWith(Suite.class)
class AcknowledgementIT {

    /** Work outlives the connection that its message came over: with an ERROR here its client would go round for ever. */
    @TestFactory
    Stream<DynamicTest> whatDoesNotWait() {
        String subscribe = "SUBSCRIBE\nid:s\ndestination:/queue/{q}\nack:client-individual\n\n^@";
        String send = "SEND\ndestination:/queue/{q}\n\nhi^@";
        return Row.table(
                Row.client("ACK of an unknown message")
                        .in(Version.V1_2)
                        .step(subscribe + "ACK\nid:no-such\nreceipt:r\n\n^@", unsettled("r")),
                Row.client("ACK of an unknown message, without a receipt")
                        .in(Version.V1_2)
                        .step(subscribe + "ACK\nid:1-1\n\n^@"),
                Row.client("NACK of an unknown message")
                        .in(Version.V1_2)
                        .step(subscribe + "NACK\nid:no-such\nreceipt:r\n\n^@", unsettled("r")),
                Row.client("ACK of an unknown message")
                        .in(Version.V1_0, Version.V1_1)
                        .step(subscribe + "ACK\nsubscription:s\nmessage-id:no-such\nreceipt:r\n\n^@", unsettled("r")),
                Row.client("NACK of an unknown message")
                        .in(Version.V1_1)
                        .step(subscribe + "NACK\nsubscription:s\nmessage-id:no-such\nreceipt:r\n\n^@", unsettled("r")),
                Row.client("ACK for an unknown subscription")
                        .in(Version.V1_0, Version.V1_1)
                        .step(subscribe + "ACK\nsubscription:x\nmessage-id:no-such\nreceipt:r\n\n^@", unsettled("r")),
                Row.client("ACK with an empty id")
                        .in(Version.V1_2)
                        .step(subscribe + "ACK\nid:\nreceipt:r\n\n^@", error("id")),
                Row.client("ACK of an unknown message in a transaction")
                        .in(Version.V1_2)
                        .step(
                                subscribe + "BEGIN\ntransaction:t\n\n^@ACK\nid:1-1\ntransaction:t\nreceipt:r\n\n^@",
                                unsettled("r"))
                        .step("COMMIT\ntransaction:t\nreceipt:c\n\n^@", receipt("c")),
                Row.client("ACK of an unknown message in an unknown transaction")
                        .in(Version.V1_2)
                        .step(subscribe + "ACK\nid:1-1\ntransaction:t\n\n^@", error("t")),
                Row.client("an ack mode that does not exist")
                        .step("SUBSCRIBE\nid:s\ndestination:/queue/{q}\nack:never\n\n^@" + send, error("ack:never")));
    }

    @ParameterizedTest
    @Each
    void withAutoNothingIsLeftToAcknowledge(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "one");
            client.send(ClientFrame.subscribe("s", queue, "ack:auto"));
            ServerFrame message = client.expect("MESSAGE");

            assertNull(message.header("ack"));
            String id = message.header("message-id").replace(":", version == Version.V1_0 ? ":" : "\\c");
            assertUnsettled(client, ClientFrame.of("ACK", "subscription:s", "message-id:" + id, "id:" + id));
        }
    }

    @ParameterizedTest
    @Each
    void withClientAnAckSpeaksOfAllUpToItsMessage(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "one", "two", "three");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            client.expect("MESSAGE");
            ServerFrame second = client.expect("MESSAGE");
            client.expect("MESSAGE");

            client.done(ack("ACK", version, second));

            assertEquals(List.of("three"), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void withClientIndividualAnAckSpeaksOfItsMessageAlone(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "one", "two", "three");
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            client.expect("MESSAGE");
            ServerFrame second = client.expect("MESSAGE");
            client.expect("MESSAGE");

            client.done(ack("ACK", version, second));

            assertEquals(List.of("one", "three"), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void aMessageIsAcknowledgedOnce(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "one");
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            ServerFrame message = client.expect("MESSAGE");
            client.done(ack("ACK", version, message));

            assertUnsettled(client, ack("ACK", version, message));
            assertEquals(List.of(), Queues.left(client, queue));
        }
    }

    /** The work on a message ends after its connection did, and another message must not be taken for it. */
    @ParameterizedTest
    @Each
    void anAckThatComesOverTheNextConnectionLosesNothing(Transport transport, Version version) {
        String queue;
        ServerFrame late;
        try (StompClient client = client(transport, version)) {
            queue = queueOf(client, "A", "B", "C");
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            ServerFrame first = client.expect("MESSAGE");
            late = client.expect("MESSAGE");
            client.expect("MESSAGE");
            client.done(ack("ACK", version, first));
        }
        try (StompClient client = client(transport, version)) {
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            assertEquals("B", client.expect("MESSAGE").text());
            assertEquals("C", client.expect("MESSAGE").text());

            ServerFrame receipt = client.request(ack("ACK", version, late));

            // before 1.2 a message has one name over all connections, so B it is that was meant
            boolean byMessage = version != Version.V1_2;
            assertEquals(byMessage ? null : "false", receipt.header("gatepost-settled"));
            assertEquals(byMessage ? List.of("C") : List.of("B", "C"), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void anAckAfterUnsubscribeClosesNothing(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "one");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            ServerFrame message = client.expect("MESSAGE");
            assertEquals(List.of("one"), Queues.left(client, queue));

            assertUnsettled(client, ack("ACK", version, message));
        }
    }

    @ParameterizedTest
    @Each
    void anAckOfAnOlderMessageAfterANewerOneClosesNothing(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "one", "two", "three");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            ServerFrame first = client.expect("MESSAGE");
            ServerFrame second = client.expect("MESSAGE");
            client.expect("MESSAGE");
            client.done(ack("ACK", version, second));

            assertUnsettled(client, ack("ACK", version, first));
            assertEquals(List.of("three"), Queues.left(client, queue));
        }
    }

    /** Old clients of PHP send every header of the MESSAGE back. */
    @ParameterizedTest
    @Each
    void anAckMayCarryEveryHeaderOfItsMessage(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "a body of some length");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            ServerFrame message = client.expect("MESSAGE");

            client.done(ack("ACK", version, message).with(message.lines().toArray(String[]::new)));
            assertEquals(List.of(), Queues.left(client, queue));
        }
    }

    /** The ERROR comes once the broker has taken everything back, and not before. */
    @ParameterizedTest
    @Each
    void whoComesBackRightAfterAnErrorGetsEverythingInItsOrder(Transport transport, Version version) {
        List<String> all = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        String queue;
        try (StompClient client = client(transport, version)) {
            queue = queueOf(client, all.toArray(String[]::new));
        }
        for (int n = 0; n < 10; n++) {
            try (StompClient client = client(transport, version)) {
                client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
                assertEquals(
                        all,
                        all.stream().map(any -> client.expect("MESSAGE").text()).toList());
                client.send("NONSENSE\n\n\0");
                client.expect("ERROR");
            }
        }
    }

    @ParameterizedTest
    @Each
    void whatIsNotAcknowledgedComesAgainAndSaysSo(Transport transport, Version version) {
        String queue;
        try (StompClient client = client(transport, version)) {
            queue = queueOf(client, "one", "two");
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            ServerFrame first = client.expect("MESSAGE");
            assertNull(first.header("redelivered"));
            assertEquals(version == Version.V1_2, first.header("ack") != null, "only 1.2 has an ack header");
            client.done(ack("ACK", version, first));
        }
        try (StompClient client = client(transport, version)) {
            client.send(ClientFrame.subscribe("s", queue));
            ServerFrame again = client.expect("MESSAGE");
            assertEquals("two", again.text());
            assertEquals("true", again.header("redelivered"));
        }
    }

    @ParameterizedTest
    @Each
    void anUnsubscribeGivesBackWhatWasNotAcknowledged(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "one", "two");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            client.expect("MESSAGE");
            client.expect("MESSAGE");

            assertEquals(List.of("one", "two"), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void aNackMovesTheMessageToTheDeadLetterQueueThatOnlyAdminsRead(Transport transport, Version version) {
        if (version == Version.V1_0) {
            return; // has no NACK, see CommandsIT
        }
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client, "bad", "good");
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            ServerFrame message = client.expect("MESSAGE");
            assertEquals("good", client.expect("MESSAGE").text());
            client.done(ack("NACK", version, message));
            assertEquals(List.of("good"), Queues.left(client, queue));

            client.send(ClientFrame.subscribe("d", "/queue/ActiveMQ.DLQ"));
            ServerFrame dead = client.expect("MESSAGE");
            assertEquals("bad", dead.text());
            assertEquals(queue, dead.header("original-destination"));
        }
        try (StompClient alice = transport.client(Suite.gatepost())) {
            alice.connect("alice", "alice");
            alice.send(ClientFrame.subscribe("d", "/queue/ActiveMQ.DLQ"));
            error(Answer.POLICY, "ActiveMQ.DLQ").check(alice, text -> text);
        }
    }

    @ParameterizedTest
    @Each
    void eachAckMakesRoomForMore(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = queueOf(client);
            for (int i = 0; i < 20; i++) {
                client.send(ClientFrame.send(queue, "x".repeat(200_000)));
            }
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            for (int i = 0; i < 20; i++) {
                client.send(ack("ACK", version, client.expect("MESSAGE")));
            }
            assertEquals(List.of(), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void ackModesMayDifferOnOneConnection(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String automatic = queueOf(client, "one");
            String individual = queueOf(client, "two");
            client.send(ClientFrame.subscribe("a", automatic));
            client.expect("MESSAGE");
            client.send(ClientFrame.subscribe("i", individual, "ack:client-individual"));
            ServerFrame two = client.expect("MESSAGE");
            assertEquals("i", two.header("subscription"));
            client.done(new Acknowledgement(version, "i").frame("ACK", two));
            assertNotNull(two.header("message-id"));
            assertTrue(Queues.left(client, individual, "i").isEmpty());
        }
    }

    private static void assertUnsettled(StompClient client, ClientFrame frame) {
        ServerFrame receipt = client.request(frame);
        assertEquals("RECEIPT", receipt.command(), receipt::toString);
        assertEquals("false", receipt.header("gatepost-settled"));
    }

    private static StompClient client(Transport transport, Version version) {
        return version.signedIn(transport, transport.port(Suite.gatepost()));
    }

    private static String queueOf(StompClient client, String... bodies) {
        return Queues.holding(client, bodies);
    }

    private static ClientFrame ack(String command, Version version, ServerFrame message) {
        return new Acknowledgement(version, "s").frame(command, message);
    }
}
