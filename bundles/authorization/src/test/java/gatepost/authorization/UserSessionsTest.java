package gatepost.authorization;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.authorization.broker.Crafted;
import gatepost.authorization.broker.StompClient;
import gatepost.authorization.broker.TestBroker;
import gatepost.configuration.ConfigurationFile;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.Client;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What authorization does for whoever erases a user. */
class UserSessionsTest {

    private Authorization sessions;
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
        sessions = new Authorization(
                new LoggingConfigurationReports(), new DuplicateKeys(new FakeConfigurationAdmin().service()), shipped);
        broker = new TestBroker(new AuthorizationPlugin(sessions));
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
    void whoOnlyCallsHasASessionAndIsNotOnLine() throws Exception {
        assertEquals(Set.of("alice", "bob"), sessions.online());
        Broker filter = sessions.install(new BrokerFilter(null) {

            @Override
            public void addConnection(ConnectionContext context, ConnectionInfo info) {
                // whoever comes this far is in
            }
        });
        for (String user : new String[] {"caller", "both"}) {
            filter.addConnection(
                    Crafted.context(user, user, "users"), from(Client.caller(Optional.empty(), List.of())));
        }
        filter.addConnection(
                Crafted.context("both too", "both", "users"), from(new Client(Optional.empty(), List.of())));
        assertEquals(Set.of("caller", "both"), sessions.users());
        assertEquals(Set.of("both"), sessions.online());
    }

    private static ConnectionInfo from(Client client) {
        ConnectionInfo info = new ConnectionInfo();
        info.setTransportContext(client);
        return info;
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
