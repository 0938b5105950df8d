package gatepost.itests.fairness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the connections of one user may have together, over all connectors. */
@ExtendWith(Suite.class)
class UserSharesIT {

    private static final Map<String, String> LIMITS = Map.of("subscriptions.per.user", "3", "temporary.per.user", "2");

    @ParameterizedTest
    @EnumSource
    void subscriptions(Transport transport) {
        String user = Suite.attacker();
        String queue = "/queue/user." + user;
        try (OwnConnector connector = OwnConnector.with(transport, LIMITS);
                OwnConnector other = OwnConnector.with(Transport.TCP, LIMITS)) {
            try (StompClient first = connector.signedIn(user);
                    StompClient second = other.signedIn(user)) {
                first.done(ClientFrame.subscribe("1", queue));
                second.done(ClientFrame.subscribe("1", queue));
                second.done(ClientFrame.subscribe("2", queue));
                second.done(ClientFrame.of("UNSUBSCRIBE", "id:2"));
                second.done(ClientFrame.subscribe("3", queue));
                refused(
                        first.request(ClientFrame.subscribe("2", queue)),
                        "too many subscriptions: a user may have 3 in all");
                try (StompClient somebodyElse = connector.signedIn("alice")) {
                    somebodyElse.done(ClientFrame.subscribe("1", "/queue/user.alice"));
                }
            }
            Awaitility.await().untilAsserted(() -> {
                try (StompClient again = connector.signedIn(user)) {
                    for (int i = 0; i < 3; i++) {
                        again.done(ClientFrame.subscribe("" + i, queue));
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void temporaryDestinations(Transport transport) {
        String user = Suite.attacker();
        try (OwnConnector connector = OwnConnector.with(transport, LIMITS);
                StompClient first = connector.signedIn(user);
                StompClient second = connector.signedIn(user)) {
            first.done(ClientFrame.send("/temp-queue/1", "hi"));
            second.done(ClientFrame.send("/temp-topic/2", "hi"));
            refused(
                    second.request(ClientFrame.send("/temp-queue/3", "hi")),
                    "too many temporary destinations: a user may have 2 in all");
        }
    }

    private static void refused(ServerFrame answer, String why) {
        assertTrue(answer.command().equals("ERROR") && answer.header("message").contains(why), answer.toString());
    }
}
