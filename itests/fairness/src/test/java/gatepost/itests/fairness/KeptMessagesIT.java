package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users who make the broker keep messages that nobody reads. */
@ExtendWith(Suite.class)
class KeptMessagesIT {

    private static final String BROKER = "gatepost.broker.cfg";
    private static final String INBOX = "/queue/app.inbox";
    private static final String DEAD_LETTERS = "/queue/ActiveMQ.DLQ";
    private static final String LAST = "the last one";
    private static final String MEBIBYTE = "x".repeat(1 << 20);
    private static final int CONNECTIONS = 4;

    @ParameterizedTest
    @EnumSource
    void whatOneUserHasInTemporaryQueuesIsBoundedOverAllConnections(Transport transport) {
        String user = Suite.attacker();
        List<StompClient> clients = new ArrayList<>();
        int taken = 0;
        ServerFrame refusal = null;
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(client(transport, user));
            }
            while (refusal == null && taken < 100) {
                for (StompClient client : clients) {
                    ServerFrame answer = client.request(
                            ClientFrame.send("/temp-queue/own", MEBIBYTE, "persistent:" + (taken % 2 == 0)));
                    if (answer.command().equals("ERROR")) {
                        refusal = answer;
                        break;
                    }
                    taken++;
                }
            }
        } finally {
            clients.forEach(StompClient::close);
        }

        int mebibytes = taken;
        assertTrue(mebibytes > 50 && mebibytes <= 64, () -> mebibytes + " MiB were taken, and 64 may be held");
        assertEquals(
                "SEND to /temp-queue/own was refused: of what user " + user
                        + " sent, 67108864 bytes may be held outside the store " + "(user.memory)",
                refusal.header("message"));
        Awaitility.await("what its connections held is given back")
                .until(() -> takes(transport, user, "/temp-queue/own"));
    }

    @ParameterizedTest
    @EnumSource
    void whoFillsTheApplicationsInboxKeepsNobodyElseOutOfIt(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(BROKER, Map.of("user.bytes", "8388608", "user.messages", "20"));
        try {
            int taken = 0;
            Optional<ServerFrame> refusal = Optional.empty();
            while (refusal.isEmpty() && taken < 100) {
                // a new connection for each changes nothing
                refusal = send(transport, user, INBOX, "small");
                taken += refusal.isEmpty() ? 1 : 0;
            }

            assertEquals(20, taken);
            assertEquals(
                    "SEND to /queue/app.inbox was refused: of what user " + user
                            + " sent, 20 messages may wait in the store " + "(user.messages)",
                    refusal.get().header("message"));
            assertEquals(Optional.empty(), send(transport, Suite.attacker(), INBOX, "from another user"));

            String large = Suite.attacker();
            int mebibytes = 0;
            while (mebibytes < 20 && send(transport, large, INBOX, MEBIBYTE).isEmpty()) {
                mebibytes++;
            }
            assertEquals(7, mebibytes);
            assertTrue(gatepost.shell("gatepost:status --no-format").contains("store of user " + large));
        } finally {
            drain(INBOX);
            gatepost.apply(BROKER, Map.of("user.bytes", "268435456", "user.messages", "100000"));
        }
        // what the application has read is not charged any more
        assertTrue(takes(transport, user, INBOX));
        drain(INBOX);
    }

    @ParameterizedTest
    @EnumSource
    void aQueueHoldsSoMuchWhoeverSendsIt(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        drain(INBOX);
        for (Map.Entry<String, String> limit :
                Map.of("queue.messages.max", "5", "queue.bytes.max", "5500000").entrySet()) {
            String before = limit.getKey().equals("queue.messages.max") ? "5000000" : "4294967296";
            gatepost.apply(BROKER, Map.of(limit.getKey(), limit.getValue()));
            try {
                for (int i = 0; i < 5; i++) {
                    assertEquals(Optional.empty(), send(transport, Suite.attacker(), INBOX, MEBIBYTE));
                }
                String refusal = send(transport, Suite.attacker(), INBOX, MEBIBYTE)
                        .orElseThrow()
                        .header("message");
                assertTrue(
                        refusal.contains("the queue may hold " + limit.getValue() + " ")
                                && refusal.endsWith("(" + limit.getKey() + ")"),
                        refusal);
            } finally {
                gatepost.apply(BROKER, Map.of(limit.getKey(), before));
            }
            assertEquals(5, drain(INBOX).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLastTenthOfTheStoreIsForTrustedAccounts(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        drain(INBOX);
        gatepost.apply(BROKER, Map.of("store.limit", "" + (60 << 20)));
        try {
            String user = Suite.attacker();
            String refusal = null;
            try (StompClient client = client(transport, user)) {
                for (int i = 0; refusal == null && i < 100; i++) {
                    ServerFrame answer = client.request(ClientFrame.send(INBOX, MEBIBYTE));
                    refusal = answer.command().equals("ERROR") ? answer.header("message") : null;
                }
            }
            assertEquals("SEND to /queue/app.inbox was refused: the store is full; try again later", refusal);
            try (StompClient application = application()) {
                application.done(ClientFrame.send("/queue/user." + user, MEBIBYTE));
            }
        } finally {
            drain(INBOX);
            gatepost.apply(BROKER, Map.of("store.limit", "10737418240"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCommitThatIsMoreThanItsUserMayLeaveIsRefusedWhole(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(BROKER, Map.of("user.messages", "5"));
        drain(INBOX);
        try (StompClient client = client(transport, user)) {
            client.done(ClientFrame.of("BEGIN", "transaction:t"));
            for (int i = 0; i < 6; i++) {
                client.done(ClientFrame.send(INBOX, "part " + i, "transaction:t"));
            }
            ServerFrame answer = client.request(ClientFrame.of("COMMIT", "transaction:t"));

            assertEquals(
                    "COMMIT of t was refused: of what user " + user
                            + " sent, 5 messages may wait in the store (user.messages)",
                    answer.header("message"));
            assertEquals(List.of(), drain(INBOX));
        } finally {
            gatepost.apply(BROKER, Map.of("user.messages", "100000"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfATemporaryQueueBecomesADeadLetter(Transport transport) {
        try (StompClient client = client(transport, Suite.attacker())) {
            client.done(ClientFrame.subscribe("own", "/temp-queue/own", "ack:client-individual"));
            client.done(ClientFrame.send("/temp-queue/own", "refused", "persistent:true"));
            client.done(ClientFrame.of("NACK", "id:" + client.expect("MESSAGE").header("ack")));
        }

        assertEquals(List.of(), drain(DEAD_LETTERS));
    }

    @ParameterizedTest
    @EnumSource
    void ofTheDeadLettersTheOldestGo(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(BROKER, Map.of("dead.letters", "10"));
        try (StompClient application = application();
                StompClient client = client(transport, user)) {
            client.done(ClientFrame.subscribe("own", Suite.desk(user), "ack:client-individual"));
            for (int i = 0; i < 15; i++) {
                application.done(ClientFrame.send(Suite.desk(user), "message " + i));
                client.done(
                        ClientFrame.of("NACK", "id:" + client.expect("MESSAGE").header("ack")));
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> messages("ActiveMQ.DLQ") <= 10);
            assertEquals(IntStream.range(5, 15).mapToObj(i -> "message " + i).toList(), drain(DEAD_LETTERS));
        } finally {
            gatepost.apply(BROKER, Map.of("dead.letters", "10000"));
        }
    }

    /** What memory has no room for is on the disk for a while, and is charged all the same. */
    @ParameterizedTest
    @EnumSource
    void whatIsNotPersistentIsBoundedInQueuesToo(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(BROKER, Map.of("user.memory", "4194304"));
        try {
            int taken = 0;
            ServerFrame answer;
            try (StompClient client = client(transport, user)) {
                for (answer = sendUnstored(client);
                        !answer.command().equals("ERROR") && taken < 20;
                        answer = sendUnstored(client)) {
                    taken++;
                }
            }
            assertEquals(3, taken);
            assertEquals(
                    "SEND to " + INBOX + " was refused: of what user " + user
                            + " sent, 4194304 bytes may be held outside the store " + "(user.memory)",
                    answer.header("message"));
            gatepost.shell("gatepost:queue-purge app.inbox");
            assertTrue(takes(transport, user, INBOX), "what is purged is given back");
        } finally {
            gatepost.apply(BROKER, Map.of("user.memory", "67108864"));
            gatepost.shell("gatepost:queue-purge app.inbox");
        }
    }

    private static ServerFrame sendUnstored(StompClient client) {
        return client.request(ClientFrame.send(INBOX, MEBIBYTE, "persistent:false"));
    }

    /** Nobody pushes others' dead letters out. */
    @ParameterizedTest
    @EnumSource
    void ofTheDeadLettersATenthIsOneUsersAtMost(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(BROKER, Map.of("dead.letters", "50"));
        try (StompClient application = application();
                StompClient client = client(transport, user)) {
            application.done(ClientFrame.subscribe("inbox", INBOX, "ack:client-individual"));
            for (int i = 0; i < 8; i++) {
                client.done(ClientFrame.send(INBOX, "message " + i));
                application.done(ClientFrame.of(
                        "NACK", "id:" + application.expect("MESSAGE").header("ack")));
            }
            application.done(ClientFrame.send(INBOX, "of somebody else"));
            application.done(
                    ClientFrame.of("NACK", "id:" + application.expect("MESSAGE").header("ack")));
            application.done(ClientFrame.of("UNSUBSCRIBE", "id:inbox"));
            assertEquals(
                    List.of("message 0", "message 1", "message 2", "message 3", "message 4", "of somebody else"),
                    drain(DEAD_LETTERS));
        } finally {
            gatepost.apply(BROKER, Map.of("dead.letters", "10000"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTheDeadLettersTheOldestGoWhenTheirBytesAreTooMany(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(BROKER, Map.of("dead.letters.bytes", "4194304"));
        try (StompClient application = application();
                StompClient client = client(transport, user)) {
            client.done(ClientFrame.subscribe("own", Suite.desk(user), "ack:client-individual"));
            for (int i = 0; i < 6; i++) {
                application.done(ClientFrame.send(Suite.desk(user), i + MEBIBYTE));
                client.done(
                        ClientFrame.of("NACK", "id:" + client.expect("MESSAGE").header("ack")));
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> messages("ActiveMQ.DLQ") <= 3);
            assertEquals(List.of(3 + MEBIBYTE, 4 + MEBIBYTE, 5 + MEBIBYTE), drain(DEAD_LETTERS));
        } finally {
            gatepost.apply(BROKER, Map.of("dead.letters.bytes", "268435456"));
        }
    }

    private static int messages(String queue) {
        String[] row = Suite.gatepost()
                .shell("gatepost:queue-list --no-format " + queue)
                .trim()
                .split("\\s+");
        return Integer.parseInt(row[1]);
    }

    /** @return the ERROR, if it was refused */
    private static Optional<ServerFrame> send(Transport transport, String user, String destination, String body) {
        try (StompClient client = client(transport, user)) {
            return Optional.of(client.request(ClientFrame.send(destination, body)))
                    .filter(answer -> answer.command().equals("ERROR"));
        }
    }

    private static boolean takes(Transport transport, String user, String destination) {
        return send(transport, user, destination, "x").isEmpty();
    }

    /** @return the bodies of all that waits in a queue, which is empty after that */
    private static List<String> drain(String queue) {
        try (StompClient client = application()) {
            client.done(ClientFrame.send(queue, LAST));
            client.done(ClientFrame.subscribe("drain", queue, "ack:client-individual"));
            List<String> texts = new ArrayList<>();
            for (String text = take(client); !text.equals(LAST); text = take(client)) {
                texts.add(text);
            }
            return texts;
        }
    }

    private static String take(StompClient client) {
        ServerFrame message = client.expect("MESSAGE");
        client.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
        return message.text();
    }

    private static StompClient client(Transport transport, String user) {
        StompClient client = transport.client(Suite.gatepost());
        client.connect(user, user);
        return client;
    }

    private static StompClient application() {
        StompClient client = Transport.TCP.client(Suite.gatepost());
        client.connect("system", "manager");
        return client;
    }
}
