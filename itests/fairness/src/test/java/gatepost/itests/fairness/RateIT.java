package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Wire;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send as fast as they can. */
@ExtendWith(Suite.class)
class RateIT {

    private static final int MESSAGES = 600;

    @ParameterizedTest
    @EnumSource
    void whoSendsTooFastIsReadMoreSlowlyAndLosesNothing(Wire wire) {
        // silence: while nothing is read from it, a client cannot be blamed for saying nothing
        try (OwnConnector connector = OwnConnector.with(wire, Map.of("rate.messages", "200", "rate.burst", "1",
                "heartbeat.receive", "200"))) {
            assertTrue(seconds(connector, Suite.attacker()) > 1.5);
            assertTrue(seconds(connector, "system") < 1.5, "a trusted account has no rate");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesHaveARateToo(Wire wire) {
        try (OwnConnector connector = OwnConnector.with(wire, Map.of("rate.bytes", "100000", "rate.burst", "1"))) {
            assertTrue(seconds(connector, Suite.attacker()) > 1.5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionsOfAUserShareTheirRate(Wire wire) {
        String user = Suite.attacker();
        Map<String, String> rates = Map.of("rate.user.messages", "200", "rate.burst", "1");
        try (OwnConnector connector = OwnConnector.with(wire, rates); OwnConnector other = OwnConnector.with(Wire.TCP, rates)) {
            assertTrue(seconds(connector, user) > 1.5);
            long begin = System.nanoTime();
            seconds(other, user);
            assertTrue(System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(2500), "coming back makes nobody new");
        }
    }

    /** @return how long it takes until everything is served */
    private static double seconds(OwnConnector connector, String user) {
        String password = user.equals("system") ? "manager" : user;
        try (StompClient client = connector.client()) {
            client.connect(user, password, "heart-beat:200,0");
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < MESSAGES; i++) {
                all.append("SEND\ndestination:/queue/app.inbox\npersistent:false\nexpires:1\n\n").append("x".repeat(200)).append('\0');
            }
            long begin = System.nanoTime();
            client.send(all.toString());
            client.done(ClientFrame.of("DISCONNECT"));
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
