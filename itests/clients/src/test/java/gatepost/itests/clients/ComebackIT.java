package gatepost.itests.clients;

import static gatepost.itests.harness.ClientFrame.send;
import static gatepost.itests.harness.ClientFrame.subscribe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user who goes away with messages that were not acknowledged gets every one of them again, whoever sent them and how. */
@ExtendWith(Suite.class)
class ComebackIT {

    private static final int COUNT = 600;

    private final Gatepost gatepost = Suite.gatepost();
    private final int before = gatepost.log().length();

    @Test
    void messagesThatEachCameOverAConnectionOfTheirOwnAllComeAgain() {
        String queue = "/queue/user.alice";
        for (int i = 0; i < COUNT; i++) {
            // as the talk's Ruby does it
            try (StompClient app = Queues.admin(gatepost)) {
                app.done(send(queue, "" + i));
            }
        }
        comeAndGo("alice", 3);
        assertAllThere(queue);
    }

    @Test
    void messagesBetweenThousandsForOthersAllComeAgain() {
        String queue = "/queue/user.bob";
        try (StompClient app = Queues.admin(gatepost)) {
            for (int i = 0; i < COUNT; i++) {
                for (int other = 0; other < 50; other++) {
                    app.send(send("/queue/others." + other % 10, "x", "persistent:false"));
                }
                app.done(send(queue, "" + i));
            }
        }
        comeAndGo("bob", 3);
        assertAllThere(queue);
    }

    /** Signs in, takes a part of the messages, acknowledges none and goes. */
    private void comeAndGo(String user, int times) {
        for (int n = 0; n < times; n++) {
            try (StompClient client = Transport.WEB_SOCKET.client(gatepost)) {
                client.connect(user, user);
                client.done(
                        subscribe("1", "/queue/user." + user, "ack:client-individual", "activemq.prefetchSize:100"));
                IntStream.range(0, 100).forEach(i -> client.expect("MESSAGE"));
            }
        }
    }

    private void assertAllThere(String queue) {
        List<String> all = IntStream.range(0, COUNT).mapToObj(String::valueOf).toList();
        assertEquals(all, Queues.drain(gatepost, queue));
        assertFalse(gatepost.log().substring(before).contains("duplicate"), "the log tells of duplicates");
    }
}
