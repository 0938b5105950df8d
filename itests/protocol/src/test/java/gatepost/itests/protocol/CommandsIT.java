package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.end;
import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.message;
import static gatepost.itests.protocol.Answer.receipt;
import static gatepost.itests.protocol.Version.V1_0;
import static gatepost.itests.protocol.Version.V1_1;
import static gatepost.itests.protocol.Version.V1_2;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands: those that exist and their receipts, and those that do not. */
@ExtendWith(Suite.class)
class CommandsIT {

    private static final String SEND = "SEND\ndestination:/queue/{q}\n";

    @TestFactory
    Stream<DynamicTest> receipts() {
        return Row.table(
                Row.client("of SEND").step(SEND + "receipt:r\n\nhi^@", receipt("r")),
                Row.client("of SEND to a topic").step("SEND\ndestination:/topic/{q}\nreceipt:r\n\nhi^@", receipt("r")),
                Row.client("of SEND that is not persistent")
                        .step(SEND + "persistent:false\nreceipt:r\n\nhi^@", receipt("r")),
                Row.client("of SUBSCRIBE")
                        .step("SUBSCRIBE\nid:s\ndestination:/queue/{q}\nreceipt:r\n\n^@", receipt("r")),
                Row.subscriber("of UNSUBSCRIBE").step("UNSUBSCRIBE\nid:s\nreceipt:r\n\n^@", receipt("r")),
                Row.client("of BEGIN and COMMIT")
                        .step("BEGIN\ntransaction:t\nreceipt:b\n\n^@", receipt("b"))
                        .step("COMMIT\ntransaction:t\nreceipt:c\n\n^@", receipt("c")),
                Row.client("of BEGIN and ABORT")
                        .step("BEGIN\ntransaction:t\nreceipt:b\n\n^@", receipt("b"))
                        .step("ABORT\ntransaction:t\nreceipt:a\n\n^@", receipt("a")),
                Row.client("of DISCONNECT, then the end")
                        .step("DISCONNECT\nreceipt:r\n\n^@", receipt("r"), end(Answer.NORMAL)),
                Row.client("in their order")
                        .step(
                                SEND + "receipt:1\n\nhi^@" + SEND + "\nhi^@" + SEND + "receipt:2\n\nhi^@"
                                        + "DISCONNECT\nreceipt:3\n\n^@",
                                receipt("1"),
                                receipt("2"),
                                receipt("3"),
                                end(Answer.NORMAL)),
                Row.client("before an ERROR")
                        .step(
                                SEND + "receipt:1\n\nhi^@NONSENSE\nreceipt:2\n\n^@",
                                receipt("1"),
                                error("NONSENSE", "receipt-id:2")),
                Row.client("an ERROR without a receipt names none")
                        .step("NONSENSE\n\n^@", error("NONSENSE").without("receipt-id")),
                Row.client("an empty receipt is one").step(SEND + "receipt:\n\nhi^@", receipt("")));
    }

    @TestFactory
    Stream<DynamicTest> theEnd() {
        return Row.table(
                Row.client("DISCONNECT without a receipt").step("DISCONNECT\n\n^@", end(Answer.NORMAL)),
                Row.client("frames behind DISCONNECT are not served")
                        .step(
                                "DISCONNECT\nreceipt:d\n\n^@" + SEND + "receipt:r\n\nhi^@",
                                receipt("d"),
                                end(Answer.NORMAL)),
                Row.client("what is broken behind DISCONNECT says nothing")
                        .step("DISCONNECT\nreceipt:d\n\n^@no frame\n", receipt("d"), end(Answer.NORMAL)));
    }

    @TestFactory
    Stream<DynamicTest> unknownOnes() {
        return Row.table(
                Row.client("one that does not exist")
                        .step("NONSENSE\nreceipt:r\n\n^@", error("NONSENSE", "receipt-id:r")),
                Row.client("SENDX is not SEND")
                        .step("SENDX\ndestination:/queue/{q}\nreceipt:r\n\n^@", error("SENDX", "receipt-id:r")),
                Row.client("SUBSCRIBER is not SUBSCRIBE")
                        .step("SUBSCRIBER\nid:1\ndestination:/queue/{q}\n\n^@", error("SUBSCRIBER")),
                Row.client("DISCONNECTED is not DISCONNECT").step("DISCONNECTED\n\n^@", error("DISCONNECTED")),
                Row.client("a server's MESSAGE").step("MESSAGE\ndestination:/queue/{q}\n\n^@", error("MESSAGE")),
                Row.client("a server's RECEIPT").step("RECEIPT\nreceipt-id:1\n\n^@", error("RECEIPT")),
                Row.client("a server's ERROR").step("ERROR\nmessage:1\n\n^@", error("ERROR")),
                Row.client("a server's CONNECTED").step("CONNECTED\nversion:1.2\n\n^@", error("CONNECTED")),
                Row.client("ActiveMQ's KEEPALIVE").step("KEEPALIVE\n\n^@", error("KEEPALIVE")),
                Row.subscriber("NACK in 1.0")
                        .in(V1_0)
                        .step(SEND + "\nhi^@", message("hi"))
                        .step("NACK\nmessage-id:1\n\n^@", error("NACK")));
    }

    @TestFactory
    Stream<DynamicTest> missingHeaders() {
        return Row.table(
                Row.client("SEND without a destination").step("SEND\n\nhi^@", error("destination")),
                Row.client("SEND with an empty destination").step("SEND\ndestination:\n\nhi^@", error("destination")),
                Row.client("SUBSCRIBE without a destination").step("SUBSCRIBE\nid:s\n\n^@", error("destination")),
                Row.client("SUBSCRIBE without an id")
                        .in(V1_1, V1_2)
                        .step("SUBSCRIBE\ndestination:/queue/{q}\n\n^@", error("id")),
                Row.client("SUBSCRIBE without an id in 1.0")
                        .in(V1_0)
                        .step("SUBSCRIBE\ndestination:/queue/{q}\nreceipt:r\n\n^@", receipt("r"))
                        .step(SEND + "\nhi^@", message("hi").without("subscription"))
                        .step("UNSUBSCRIBE\ndestination:/queue/{q}\nreceipt:u\n\n^@", receipt("u")),
                Row.subscriber("an id that is in use")
                        .step("SUBSCRIBE\nid:s\ndestination:/queue/other\n\n^@", error("s")),
                Row.subscriber("an id that is free again")
                        .step(
                                "UNSUBSCRIBE\nid:s\n\n^@" + "SUBSCRIBE\nid:s\ndestination:/queue/{q}\nreceipt:r\n\n^@",
                                receipt("r")),
                Row.client("UNSUBSCRIBE without an id")
                        .in(V1_1, V1_2)
                        .step("UNSUBSCRIBE\ndestination:/queue/{q}\n\n^@", error("id")),
                Row.client("UNSUBSCRIBE of what is not there").step("UNSUBSCRIBE\nid:x\n\n^@", error("x")),
                Row.client("BEGIN without a transaction").step("BEGIN\n\n^@", error("transaction")),
                Row.client("COMMIT without a transaction").step("COMMIT\n\n^@", error("transaction")),
                Row.client("ABORT without a transaction").step("ABORT\n\n^@", error("transaction")),
                Row.client("ACK without an id").in(V1_2).step("ACK\n\n^@", error("id")),
                Row.client("ACK without a message-id")
                        .in(V1_0, V1_1)
                        .step("ACK\nsubscription:s\n\n^@", error("message-id")),
                Row.client("ACK without a subscription")
                        .in(V1_1)
                        .step("ACK\nmessage-id:m\n\n^@", error("subscription")));
    }
}
