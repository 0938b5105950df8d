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
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;

/** Who may read, of many users that need not be there. */
class InboxReadersTest {

    private final Authorization authorization = authorization("entry.own = queue://user.{user} read=users");
    private final UserGroups usersFile =
            () -> new Listing(Map.of("bob", Set.of("users"), "carol", Set.of("others"), "alice", Set.of("others")));

    private record Listing(Map<String, Collection<String>> all) implements UserGroups.Listed {

        @Override
        public Set<String> users() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Collection<String>> groupsOf(String user) {
            return Optional.ofNullable(all.get(user));
        }
    }

    private static Authorization authorization(String line) {
        Map<String, Object> map = new HashMap<>(Map.of("service.pid", Authorization.PID));
        String[] entry = line.split(" = ");
        map.put(entry[0], entry[1]);
        return new Authorization(
                new LoggingConfigurationReports(), new DuplicateKeys(new FakeConfigurationAdmin().service()), map);
    }

    private Set<String> readable(String... users) {
        BiPredicate<String, ActiveMQQueue> rights = new InboxReaders(authorization, usersFile).now();
        return Stream.of(users)
                .filter(user -> rights.test(user, new ActiveMQQueue("user." + user)))
                .collect(Collectors.toSet());
    }

    @Test
    void theGroupsAreThoseOfTheUsersFile() {
        assertEquals(Set.of("bob"), readable("alice", "bob", "carol"));
    }

    @Test
    void thoseOfASessionCountMore() throws Exception {
        try (TestBroker broker = new TestBroker(new AuthorizationPlugin(authorization));
                StompClient alice = broker.client("alice", "users");
                StompClient bob = broker.client("bob", "others")) {
            assertEquals(Set.of("alice"), readable("alice", "bob", "carol"));
            assertEquals(Set.of("alice", "bob"), authorization.users());
        }
        assertEquals(Set.of(), authorization.users());
    }

    @Test
    void whoseGroupsAreNotKnownMayReadWhatAnyGroupMay() throws Exception {
        assertEquals(Set.of("stranger"), readable("stranger"));
        Components.call(
                authorization,
                "modified",
                Map.of("service.pid", Authorization.PID, "entry.a", "queue://app.inbox read=users"));
        assertEquals(Set.of(), readable("stranger", "bob"));
    }
}
