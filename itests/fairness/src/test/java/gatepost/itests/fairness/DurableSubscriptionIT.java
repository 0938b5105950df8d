package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Collections;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Durable subscriptions, each of which keeps every later message. */
@ExtendWith(Suite.class)
class DurableSubscriptionIT {

    private static final String TOPIC = "/topic/durable.news";
    private static final int MOST = 100;

    @ParameterizedTest
    @EnumSource
    void aUserHasSoManyAndTheyAreDroppedWhenTheyAreOffLineForLong(Transport transport) {
        Gatepost gatepost = Suite.gatepost();
        String user = Suite.attacker();
        gatepost.apply(
                "gatepost.authorization.cfg",
                Map.of("entry.durable", "topic://durable.news read=users write=admins admin=users"));
        try (StompClient client = transport.client(gatepost)) {
            client.connect(user, user, "client-id:phone");
            for (int i = 0; i < MOST; i++) {
                client.done(ClientFrame.subscribe("s" + i, TOPIC, "activemq.subscriptionName:d" + i));
            }
        }
        try (StompClient client = transport.client(gatepost)) {
            client.connect(user, user, "client-id:laptop");
            ServerFrame answer =
                    client.request(ClientFrame.subscribe("s", TOPIC, "activemq.subscriptionName:one-more"));
            assertEquals("ERROR", answer.command());
            assertTrue(answer.toString().contains("user " + user + " may have " + MOST), answer::toString);
        }

        gatepost.apply("gatepost.broker.cfg", Map.of("durable.subscriptions.timeout", "1"));
        Awaitility.await("what is off line for long is dropped")
                .until(() -> gatepost.shell("gatepost:subscription-list --json " + user)
                        .replaceAll("\\s", "")
                        .equals("[]"));
        gatepost.apply("gatepost.broker.cfg", Map.of("durable.subscriptions.timeout", "2592000000"));
        gatepost.apply("gatepost.authorization.cfg", Collections.singletonMap("entry.durable", null));
    }
}
