package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.message;
import static gatepost.itests.protocol.Answer.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sends and acknowledgements that take effect together or not at all. */
@ExtendWith(Suite.class)
class TransactionIT {

    private static final String BEGIN = "BEGIN\ntransaction:t\n\n^@";
    private static final String COMMIT = "COMMIT\ntransaction:t\nreceipt:c\n\n^@";
    private static final String ABORT = "ABORT\ntransaction:t\nreceipt:a\n\n^@";
    private static final String SEND = "SEND\ndestination:/queue/{q}\n";

    private static final String LARGE = SEND + "transaction:t\n\n" + "x".repeat(4_000_000) + "^@";

    @TestFactory
    Stream<DynamicTest> sends() {
        return Row.table(
                Row.subscriber("nothing is seen before COMMIT, and then all, in order")
                        .step(
                                BEGIN + SEND + "transaction:t\n\n1^@" + SEND + "transaction:t\n\n2^@" + SEND
                                        + "\noutside^@",
                                message("outside"))
                        .step("COMMIT\ntransaction:t\n\n^@", message("1"), message("2")),
                Row.subscriber("nothing is seen after ABORT")
                        .step(BEGIN + SEND + "transaction:t\nreceipt:s\n\n1^@", receipt("s"))
                        .step(ABORT, receipt("a"))
                        .step(SEND + "\nafter^@", message("after")),
                Row.subscriber("two transactions side by side")
                        .step(
                                "BEGIN\ntransaction:x\n\n^@BEGIN\ntransaction:y\n\n^@" + SEND + "transaction:x\n\nx^@"
                                        + SEND
                                        + "transaction:y\n\ny^@ABORT\ntransaction:x\n\n^@COMMIT\ntransaction:y\n\n^@",
                                message("y")),
                Row.subscriber("a name may be used again")
                        .step(BEGIN + COMMIT, receipt("c"))
                        .step(BEGIN + SEND + "transaction:t\n\nhi^@COMMIT\ntransaction:t\n\n^@", message("hi")));
    }

    @TestFactory
    Stream<DynamicTest> whatDoesNotExist() {
        return Row.table(
                Row.client("COMMIT of an unknown transaction").step("COMMIT\ntransaction:x\n\n^@", error("x")),
                Row.client("ABORT of an unknown transaction").step("ABORT\ntransaction:x\n\n^@", error("x")),
                Row.client("SEND in an unknown transaction").step(SEND + "transaction:x\n\nhi^@", error("x")),
                Row.client("BEGIN twice")
                        .step(BEGIN + "BEGIN\ntransaction:t\nreceipt:2\n\n^@", error("t", "receipt-id:2")),
                Row.client("COMMIT twice").step(BEGIN + COMMIT + COMMIT, receipt("c"), error("t")),
                Row.client("more than a transaction may hold")
                        .in(Version.V1_2)
                        .step(BEGIN)
                        .step(LARGE)
                        .step(LARGE)
                        .step(LARGE)
                        .step(LARGE)
                        .step(LARGE, error(Answer.TOO_LARGE, "16777216")));
    }

    @ParameterizedTest
    @Each
    void whatWasAcknowledgedIsGivenBackByAbort(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = Queues.holding(client, "one");
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            ServerFrame message = client.expect("MESSAGE");
            ClientFrame ack = new Acknowledgement(version, "s").frame("ACK", message);
            client.send(ClientFrame.of("BEGIN", "transaction:t"));
            client.done(ack.with("transaction:t"));
            client.done(ClientFrame.of("ABORT", "transaction:t"));

            // the client has the message still, and may acknowledge it for good
            client.done(ack);

            assertEquals(List.of(), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void whatWasAcknowledgedIsGoneAfterCommit(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = Queues.holding(client, "one", "two");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            client.expect("MESSAGE");
            ServerFrame second = client.expect("MESSAGE");
            client.send(ClientFrame.of("BEGIN", "transaction:t"));
            client.done(new Acknowledgement(version, "s").frame("ACK", second).with("transaction:t"));
            client.done(ClientFrame.of("COMMIT", "transaction:t"));

            assertEquals(List.of(), Queues.left(client, queue));
        }
    }

    /** The window of ack mode client is 1,000 messages. */
    @ParameterizedTest
    @EnumSource
    void whatATransactionAcknowledgesMakesRoomForMoreBeforeItsEnd(Transport transport) {
        try (StompClient client = client(transport, Version.V1_2)) {
            String queue = "/queue/" + Suite.name();
            for (int i = 1; i <= 1_200; i++) {
                client.send(ClientFrame.send(queue, "" + i));
            }
            client.done(ClientFrame.send(queue, "end"));
            client.send(ClientFrame.of("BEGIN", "transaction:t"));
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            Acknowledgement acknowledgement = new Acknowledgement(Version.V1_2, "s");
            ServerFrame last = null;
            for (int i = 1; i <= 1_200; i++) {
                last = client.expect("MESSAGE");
                assertEquals("" + i, last.text());
                if (i % 100 == 0) {
                    client.send(acknowledgement.frame("ACK", last).with("transaction:t"));
                }
            }
            assertEquals("end", client.expect("MESSAGE").text());
            client.done(ClientFrame.of("ABORT", "transaction:t"));

            // the client has them all still, in their order
            client.done(acknowledgement.frame("ACK", last));
            assertEquals(List.of("end"), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void transactionsThatEndInAnyOrderLoseNothing(Transport transport, Version version) {
        try (StompClient client = client(transport, version)) {
            String queue = Queues.holding(client, "one", "two", "three", "four");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            Acknowledgement acknowledgement = new Acknowledgement(version, "s");
            List<ServerFrame> messages =
                    Stream.generate(() -> client.expect("MESSAGE")).limit(4).toList();
            client.send(ClientFrame.of("BEGIN", "transaction:a"));
            client.send(ClientFrame.of("BEGIN", "transaction:b"));
            client.done(acknowledgement.frame("ACK", messages.get(0)).with("transaction:a"));
            client.done(acknowledgement.frame("ACK", messages.get(1)).with("transaction:b"));
            client.done(ClientFrame.of("ABORT", "transaction:a"));

            // speaks of one and three; two is the other transaction's
            client.done(acknowledgement.frame("ACK", messages.get(2)));
            client.done(ClientFrame.of("ABORT", "transaction:b"));

            assertEquals(List.of("two", "four"), Queues.left(client, queue));
        }
    }

    @ParameterizedTest
    @Each
    void whatIsLeftOpenIsRolledBackWhenTheConnectionIsLost(Transport transport, Version version) {
        leftOpen(transport, version, StompClient::close);
    }

    @ParameterizedTest
    @Each
    void whatIsLeftOpenIsRolledBackByDisconnect(Transport transport, Version version) {
        leftOpen(transport, version, client -> client.done(ClientFrame.of("DISCONNECT")));
    }

    @ParameterizedTest
    @Each
    void whatIsLeftOpenIsRolledBackByAnError(Transport transport, Version version) {
        leftOpen(transport, version, client -> {
            client.send("NONSENSE\n\n\0");
            error("NONSENSE").check(client, text -> text);
        });
    }

    @ParameterizedTest
    @Each
    void aNackTakesEffectAtCommit(Transport transport, Version version) {
        if (version == Version.V1_0) {
            return; // has no NACK, see CommandsIT
        }
        try (StompClient client = client(transport, version)) {
            String queue = Queues.holding(client, "aborted", "committed");
            client.send(ClientFrame.subscribe("s", queue, "ack:client-individual"));
            Acknowledgement acknowledgement = new Acknowledgement(version, "s");
            ServerFrame first = client.expect("MESSAGE");
            ServerFrame second = client.expect("MESSAGE");
            client.send(ClientFrame.of("BEGIN", "transaction:a"));
            client.send(ClientFrame.of("BEGIN", "transaction:c"));
            client.done(acknowledgement.frame("NACK", first).with("transaction:a"));
            client.done(acknowledgement.frame("NACK", second).with("transaction:c"));
            client.done(ClientFrame.of("ABORT", "transaction:a"));
            client.done(ClientFrame.of("COMMIT", "transaction:c"));

            assertEquals(List.of("aborted"), Queues.left(client, queue));
            assertEquals(List.of("committed"), Queues.content("/queue/ActiveMQ.DLQ"));
        }
    }

    private interface Ending {
        void end(StompClient client);
    }

    private static void leftOpen(Transport transport, Version version, Ending ending) {
        String queue;
        try (StompClient client = client(transport, version)) {
            queue = Queues.holding(client, "one", "two");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            client.expect("MESSAGE");
            ServerFrame second = client.expect("MESSAGE");
            client.send(ClientFrame.of("BEGIN", "transaction:t"));
            client.done(ClientFrame.send(queue, "three", "transaction:t"));
            client.done(new Acknowledgement(version, "s").frame("ACK", second).with("transaction:t"));
            ending.end(client);
        }
        assertEquals(List.of("one", "two"), Queues.givenBack(queue, 2));
    }

    private static StompClient client(Transport transport, Version version) {
        return version.signedIn(transport, transport.port(Suite.gatepost()));
    }
}
