package gatepost.authorization;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authorization.broker.StompClient;
import gatepost.authorization.broker.TestBroker;
import gatepost.configuration.ConfigurationFile;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.UserSessions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What authorization does for whoever erases a user. */
class UserSessionsTest {

    private UserSessions sessions;
    private TestBroker broker;
    private StompClient tab;
    private StompClient phone;
    private StompClient bob;

    @BeforeEach
    void start() throws Exception {
        Map<String, Object> shipped =
                new HashMap<>(ConfigurationFile.read(Path.of("../../etc/gatepost.authorization.cfg"))
                        .values());
        shipped.put("service.pid", Authorization.PID);
        Authorization authorization = new Authorization(
                new LoggingConfigurationReports(), new DuplicateKeys(new FakeConfigurationAdmin().service()), shipped);
        sessions = authorization;
        broker = new TestBroker(new AuthorizationPlugin(authorization));
        tab = broker.client("alice", "users");
        phone = broker.client("alice", "users", "phone");
        bob = broker.client("bob", "users");
    }

    @AfterEach
    void stop() throws Exception {
        tab.close();
        phone.close();
        bob.close();
        broker.close();
    }

    @Test
    void theyAreCountedByTheExactName() {
        assertEquals(2, sessions.count("alice"));
        assertEquals(1, sessions.count("bob"));
        assertEquals(0, sessions.count("Alice"));
        assertEquals(0, sessions.count("ali"));
    }

    @Test
    void allOfAUserEndWithAWordAndNobodyElses() throws Exception {
        assertEquals(0, sessions.close("nobody"));
        assertEquals(2, sessions.close("alice"));
        assertTrue(tab.receive().startsWith("ERROR"));
        assertTrue(phone.receive().startsWith("ERROR"));
        await().until(() -> sessions.count("alice") == 0);
        assertEquals("ok", bob.subscribe("/queue/user.bob"));
        assertEquals(1, sessions.count("bob"));
        try (StompClient again = broker.client("alice", "users")) {
            assertEquals("ok", again.subscribe("/queue/user.alice"), "they may come back");
        }
    }
}
