package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users each of whom holds less than one may, and who together have all the memory that there is for messages. */
@ExtendWith(Suite.class)
class MemoryIT {

    private static final String BROKER = "gatepost.broker.cfg";
    private static final String USED = "gatepost_message_memory_bytes";
    private static final String MOST = "gatepost_message_memory_limit_bytes";
    private static final String REFUSED = "gatepost_quota_refused_total{key=\"memory.percent\"}";
    private static final String INBOX = "/queue/app.inbox";
    private static final String OWN = "/temp-queue/own";
    private static final int USERS = 4;
    private static final int MEBIBYTE = 1 << 20;
    /** More than a tenth of what there is. */
    private static final int MEBIBYTES_LEFT = 30;

    private static final String REFUSAL = "SEND to " + OWN + " was refused: all messages in memory may have ";
    private static final String BODY = "x".repeat(MEBIBYTE);

    @ParameterizedTest
    @EnumSource
    void whatManyUsersHoldTogetherIsBoundedAndWhatIsStoredGoesOn(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        double before = Metrics.of(USED);
        gatepost.apply(BROKER, Map.of("memory.percent", "10"));
        List<StompClient> holders = new ArrayList<>();
        try {
            for (int i = 0; i < USERS; i++) {
                holders.add(client(transport, Suite.attacker()));
            }
            fill(holders);
            double refused = Metrics.of(REFUSED);
            assertEquals(
                    REFUSAL + (long) Metrics.of(MOST)
                            + " bytes, and the last tenth is for those who hold little (memory.percent)",
                    refusal(transport, Suite.attacker()));
            answer(transport);
            // a trusted account may have the rest, and no more
            assertEquals(REFUSAL + (long) Metrics.of(MOST) + " bytes (memory.percent)", refusal(transport, "system"));
            assertEquals(refused + 2, Metrics.of(REFUSED));
            assertTrue(Metrics.of(USED) <= Metrics.of(MOST));
            talkThroughTheStore(transport);
        } finally {
            holders.forEach(StompClient::close);
            gatepost.apply(BROKER, Map.of("memory.percent", "40"));
        }
        Awaitility.await("what they held is given back").until(() -> Metrics.of(USED) < before + MEBIBYTE);
    }

    /** Until another of these messages would be of the last tenth. */
    private static void fill(List<StompClient> holders) {
        int held = 0;
        for (; Metrics.of(USED) + 1.01 * MEBIBYTE < Metrics.of(MOST) * 0.9; held++) {
            holders.get(held % USERS).done(ClientFrame.send(OWN, BODY, "persistent:" + (held % 2 == 0)));
        }
        int each = held / USERS;
        assertTrue(each > 10 && each < 60, () -> "each of them holds " + each + " MiB, and may hold 64");
    }

    private static String refusal(Transport transport, String user) {
        try (StompClient client = client(transport, user)) {
            ServerFrame answer = client.request(ClientFrame.send(OWN, BODY));
            for (int i = 0; i < MEBIBYTES_LEFT && answer.command().equals("RECEIPT"); i++) {
                answer = client.request(ClientFrame.send(OWN, BODY));
            }
            return answer.header("message");
        }
    }

    /** Somebody who holds nothing gets the answers to what they ask. */
    private static void answer(Transport transport) {
        try (StompClient client = client(transport, Suite.attacker())) {
            for (int i = 0; i < 20; i++) {
                client.done(ClientFrame.send(OWN, "answer " + i));
            }
            client.done(ClientFrame.subscribe("answers", OWN));
            for (int i = 0; i < 20; i++) {
                assertEquals("answer " + i, client.expect("MESSAGE").text());
            }
        }
    }

    /** What waited as well as what comes now. */
    private static void talkThroughTheStore(Transport transport) {
        try (StompClient user = client(transport, Suite.attacker());
                StompClient application = client(Transport.TCP, "system")) {
            for (int i = 0; i < 20; i++) {
                user.done(ClientFrame.send(INBOX, "stored " + i));
                if (i == 10) {
                    application.done(ClientFrame.subscribe("inbox", INBOX));
                }
            }
            for (int i = 0; i < 20; i++) {
                assertEquals("stored " + i, application.expect("MESSAGE").text());
            }
        }
    }

    private static StompClient client(Transport transport, String user) {
        StompClient client = transport.client(Suite.gatepost());
        client.connect(user, user.equals("system") ? "manager" : user);
        return client;
    }
}
