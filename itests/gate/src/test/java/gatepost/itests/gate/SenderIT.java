package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each message says who sent it, and nobody can make it say anything else. In all of this bob would like to be alice. */
@ExtendWith(Suite.class)
class SenderIT {

    private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2");

    /** What any version can write. */
    private static final List<String> PLAIN = List.of(
            "gatepost-user:alice",
            "Gatepost-User:alice",
            "GATEPOST-USER:alice",
            "gatepost-user :alice",
            " gatepost-user:alice",
            "\tgatepost-user\t:alice",
            "gatepost-user\u00a0:alice",
            "\ufeffgatepost-user:alice",
            "JMSXUserID:alice",
            "jmsxuserid:alice");

    /** What takes escapes. */
    private static final List<String> ESCAPED = List.of(
            "gatepost-user\\c:alice",
            "gatepost-user\\calice:",
            "gatepost-user\\n:alice",
            "\\ngatepost-user:alice",
            "a\\ngatepost-user:alice",
            "b:1\\ngatepost-user\\calice",
            "c:1\\n\\ngatepost-user\\calice");

    /** What takes the escape that 1.2 alone has. */
    private static final List<String> RECENT =
            List.of("gatepost-user\\r:alice", "\\rgatepost-user:alice", "d:1\\rgatepost-user\\calice");

    @ParameterizedTest
    @EnumSource
    void whatAClientSaysOfItselfIsDropped(Transport transport) {
        String topic = "/topic/chat." + Suite.name();
        List<StompClient> readers = new ArrayList<>();
        try {
            for (String version : VERSIONS) {
                StompClient reader = client(transport, "alice", version);
                readers.add(reader);
                reader.done(ClientFrame.subscribe("s", topic));
            }
            for (String version : VERSIONS) {
                try (StompClient bob = client(transport, "bob", version)) {
                    for (String forgery : forgeries(version)) {
                        bob.done(ClientFrame.send(topic, forgery, forgery));
                        readers.forEach(reader -> assertSender("bob", forgery, reader));
                    }
                    bob.done(ClientFrame.send(topic, "all", forgeries(version).toArray(String[]::new)));
                    readers.forEach(reader -> assertSender("bob", "all", reader));
                }
            }
        } finally {
            readers.forEach(StompClient::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereverAMessageGoesItSaysWhoSentIt(Transport transport) {
        String queue = queue();
        String topic = "/topic/chat." + Suite.name();
        try (StompClient alice = client(transport, "alice", "1.2");
                StompClient bob = client(transport, "bob", "1.2")) {
            alice.done(ClientFrame.subscribe("queue", queue));
            alice.done(ClientFrame.subscribe("topics", topic + ".>"));
            alice.done(ClientFrame.subscribe("temporary", "/temp-queue/mine"));

            bob.done(forged(queue, "on the disk"));
            assertSender("bob", "on the disk", alice);
            bob.done(forged(queue, "in memory").with("persistent:false"));
            assertSender("bob", "in memory", alice);
            bob.done(forged(topic + ".a.b", "by a pattern"));
            assertSender("bob", "by a pattern", alice);

            bob.done(forged(queue + "," + topic + ".a", "to both"));
            assertSender("bob", "to both", alice);
            assertSender("bob", "to both", alice);

            bob.done(ClientFrame.of("BEGIN", "transaction:t", "gatepost-user:alice"));
            bob.done(forged(queue, "first").with("transaction:t"));
            bob.done(forged(queue + "," + topic + ".a", "and both").with("transaction:t"));
            bob.done(ClientFrame.of("COMMIT", "transaction:t", "gatepost-user:alice"));
            assertSender("bob", "first", alice);
            assertSender("bob", "and both", alice);
            assertSender("bob", "and both", alice);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQuestionAndItsAnswerSayWhoseTheyAre(Transport transport) {
        try (StompClient application = client(transport, "system", "1.2");
                StompClient bob = client(transport, "bob", "1.2")) {
            application.done(ClientFrame.subscribe("inbox", "/queue/app.inbox"));
            bob.done(ClientFrame.subscribe("answers", "/temp-queue/mine"));
            bob.done(forged("/queue/app.inbox", "who am I?").with("reply-to:/temp-queue/mine"));
            ServerFrame question = assertSender("bob", "who am I?", application);
            application.done(ClientFrame.send(
                    question.lines().stream()
                            .filter(line -> line.startsWith("reply-to:"))
                            .map(line -> line.substring("reply-to:".length()))
                            .findFirst()
                            .orElseThrow(),
                    question.header("gatepost-user")));
            assertSender("system", "bob", bob);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoSentAMessageStaysTheSameHoweverOftenItComesAndWhereItEnds(Transport transport) {
        String queue = queue();
        Suite.keeper().takeAll("/queue/ActiveMQ.DLQ");
        try (StompClient bob = client(transport, "bob", "1.2")) {
            bob.done(forged(queue, "on its way")
                    .with("originalDeliveryMode:forged", "originalExpiration:7", "dlqDeliveryFailureCause:forged"));
        }
        try (StompClient alice = client(transport, "alice", "1.2")) {
            alice.done(ClientFrame.subscribe("look", queue, "browser:true"));
            assertSender("bob", "on its way", alice);
            assertEquals("end", alice.expect("MESSAGE").header("browser"));
            alice.done(ClientFrame.subscribe("s", queue, "ack:client"));
            assertSender("bob", "on its way", alice);
        }
        try (StompClient alice = client(transport, "alice", "1.2");
                StompClient keeper = client(transport, "keeper", "1.2")) {
            alice.done(ClientFrame.subscribe("s", queue, "ack:client"));
            ServerFrame again = assertSender("bob", "on its way", alice);
            assertEquals("true", again.header("redelivered"));
            alice.done(ClientFrame.of("NACK", "id:" + again.header("ack"), "gatepost-user:alice"));

            keeper.done(ClientFrame.subscribe("dead", "/queue/ActiveMQ.DLQ"));
            ServerFrame dead = assertSender("bob", "on its way", keeper);
            assertEquals(queue, dead.header("original-destination"));
            assertTrue(!dead.toString().contains("forged"), dead::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSelectorSeesWhoSentAMessage(Transport transport) {
        String queue = queue();
        try (StompClient alice = client(transport, "alice", "1.2");
                StompClient bob = client(transport, "bob", "1.2")) {
            alice.done(ClientFrame.subscribe("s", queue, "selector:JMSXUserID = 'alice'"));
            bob.done(forged(queue, "not hers"));
            alice.done(ClientFrame.send(queue, "her own"));
            assertSender("alice", "her own", alice);
        }
        assertEquals(List.of("not hers"), Suite.keeper().takeAll(queue));
    }

    @Test
    void whatNoClientHasSentIsOfNobody() {
        String queue = queue();
        String topic = "/topic/chat." + Suite.name();
        Suite.gatepost()
                .shell("gatepost:message-send --header gatepost-user:alice --header JMSXUserID:alice " + queue
                        + " shell");
        try (StompClient keeper = client(Transport.TCP, "keeper", "1.2");
                StompClient bob = client(Transport.TCP, "bob", "1.2")) {
            keeper.done(ClientFrame.subscribe("queue", queue));
            assertSender(null, "shell", keeper);
            keeper.done(ClientFrame.subscribe(
                    "advisories", topic.replace("/topic/", "/topic/ActiveMQ.Advisory.Consumer.Topic.")));
            bob.done(ClientFrame.subscribe("s", topic));
            assertSender(null, "", keeper);
        }
    }

    /** @return a queue that all users may read and write, which only an administrator can make */
    private static String queue() {
        String queue = "/queue/board." + Suite.name();
        Suite.keeper().takeAll(queue);
        return queue;
    }

    private static List<String> forgeries(String version) {
        return switch (version) {
            case "1.0" -> PLAIN;
            case "1.1" -> Stream.of(PLAIN, ESCAPED).flatMap(List::stream).toList();
            default -> Stream.of(PLAIN, ESCAPED, RECENT).flatMap(List::stream).toList();
        };
    }

    private static ClientFrame forged(String destination, String body) {
        return ClientFrame.send(destination, body, "gatepost-user:alice", "Gatepost-User:alice", "JMSXUserID:alice");
    }

    /** @return the next message, which has this body, and says of this user or of nobody that they sent it */
    private static ServerFrame assertSender(String user, String body, StompClient reader) {
        ServerFrame message = reader.expect("MESSAGE");
        assertEquals(body, message.text());
        assertEquals(user, message.header("gatepost-user"), message::toString);
        // neither as a reader that is careless with white space, case or line ends would find it
        List<String> said = message.lines().stream()
                .flatMap(line -> Stream.of(line.split("\r")))
                .filter(line -> line.split("[:\\\\]")[0]
                        .replaceAll("^[^a-zA-Z]+|[^a-zA-Z]+$", "")
                        .toLowerCase(Locale.ROOT)
                        .matches("gatepost-user|jmsxuserid"))
                .toList();
        assertEquals(user == null ? List.of() : List.of("gatepost-user:" + user), said, message::toString);
        assertNull(message.header("JMSXUserID"));
        return message;
    }

    private static StompClient client(Transport transport, String user, String version) {
        StompClient client = transport.client(Suite.gatepost());
        Account account = Suite.account(user);
        client.send(ClientFrame.of(
                "CONNECT",
                "accept-version:" + version,
                "host:localhost",
                "login:" + account.login(),
                "passcode:" + account.passcode(),
                "gatepost-user:alice"));
        client.expect("CONNECTED");
        return client;
    }
}
