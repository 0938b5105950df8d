package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.message;
import static gatepost.itests.protocol.Answer.receipt;
import static gatepost.itests.protocol.Version.V1_0;
import static gatepost.itests.protocol.Version.V1_1;
import static gatepost.itests.protocol.Version.V1_2;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stands in headers, and what does not pass. */
@ExtendWith(Suite.class)
class HeadersIT {

    private static final String SEND = "SEND\ndestination:/queue/{q}\n";

    @TestFactory
    Stream<DynamicTest> escapes() {
        return Row.table(
                Row.subscriber("1.0 has no escapes, in or out")
                        .in(V1_0)
                        .step(SEND + "a:\\c\\n\\x:\\\n\nhi^@", message("hi", "a:\\c\\n\\x:\\")),
                Row.subscriber("colon, line feed and backslash")
                        .in(V1_1, V1_2)
                        .step(SEND + "a:x\\cy\\nz\\\\n\n\nhi^@", message("hi", "a:x\\cy\\nz\\\\n")),
                Row.subscriber("carriage return in 1.2")
                        .in(V1_2)
                        .step(SEND + "a:x\\ry\n\nhi^@", message("hi", "a:x\\ry")),
                Row.client("carriage return in 1.1").in(V1_1).step(SEND + "a:x\\ry\n\nhi^@", error("escape")),
                Row.client("an escape that no version has")
                        .in(V1_1, V1_2)
                        .step(SEND + "a:x\\ty\n\nhi^@", error("escape")),
                Row.client("a backslash at the end").in(V1_1, V1_2).step(SEND + "a:x\\\n\nhi^@", error("escape")),
                Row.subscriber("a colon in a value comes out escaped")
                        .in(V1_1, V1_2)
                        .step(SEND + "a:x:y\n\nhi^@", message("hi", "a:x\\cy")),
                Row.subscriber("escapes in a name")
                        .in(V1_1, V1_2)
                        .step(SEND + "a\\cb:1\n\nhi^@", message("hi", "a\\cb:1")),
                Row.client("a receipt comes back as it was")
                        .in(V1_1, V1_2)
                        .step(SEND + "receipt:a\\cb\\\\c\n\nhi^@", receipt("a\\cb\\\\c")),
                Row.client("an ERROR's receipt-id comes back as it was")
                        .in(V1_1, V1_2)
                        .step("NONSENSE\nreceipt:a\\cb\n\n^@", error("NONSENSE", "receipt-id:a\\cb")),
                Row.subscriber("names and values in UTF-8")
                        .step(
                                SEND + "\u00fcber:\u20ac\uD83D\uDE00\n\nhi^@",
                                message("hi", "\u00fcber:\u20ac\uD83D\uDE00")),
                Row.client("a header that is not UTF-8")
                        .step(
                                new byte[] {'S', 'E', 'N', 'D', '\n', 'a', ':', (byte) 0xc3, '\n', '\n', 0},
                                error("UTF-8")),
                Row.subscriber("white space is trimmed in 1.0")
                        .in(V1_0)
                        .step("SEND\ndestination : /queue/{q}\na : b \n\nhi^@", message("hi", "a:b")),
                Row.subscriber("white space belongs to values")
                        .in(V1_1, V1_2)
                        .step(SEND + "a: b \n\nhi^@", message("hi", "a: b ")),
                Row.subscriber("a value may be empty").in(V1_1, V1_2).step(SEND + "a:\n\nhi^@", message("hi", "a:")),
                Row.subscriber("an empty value is not sent in 1.0")
                        .in(V1_0)
                        .step(
                                SEND + "a:\nb: \nc:1\n\nhi^@",
                                message("hi", "c:1").without("a", "b")));
    }

    @TestFactory
    Stream<DynamicTest> whatALaterVersionWroteReachesAnEarlierOne() {
        return Stream.of(Transport.values())
                .map(transport -> DynamicTest.dynamicTest("[" + transport + "]", () -> {
                    String queue = "/queue/" + Suite.name();
                    int port = transport.port(Suite.gatepost());
                    try (StompClient old = V1_0.signedIn(transport, port);
                            StompClient middle = V1_1.signedIn(transport, port);
                            StompClient recent = V1_2.signedIn(transport, port)) {
                        recent.done(ClientFrame.send(queue, "1", "a:1\\n2\\r3\\c4\\\\5"));
                        recent.done(ClientFrame.send(queue, "2", "a:1\\n2\\r3\\c4\\\\5"));
                        recent.done(ClientFrame.send(queue, "3", "a:1\\n2\\r3\\c4\\\\5"));
                        recent.done(ClientFrame.send(
                                queue,
                                "names",
                                "message-id\\cx:forged",
                                "message-id :forged",
                                "message-id\\r:forged",
                                "empty:",
                                "kept:1"));
                        // what a version cannot express becomes a space: nobody can slip a header into another's frame
                        for (StompClient client : List.of(old, middle, recent)) {
                            client.send(ClientFrame.subscribe("s", queue, "ack:client", "activemq.prefetchSize:1"));
                            ServerFrame message = client.expect("MESSAGE");
                            String line = client == old
                                    ? "a:1 2 3:4\\5"
                                    : client == middle ? "a:1\\n2 3\\c4\\\\5" : "a:1\\n2\\r3\\c4\\\\5";
                            Assertions.assertTrue(message.lines().contains(line), message::toString);
                        }
                        // no name may pass for one that only the server writes, and nothing is empty, which ruby-stomp
                        // cannot read
                        old.done(ClientFrame.subscribe("n", queue));
                        middle.done(ClientFrame.of("UNSUBSCRIBE", "id:s"));
                        recent.done(ClientFrame.of("UNSUBSCRIBE", "id:s"));
                        ServerFrame names = old.expect("MESSAGE");
                        while (!names.text().equals("names")) {
                            names = old.expect("MESSAGE");
                        }
                        Assertions.assertTrue(names.lines().contains("kept:1"), names::toString);
                        Assertions.assertEquals(
                                1,
                                names.lines().stream()
                                        .filter(line -> line.startsWith("message-id"))
                                        .count(),
                                names::toString);
                        Assertions.assertNull(names.header("empty"));
                    }
                    Suite.bystandersWork();
                }));
    }

    @TestFactory
    Stream<DynamicTest> repetitions() {
        return Row.table(
                Row.subscriber("the first of a repeated header counts")
                        .step(SEND + "a:1\na:2\n\nhi^@", message("hi", "a:1")),
                Row.subscriber("the first destination counts")
                        .step(SEND + "destination:/queue/other\n\nhi^@", message("hi", "destination:/queue/{q}")),
                Row.client("the first receipt counts").step(SEND + "receipt:1\nreceipt:2\n\nhi^@", receipt("1")),
                Row.subscriber("the first counts where one is escaped")
                        .in(V1_1, V1_2)
                        .step(SEND + "a\\cb:1\na\\cb:2\n\nhi^@", message("hi", "a\\cb:1")));
    }

    @TestFactory
    Stream<DynamicTest> ofMessages() {
        return Row.table(
                Row.subscriber("a SEND to a queue is persistent")
                        .step(SEND + "\nhi^@", message("hi", "persistent:true")),
                Row.subscriber("unless it says otherwise")
                        .step(SEND + "persistent:false\n\nhi^@", message("hi").without("persistent")),
                Row.subscriber("what a client says of itself reaches the receiver")
                        .step(
                                SEND + "content-type:text/plain\ncorrelation-id:c\ntype:t\npriority:7\nx-y:z\n"
                                        + "expires:9999999999999\n"
                                        + "\nhi^@",
                                message(
                                        "hi",
                                        "content-type:text/plain",
                                        "correlation-id:c",
                                        "type:t",
                                        "priority:7",
                                        "x-y:z",
                                        "expires:9999999999999")),
                Row.subscriber("the trace that it belongs to, as it was written")
                        .step(
                                SEND + "traceparent:00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
                                        + "tracestate:rojo=00f067aa0ba902b7,congo=t61rcWkgMzE\n\nhi^@",
                                message(
                                        "hi",
                                        "traceparent:00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                        "tracestate:rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"))
                        .step(SEND + "traceparent:nonsense\n\nhi^@", message("hi", "traceparent:nonsense")),
                Row.subscriber("what only the server says is its own")
                        .step(
                                SEND
                                        + "message-id:mine\nsubscription:mine\nredelivered:true\nack:mine\nreceipt-id:mine\n"
                                        + "browser:end\n"
                                        + "original-destination:/queue/mine\nJMSXUserID:mine\nJMSXDeliveryCount:7\n\nhi^@",
                                message("hi", "subscription:s")
                                        .without(
                                                "redelivered",
                                                "ack",
                                                "browser",
                                                "original-destination",
                                                "JMSXUserID",
                                                "JMSXDeliveryCount")),
                Row.subscriber("a message that has expired already")
                        .step(SEND + "expires:1\n\nold^@" + SEND + "\nnew^@", message("new")),
                Row.subscriber("Python's True is true")
                        .step(SEND + "persistent:True\n\nhi^@", message("hi", "persistent:true"))
                        .step(SEND + "persistent:False\n\nhi^@", message("hi").without("persistent")),
                Row.subscriber("numbers where every number is a float")
                        .step(
                                SEND + "priority:7.0\nexpires:9999999999999.25\n\nhi^@",
                                message("hi", "priority:7", "expires:9999999999999"))
                        .step(SEND + "expires:1.0E13\n\nhi^@", message("hi", "expires:10000000000000")),
                Row.client("what would have to be scheduled")
                        .step(
                                SEND + "AMQ_SCHEDULED_DELAY:1000\nreceipt:1\n\nhi^@",
                                error(Answer.POLICY, "AMQ_SCHEDULED_DELAY", "receipt-id:1")),
                Row.client("what would have to be repeated")
                        .step(
                                SEND + "AMQ_SCHEDULED_CRON:* * * * *\n\nhi^@",
                                error(Answer.POLICY, "AMQ_SCHEDULED_CRON")),
                Row.client("persistent, a value that is none")
                        .step(SEND + "persistent:yes\n\nhi^@", error("persistent")),
                Row.client("priority, a value that is none").step(SEND + "priority:high\n\nhi^@", error("priority")),
                Row.client("priority, out of its range").step(SEND + "priority:10\n\nhi^@", error("priority")),
                Row.client("expires, a value that is none").step(SEND + "expires:soon\n\nhi^@", error("expires")),
                Row.client("expires, negative").step(SEND + "expires:-1\n\nhi^@", error("expires")),
                Row.client("an error of a header names it and its value")
                        .step(SEND + "receipt:1\npriority:high\n\nhi^@", error("priority:high", "receipt-id:1")));
    }
}
