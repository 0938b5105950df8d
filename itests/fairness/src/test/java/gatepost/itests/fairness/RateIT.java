package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send as fast as they can. */
@ExtendWith(Suite.class)
class RateIT {

    private static final int MESSAGES = 4000;

    @ParameterizedTest
    @EnumSource
    void whoSendsTooFastIsReadMoreSlowlyAndLosesNothing(Transport transport) {
        // silence: while nothing is read from it, a client cannot be blamed for saying nothing
        try (OwnConnector connector = OwnConnector.with(
                transport, Map.of("rate.messages", "1000", "rate.burst", "1", "heartbeat.receive", "200"))) {
            double rated = seconds(connector, Suite.attacker());
            assertTrue(rated > 2, "it took " + rated + " s");
            double trusted = seconds(connector, "system");
            assertTrue(trusted < rated, "a trusted account has no rate, and it took " + trusted + " s");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesHaveARateToo(Transport transport) {
        try (OwnConnector connector = OwnConnector.with(
                transport,
                Map.of("rate.messages", "0", "rate.user.messages", "0", "rate.bytes", "400000", "rate.burst", "1"))) {
            double rated = seconds(connector, Suite.attacker());
            assertTrue(rated > 2, "it took " + rated + " s");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionsOfAUserShareTheirRate(Transport transport) {
        String user = Suite.attacker();
        Map<String, String> rates = Map.of("rate.messages", "0", "rate.user.messages", "1000", "rate.burst", "1");
        try (OwnConnector connector = OwnConnector.with(transport, rates);
                OwnConnector other = OwnConnector.with(Transport.TCP, rates)) {
            double first = seconds(connector, user);
            assertTrue(first > 2, "it took " + first + " s");
            double second = seconds(other, user);
            assertTrue(second > 3.2, "coming back makes nobody new, and it took " + second + " s");
        }
    }

    /** @return how long it takes until everything is served */
    private static double seconds(OwnConnector connector, String user) {
        String password = user.equals("system") ? "manager" : user;
        try (StompClient client = connector.client()) {
            client.connect(user, password, "heart-beat:200,0");
            // over a WebSocket this is one message
            String all = ("SEND\ndestination:/queue/app.inbox\npersistent:false\nexpires:1\n\n" + "x".repeat(200)
                            + '\0')
                    .repeat(MESSAGES);
            long begin = System.nanoTime();
            client.send(all);
            client.done(ClientFrame.of("DISCONNECT"));
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
