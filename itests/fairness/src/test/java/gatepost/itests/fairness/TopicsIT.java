package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Heap;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others send to a topic is kept for those who do not read it: at the readers' expense. */
@ExtendWith(Suite.class)
class TopicsIT {

    private static final String MAP = "gatepost.authorization.cfg";
    private static final String BROKER = "gatepost.broker.cfg";
    private static final String TOPIC = "/topic/attacked.news";
    private static final String DROPPED = "gatepost_durable_messages_dropped_total";
    private static final String MEBIBYTE = "x".repeat(1 << 20);
    private static final String LARGE = "x".repeat(100_000);
    private static final int CONNECTIONS = 12;
    private static final int MESSAGES = 100;

    @BeforeEach
    void allow() {
        Suite.gatepost()
                .apply(MAP, Map.of("entry.attacked", "topic://attacked.> read=users write=admins admin=users,admins"));
    }

    @AfterEach
    void forbid() {
        Suite.gatepost().apply(MAP, Collections.singletonMap("entry.attacked", null));
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotReadKeepsLittleHoweverManyConnectionsTheyHave(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        List<StompClient> readers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                StompClient reader = transport.client(gatepost);
                readers.add(reader);
                reader.connect(user, user);
                reader.done(ClientFrame.subscribe("s", TOPIC));
            }
            long before = Heap.live(gatepost);
            publish(MESSAGES, MEBIBYTE, "persistent:false");
            long grown = Heap.live(gatepost) - before;
            assertTrue(
                    grown < 40 << 20, () -> "for one user who does not read the heap has grown by " + grown + " bytes");
        } finally {
            readers.forEach(StompClient::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsForADurableSubscriptionIsBounded(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(BROKER, Map.of("durable.subscriptions.bytes", "1050000"));
        try {
            ClientFrame subscribe = ClientFrame.subscribe("s", TOPIC, "activemq.subscriptionName:news");
            try (StompClient client = transport.client(gatepost)) {
                client.connect(user, user, "client-id:phone");
                client.done(subscribe);
            }
            double before = Metrics.of(DROPPED);
            publish(MESSAGES, LARGE, "persistent:true");
            int kept = MESSAGES - (int) (Metrics.of(DROPPED) - before);
            assertTrue(kept >= 9 && kept <= 10, () -> kept + " messages were kept");

            try (StompClient client = transport.client(gatepost)) {
                client.connect(user, user, "client-id:phone");
                client.send(subscribe);
                for (int i = 0; i < kept; i++) {
                    assertEquals("" + i, client.expect("MESSAGE").header("number"));
                }
                // what was read makes room
                publish(1, "now", "persistent:true");
                assertEquals("now", client.expect("MESSAGE").text());
                client.done(ClientFrame.of("UNSUBSCRIBE", "id:s"));
                client.done(ClientFrame.of("UNSUBSCRIBE", "id:s", "activemq.subscriptionName:news"));
            }
        } finally {
            gatepost.apply(BROKER, Map.of("durable.subscriptions.bytes", "67108864"));
        }
    }

    private static void publish(int count, String body, String persistent) {
        try (StompClient application = Transport.TCP.client(Suite.gatepost())) {
            application.connect("system", "manager");
            for (int i = 0; i < count; i++) {
                application.done(ClientFrame.send(TOPIC, body, persistent, "number:" + i));
            }
        }
    }
}
