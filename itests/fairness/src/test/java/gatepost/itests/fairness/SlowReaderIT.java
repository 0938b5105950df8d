package gatepost.itests.fairness;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that make Gatepost write, and do not read. */
@ExtendWith(Suite.class)
class SlowReaderIT {

    private static final int MESSAGES = 200;
    private static final String BODY = "x".repeat(64 << 10);

    @ParameterizedTest
    @EnumSource
    void whoDoesNotReadTheAnswersToTheirOwnMessagesHoldsUpNobody(Transport transport) {
        String user = Suite.attacker();
        try (StompClient client = transport.client(Suite.gatepost())) {
            client.connect(user, user);
            client.done(ClientFrame.subscribe("own", "/temp-queue/own"));
            for (int i = 0; i < MESSAGES; i++) {
                client.send(ClientFrame.send("/temp-queue/own", BODY, "persistent:true"));
            }
        }
    }
}
