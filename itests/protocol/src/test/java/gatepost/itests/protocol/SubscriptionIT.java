package gatepost.itests.protocol;

import static gatepost.itests.protocol.Answer.error;
import static gatepost.itests.protocol.Answer.message;
import static gatepost.itests.protocol.Answer.receipt;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What SUBSCRIBE can ask for besides a destination. */
@ExtendWith(Suite.class)
class SubscriptionIT {

    private static final String SUBSCRIBE = "SUBSCRIBE\nid:s\ndestination:/queue/{q}\n";
    private static final String SEND = "SEND\ndestination:/queue/{q}\n";

    @TestFactory
    Stream<DynamicTest> selection() {
        return Row.table(
                Row.client("a selector on a header")
                        .step(
                                SUBSCRIBE + "selector:colour = 'red'\n\n^@" + SEND + "colour:blue\n\n1^@"
                                        + SEND + "colour:red\n\n2^@"
                                        + SEND + "\n3^@",
                                message("2")),
                Row.client("a selector that compares numbers")
                        .step(
                                SUBSCRIBE + "selector:size > 9\n\n^@" + SEND + "size:8\n\n8^@" + SEND
                                        + "size:10\n\n10^@",
                                message("10")),
                Row.client("a selector that cannot be understood")
                        .step(SUBSCRIBE + "receipt:r\nselector:size >\n\n^@", error("", "receipt-id:r")),
                Row.client("two subscriptions, each with its messages")
                        .step(
                                SUBSCRIBE + "\n^@SUBSCRIBE\nid:t\ndestination:/queue/{q}.t\n\n^@" + SEND + "\n1^@",
                                message("1", "subscription:s"))
                        .step("SEND\ndestination:/queue/{q}.t\n\n2^@", message("2", "subscription:t")),
                Row.subscriber("nothing more comes after UNSUBSCRIBE")
                        .step("UNSUBSCRIBE\nid:s\nreceipt:u\n\n^@", receipt("u"))
                        .step(SEND + "receipt:r\n\nhi^@", receipt("r")));
    }

    @ParameterizedTest
    @EnumSource
    void aSelectorGetsItsMessagesHoweverManyOthersStandBefore(Transport transport) {
        behindOthers(transport, "/queue/" + Suite.name(), "persistent:true");
        behindOthers(transport, "/queue/" + Suite.name(), "persistent:false");
        behindOthers(transport, "/temp-queue/own", "persistent:false");
    }

    private static void behindOthers(Transport transport, String queue, String persistent) {
        try (StompClient client = Version.V1_2.signedIn(transport, transport.port(Suite.gatepost()))) {
            for (int i = 0; i < 700; i++) {
                client.send(ClientFrame.send(queue, "blue " + i, "colour:blue", persistent));
            }
            client.send(ClientFrame.send(queue, "red 1", "colour:red", persistent));
            client.done(ClientFrame.send(queue, "red 2", "colour:red", persistent));
            client.send(ClientFrame.subscribe("red", queue, "selector:colour = 'red'", "ack:client"));
            assertEquals("red 1", client.expect("MESSAGE").text());
            assertEquals("red 2", client.expect("MESSAGE").text());

            client.send(ClientFrame.subscribe("blue", queue, "selector:colour = 'blue'"));
            for (int i = 0; i < 700; i++) {
                assertEquals("blue " + i, client.expect("MESSAGE").text());
            }
        }
        if (queue.startsWith("/queue/")) {
            assertEquals(List.of("red 1", "red 2"), Queues.givenBack(queue, 2));
        }
    }

    @TestFactory
    Stream<DynamicTest> receiptsOfSubscriptions() {
        return Row.table(
                Row.client("the receipt comes before what waits")
                        .step(SEND + "receipt:1\n\n1^@" + SEND + "receipt:2\n\n2^@", receipt("1"), receipt("2"))
                        .step(SUBSCRIBE + "receipt:r\n\n^@", receipt("r"), message("1"), message("2")),
                Row.client("and so it does with ack mode client")
                        .step(SEND + "\n1^@" + SUBSCRIBE + "ack:client\nreceipt:r\n\n^@", receipt("r"), message("1")),
                Row.client("and before what a browser sees")
                        .step(SEND + "receipt:1\n\n1^@", receipt("1"))
                        .step(
                                SUBSCRIBE + "browser:True\nreceipt:r\n\n^@",
                                receipt("r"),
                                message("1"),
                                message("", "browser:end")));
    }

    @TestFactory
    Stream<DynamicTest> browsing() {
        return Row.table(
                Row.client("a browser sees all that is there, then the end, and takes nothing")
                        .step(SEND + "receipt:1\n\n1^@" + SEND + "receipt:2\n\n2^@", receipt("1"), receipt("2"))
                        .step(
                                "SUBSCRIBE\nid:b\ndestination:/queue/{q}\nbrowser:true\n\n^@",
                                message("1", "subscription:b"),
                                message("2"),
                                message("", "browser:end", "subscription:b"))
                        .step(
                                "UNSUBSCRIBE\nid:b\n\n^@" + SUBSCRIBE + "\n^@",
                                message("1").without("redelivered"),
                                message("2")),
                Row.client("a browser of an empty queue")
                        .step(
                                "SUBSCRIBE\nid:b\ndestination:/queue/{q}\nbrowser:true\n\n^@",
                                message("", "browser:end")));
    }

    @TestFactory
    Stream<DynamicTest> extensions() {
        return Row.table(
                Row.client("activemq.prefetchSize")
                        .step(SUBSCRIBE + "ack:client\nactivemq.prefetchSize:1\nreceipt:r\n\n^@", receipt("r"))
                        .step(SEND + "\n1^@" + SEND + "\n2^@", message("1")),
                Row.client("activemq.prefetchSize that is none")
                        .step(SUBSCRIBE + "activemq.prefetchSize:0\n\n^@", error("activemq.prefetchSize:0")),
                Row.client("activemq.exclusive, for an administrator")
                        .step(SUBSCRIBE + "activemq.exclusive:true\nreceipt:r\n\n^@", receipt("r")),
                Row.client("activemq.priority that is none")
                        .step(SUBSCRIBE + "activemq.priority:high\n\n^@", error("activemq.priority")),
                Row.client("an unknown activemq header of SUBSCRIBE")
                        .step(
                                SUBSCRIBE + "activemq.maximumPendingMessageLimit:1\n\n^@",
                                error(Answer.POLICY, "activemq.maximum")),
                Row.client("an activemq header of SEND")
                        .step(SEND + "activemq.x:1\n\nhi^@", error(Answer.POLICY, "activemq.x")),
                Row.client("ActiveMQ's transformation")
                        .step(SEND + "transformation:jms-xml\n\nhi^@", error(Answer.POLICY, "transformation")),
                Row.client("activemq.noLocal")
                        .step(
                                "SUBSCRIBE\nid:s\ndestination:/topic/{q}\nactivemq.noLocal:true\n\n^@"
                                        + "SEND\ndestination:/topic/{q}\nreceipt:r\n\nhi^@",
                                receipt("r")),
                Row.client("a durable subscription in another broker's words")
                        .step(
                                "SUBSCRIBE\nid:s\ndestination:/topic/{q}\ndurable:true\nauto-delete:false\n\n^@",
                                error("activemq.subscriptionName")),
                Row.client("a durable subscription that nobody could come back for")
                        .step(
                                "SUBSCRIBE\nid:s\ndestination:/topic/{q}\ndurable-subscription-name:d\n\n^@",
                                error("client-id")),
                Row.client("a queue that is to be durable is")
                        .step(SUBSCRIBE + "durable:true\nreceipt:r\n\n^@", receipt("r")),
                Row.client("browser, a value that is none").step(SUBSCRIBE + "browser:yes\n\n^@", error("browser:yes")),
                Row.client("a queue needs no durable subscription")
                        .step(SUBSCRIBE + "activemq.subscriptionName:d\n\n^@", error("activemq.subscriptionName")));
    }

    @ParameterizedTest
    @Each
    void whatTakesFromOthersNeedsAdminOfTheDestination(Transport transport, Version version) {
        for (String header : List.of("activemq.exclusive:true", "activemq.priority:5", "activemq.retroactive:true")) {
            try (StompClient alice = version.open(transport, transport.port(Suite.gatepost()))) {
                alice.send(new String(version.connect().bytes(), StandardCharsets.UTF_8)
                        .replace("login:system", "login:alice")
                        .replace("passcode:manager", "passcode:alice"));
                alice.expect("CONNECTED");
                // she may read temporary destinations of hers only, and has no admin of app.inbox but to make it
                alice.send(ClientFrame.subscribe("s", "/queue/app.inbox", header));
                error(Answer.POLICY, "app.inbox").check(alice, text -> text);
            }
        }
    }

    @ParameterizedTest
    @Each
    void aDurableSubscriptionKeepsWhatCameWhileItsClientWasAway(Transport transport, Version version) {
        String topic = "/topic/" + Suite.name();
        String clientId = "client-id:" + Suite.name();
        int port = transport.port(Suite.gatepost());
        ClientFrame subscribe = ClientFrame.subscribe("s", topic, "activemq.subscriptionName:news");
        try (StompClient client = version.signedIn(transport, port, clientId)) {
            // both names of the header mean the same
            client.done(ClientFrame.subscribe("s", topic, "durable-subscription-name:news"));
            client.done(ClientFrame.of("DISCONNECT"));
            client.expectEnd();
        }
        try (StompClient publisher = version.signedIn(transport, port)) {
            publisher.done(ClientFrame.send(topic, "while away", "persistent:true"));
        }
        try (StompClient client = version.signedIn(transport, port, clientId)) {
            client.send(subscribe);
            assertEquals("while away", client.expect("MESSAGE").text());

            client.done(ClientFrame.of("UNSUBSCRIBE", "id:s"));
            client.done(ClientFrame.of("UNSUBSCRIBE", "id:s", "activemq.subscriptionName:news"));
            client.done(ClientFrame.send(topic, "after the end", "persistent:true"));
            client.done(subscribe);
        }
    }

    @ParameterizedTest
    @Each
    void aClientIdIsOneConnections(Transport transport, Version version) {
        String clientId = "client-id:" + Suite.name();
        int port = transport.port(Suite.gatepost());
        try (StompClient first = version.signedIn(transport, port, clientId);
                StompClient second = version.open(transport, port)) {
            second.send(version.connect(clientId));
            error(Answer.POLICY, "client-id").check(second, text -> text);

            first.done(ClientFrame.send("/queue/" + Suite.name(), "still here"));
        }
    }

    @ParameterizedTest
    @Each
    void twoSubscriptionsToOneQueueShareItsMessages(Transport transport, Version version) {
        String queue = "/queue/" + Suite.name();
        try (StompClient client = version.signedIn(transport, transport.port(Suite.gatepost()))) {
            client.done(ClientFrame.subscribe("1", queue));
            client.done(ClientFrame.subscribe("2", queue));
            client.send(ClientFrame.send(queue, "a"));
            client.send(ClientFrame.send(queue, "b"));

            List<String> subscriptions = Stream.of(client.expect("MESSAGE"), client.expect("MESSAGE"))
                    .map(message -> message.header("subscription"))
                    .sorted()
                    .toList();
            assertEquals(List.of("1", "2"), subscriptions);
        }
    }
}
