package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.message;
import static gatepost.itests.protocol.Answer.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

/** How clients name destinations, and temporary ones for replies. */
@ExtendWith(Suite.class)
class DestinationIT {

    @TestFactory
    Stream<DynamicTest> names() {
        return Row.table(
                Row.subscriber("a bare name is a queue")
                        .step("SEND\ndestination:{q}\n\nhi^@", message("hi", "destination:/queue/{q}")),
                Row.subscriber("/queue/NAME")
                        .step("SEND\ndestination:/queue/{q}\n\nhi^@", message("hi", "destination:/queue/{q}")),
                Row.subscriber("queue://NAME")
                        .step("SEND\ndestination:queue://{q}\n\nhi^@", message("hi", "destination:/queue/{q}")),
                Row.client("/topic/NAME")
                        .step(
                                "SUBSCRIBE\nid:s\ndestination:/topic/{q}\n\n^@SEND\ndestination:topic://{q}\n\nhi^@",
                                message("hi", "destination:/topic/{q}").without("persistent")),
                Row.client("SUBSCRIBE to a bare name")
                        .step(
                                "SUBSCRIBE\nid:s\ndestination:{q}\n\n^@SEND\ndestination:/queue/{q}\n\nhi^@",
                                message("hi")),
                Row.subscriber("a queue and a topic of one name are two")
                        .step(
                                "SEND\ndestination:/topic/{q}\n\nhi^@SEND\ndestination:/queue/{q}\n\nho^@",
                                message("ho")),
                Row.subscriber("a name with segments, dashes and signs")
                        .step(
                                "SUBSCRIBE\nid:2\ndestination:/queue/{q}.bob@example.com_x-1\n\n^@"
                                        + "SEND\ndestination:/queue/{q}.bob@example.com_x-1\n\nhi^@",
                                message("hi", "subscription:2")),
                Row.client("SUBSCRIBE with a wildcard")
                        .step(
                                "SUBSCRIBE\nid:s\ndestination:/queue/{q}.>\n\n^@SEND\ndestination:/queue/{q}.a.b\n\nhi^@",
                                message("hi", "destination:/queue/{q}.a.b")));
    }

    @TestFactory
    Stream<DynamicTest> whatNamesNothing() {
        return Row.table(
                Row.client("an unknown prefix").step("SEND\ndestination:/exchange/{q}\n\nhi^@", error("/exchange/{q}")),
                Row.client("an unknown scheme").step("SEND\ndestination:mailto://{q}\n\nhi^@", error("mailto://{q}")),
                Row.client("an unknown prefix in SUBSCRIBE")
                        .step("SUBSCRIBE\nid:s\ndestination:/exchange/{q}\n\n^@", error("/exchange/{q}")),
                Row.client("no name behind the prefix").step("SEND\ndestination:/queue/\n\nhi^@", error("/queue/")),
                Row.client("no name behind the scheme").step("SEND\ndestination:queue://\n\nhi^@", error("queue://")),
                Row.client("options and no name").step("SEND\ndestination:/queue/?a=b\n\nhi^@", error("/queue/?a=b")),
                Row.client("a slash alone").step("SEND\ndestination:/\n\nhi^@", error("/")),
                Row.client("a space in the name").step("SEND\ndestination:/queue/{q} x\n\nhi^@", error("{q}")),
                Row.client("a line feed in the name")
                        .in(Version.V1_2)
                        .step("SEND\ndestination:/queue/{q}\\nx\n\nhi^@", error("{q}")),
                Row.client("SEND to a wildcard")
                        .step("SEND\ndestination:/queue/{q}.>\n\nhi^@", error(Answer.POLICY, "{q}.>")),
                Row.client("an empty part").step("SEND\ndestination:/queue/{q},\n\nhi^@", error("{q},")),
                Row.subscriber("reply-to is the application's text")
                        .step(
                                "SEND\ndestination:/queue/{q}\nreply-to:/exchange/x\n\nhi^@",
                                message("hi", "reply-to:/exchange/x"))
                        .step(
                                "SEND\ndestination:/queue/{q}\nreply-to:a@b.c,d@e\n\nhi^@",
                                message("hi", "reply-to:a@b.c,d@e"))
                        .step(
                                "SEND\ndestination:/queue/{q}\nreply-to:whom you like\n\nhi^@",
                                message("hi", "reply-to:whom you like"))
                        .step("SEND\ndestination:/queue/{q}\nreply-to:{q}\n\nhi^@", message("hi", "reply-to:{q}"))
                        .step(
                                "SEND\ndestination:/queue/{q}\nreply-to:/queue/{q}?a=b\n\nhi^@",
                                message("hi", "reply-to:/queue/{q}?a=b")));
    }

    @TestFactory
    Stream<DynamicTest> several() {
        return Row.table(Row.client("each of them gets it")
                .step("SEND\ndestination:/queue/{q}.1,{q}.2,/topic/{q}\nreceipt:r\n\nhi^@", receipt("r"))
                .step("SUBSCRIBE\nid:1\ndestination:/queue/{q}.1\n\n^@", message("hi", "destination:/queue/{q}.1"))
                .step("SUBSCRIBE\nid:2\ndestination:/queue/{q}.2\n\n^@", message("hi", "destination:/queue/{q}.2")));
    }

    /** Both copies had one id: the subscription could acknowledge neither, and the connection was closed. */
    @ParameterizedTest
    @Each
    void oneSubscriptionGetsAndAcknowledgesBothCopies(Transport transport, Version version) {
        for (String mode : List.of("auto", "client", "client-individual")) {
            for (String both : List.of("{q}.*", "{q}.1,{q}.2")) {
                String queue = "/queue/" + Suite.name();
                String queues = both.replace("{q}", queue);
                Acknowledgement acknowledgement = new Acknowledgement(version, "s");
                try (StompClient client = version.signedIn(transport, transport.port(Suite.gatepost()))) {
                    client.done(ClientFrame.send(queue + ".1," + queue + ".2", "hi"));
                    client.send(ClientFrame.subscribe("s", queues, "ack:" + mode));
                    List<ServerFrame> copies = List.of(client.expect("MESSAGE"), client.expect("MESSAGE"));
                    assertEquals(
                            Set.of(queue + ".1", queue + ".2"),
                            Set.of(
                                    copies.get(0).header("destination"),
                                    copies.get(1).header("destination")));
                    if (!mode.equals("auto")) {
                        client.done(acknowledgement.frame("ACK", copies.get(0)));
                        client.done(acknowledgement.frame("ACK", copies.get(1)));
                    }
                    client.done(ClientFrame.of("UNSUBSCRIBE", "id:s"));
                }
                assertEquals(List.of(), Queues.content(queue + ".1"), mode);
                assertEquals(List.of(), Queues.content(queue + ".2"), mode);
            }
        }
    }

    @ParameterizedTest
    @Each
    void aCopyThatWasNotAcknowledgedComesAgainAlone(Transport transport, Version version) {
        String queue = "/queue/" + Suite.name();
        String acknowledged;
        try (StompClient client = version.signedIn(transport, transport.port(Suite.gatepost()))) {
            client.done(ClientFrame.send(queue + ".1," + queue + ".2", "hi"));
            client.send(ClientFrame.subscribe("s", queue + ".*", "ack:client-individual"));
            client.expect("MESSAGE");
            ServerFrame second = client.expect("MESSAGE");
            client.done(new Acknowledgement(version, "s").frame("ACK", second));
            acknowledged = second.header("destination");
        }
        String other = acknowledged.equals(queue + ".1") ? queue + ".2" : queue + ".1";
        assertEquals(List.of("hi"), Queues.givenBack(other, 1));
        assertEquals(List.of(), Queues.content(acknowledged));
    }

    @ParameterizedTest
    @Each
    void aRequestIsAnsweredOverATemporaryQueue(Transport transport, Version version) {
        String queue = "/queue/" + Suite.name();
        int port = transport.port(Suite.gatepost());
        try (StompClient asking = version.signedIn(transport, port);
                StompClient answering = version.signedIn(transport, port)) {
            asking.done(ClientFrame.subscribe("replies", "/temp-queue/mine"));
            answering.done(ClientFrame.subscribe("s", queue));

            asking.send(ClientFrame.send(queue, "ping", "reply-to:/temp-queue/mine", "correlation-id:1"));
            ServerFrame request = answering.expect("MESSAGE");
            String replyTo = request.header("reply-to");
            assertTrue(replyTo.startsWith("/remote-temp-queue/"), replyTo);
            String escaped = replyTo.replace(":", version == Version.V1_0 ? ":" : "\\c");
            answering.send(ClientFrame.send(escaped, "pong", "correlation-id:1"));

            ServerFrame reply = asking.expect("MESSAGE");
            assertEquals("pong", reply.text());
            assertEquals("1", reply.header("correlation-id"));
            assertEquals("replies", reply.header("subscription"));
            assertEquals("/temp-queue/mine", reply.header("destination"));
        }
    }

    /** Who may answer to one temporary queue finds no other, neither from its name nor from what a message says of its sender. */
    @ParameterizedTest
    @Each
    void theNamesOfTemporaryQueuesCannotBeGuessed(Transport transport, Version version) {
        String queue = "/queue/" + Suite.name();
        int port = transport.port(Suite.gatepost());
        try (StompClient asking = version.signedIn(transport, port);
                StompClient other = version.signedIn(transport, port)) {
            asking.done(ClientFrame.subscribe("1", "/temp-queue/first"));
            asking.done(ClientFrame.subscribe("2", "/temp-queue/second"));
            other.done(ClientFrame.subscribe("s", queue));
            asking.send(ClientFrame.send(queue, "ping", "reply-to:/temp-queue/first"));
            ServerFrame request = other.expect("MESSAGE");
            String known = request.header("reply-to");
            String last = known.substring(known.lastIndexOf(':') + 1);
            assertTrue(last.matches("[0-9]{20,}"), known);
            String sender = request.header("message-id").replaceFirst(":[^:]*:[^:]*:[^:]*$", "");
            String next = known.substring(0, known.lastIndexOf(':') + 1) + new BigInteger(last).add(BigInteger.ONE);
            for (String guess :
                    List.of("/remote-temp-queue/" + sender + ":1", "/remote-temp-queue/" + sender + ":2", next)) {
                try (StompClient forger = version.signedIn(transport, port)) {
                    ServerFrame answer = forger.request(
                            ClientFrame.send(guess.replace(":", version == Version.V1_0 ? ":" : "\\c"), "forged"));
                    assertEquals("ERROR", answer.command(), guess);
                }
            }
            asking.send(ClientFrame.send("/temp-queue/second", "mine"));
            assertEquals("mine", asking.expect("MESSAGE").text());
        }
    }

    @ParameterizedTest
    @Each
    void connectionsAreNotCounted(Transport transport, Version version) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            try (StompClient client = version.open(transport, transport.port(Suite.gatepost()))) {
                client.send(version.connect());
                String id = client.expect("CONNECTED").header("session");
                assertTrue(id.matches("ID:gatepost-[A-Za-z0-9_-]{22}"), id);
                assertTrue(ids.add(id.substring(0, 20)), id);
            }
        }
    }

    @ParameterizedTest
    @Each
    void nobodyElseReadsATemporaryQueue(Transport transport, Version version) {
        String queue = "/queue/" + Suite.name();
        int port = transport.port(Suite.gatepost());
        try (StompClient asking = version.signedIn(transport, port);
                StompClient other = version.signedIn(transport, port)) {
            asking.done(ClientFrame.subscribe("replies", "/temp-queue/mine"));
            other.done(ClientFrame.subscribe("s", queue));
            asking.send(ClientFrame.send(queue, "ping", "reply-to:/temp-queue/mine"));
            String replyTo = other.expect("MESSAGE").header("reply-to");

            other.send(ClientFrame.subscribe("spy", replyTo.replace(":", version == Version.V1_0 ? ":" : "\\c")));

            error(Answer.POLICY, "").check(other, text -> text);
        }
    }

    @ParameterizedTest
    @Each
    void aTemporaryQueueGoesWithItsConnection(Transport transport, Version version) {
        String queue = "/queue/" + Suite.name();
        int port = transport.port(Suite.gatepost());
        try (StompClient answering = version.signedIn(transport, port)) {
            answering.done(ClientFrame.subscribe("s", queue));
            try (StompClient asking = version.signedIn(transport, port)) {
                asking.done(ClientFrame.subscribe("replies", "/temp-queue/mine"));
                asking.done(ClientFrame.send(queue, "ping", "reply-to:/temp-queue/mine"));
                asking.done(ClientFrame.of("DISCONNECT"));
                asking.expectEnd();
            }
            String replyTo = answering.expect("MESSAGE").header("reply-to");

            ServerFrame answer = answering.request(
                    ClientFrame.send(replyTo.replace(":", version == Version.V1_0 ? ":" : "\\c"), "pong"));

            assertEquals("ERROR", answer.command());
        }
    }

    @ParameterizedTest
    @Each
    void twoClientsTemporaryQueuesOfOneNameAreTwo(Transport transport, Version version) {
        int port = transport.port(Suite.gatepost());
        try (StompClient one = version.signedIn(transport, port);
                StompClient two = version.signedIn(transport, port)) {
            one.done(ClientFrame.subscribe("s", "/temp-queue/same"));
            two.done(ClientFrame.subscribe("s", "/temp-queue/same"));

            one.send(ClientFrame.send("/temp-queue/same", "one"));
            two.send(ClientFrame.send("/temp-queue/same", "two"));

            assertEquals("one", one.expect("MESSAGE").text());
            assertEquals("two", two.expect("MESSAGE").text());
        }
    }
}
