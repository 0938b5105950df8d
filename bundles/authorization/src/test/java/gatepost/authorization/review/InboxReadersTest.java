package gatepost.authorization.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.authorization.Authorization;
import gatepost.authorization.AuthorizationPlugin;
import gatepost.authorization.Components;
import gatepost.authorization.DuplicateKeys;
import gatepost.authorization.FakeConfigurationAdmin;
import gatepost.authorization.broker.StompClient;
import gatepost.authorization.broker.TestBroker;
import gatepost.configuration.LoggingConfigurationReports;
import gatepost.contracts.UserGroups;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;

/** Who may read, of many users that need not be there. */
class InboxReadersTest {

    private final Authorization authorization = authorization("entry.own = queue://user.{user} read=users");
    private final UserGroups usersFile = Components.answering(
            UserGroups.class,
            "listed",
            () -> Map.of("bob", Set.of("users"), "carol", Set.of("others"), "alice", Set.of("others")));

    private static Authorization authorization(String line) {
        Map<String, Object> map = new HashMap<>(Map.of("service.pid", Authorization.PID));
        String[] entry = line.split(" = ");
        map.put(entry[0], entry[1]);
        return new Authorization(
                new LoggingConfigurationReports(), new DuplicateKeys(new FakeConfigurationAdmin().service()), map);
    }

    private Set<String> readable(String... users) {
        Map<String, ActiveMQQueue> queues =
                Stream.of(users).collect(Collectors.toMap(user -> user, user -> new ActiveMQQueue("user." + user)));
        return new InboxReaders(authorization, usersFile)
                .readable(queues).stream()
                        .map(ActiveMQQueue::getPhysicalName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theGroupsAreThoseOfTheUsersFile() {
        assertEquals(Set.of("user.bob"), readable("alice", "bob", "carol"));
    }

    @Test
    void thoseOfASessionCountMore() throws Exception {
        try (TestBroker broker = new TestBroker(new AuthorizationPlugin(authorization));
                StompClient alice = broker.client("alice", "users");
                StompClient bob = broker.client("bob", "others")) {
            assertEquals(Set.of("user.alice"), readable("alice", "bob", "carol"));
            assertEquals(Set.of("alice", "bob"), authorization.users());
        }
        assertEquals(Set.of(), authorization.users());
    }

    @Test
    void whoseGroupsAreNotKnownMayReadWhatAnyGroupMay() throws Exception {
        assertEquals(Set.of("user.stranger"), readable("stranger"));
        Components.call(
                authorization,
                "modified",
                Map.of("service.pid", Authorization.PID, "entry.a", "queue://app.inbox read=users"));
        assertEquals(Set.of(), readable("stranger", "bob"));
    }
}
