package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.UserGroups;
import gatepost.contracts.UserSessions;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownUsersTest {

    private final KnownUsers users = new KnownUsers();

    @BeforeEach
    void everybodyIsThere() {
        fill(users);
    }

    /** Has alice be on line, erin call, alice and bob be in the users file, and whoever is not Gatepost's own be allowed to read. */
    static void fill(KnownUsers users) {
        users.sessions = new UserSessions() {

            @Override
            public int close(String user) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int count(String user) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Set<String> users() {
                return Set.of("alice", "erin", "gatepost-welcome");
            }

            @Override
            public Set<String> online() {
                return Set.of("alice", "gatepost-welcome");
            }
        };
        users.groups = () -> new UserGroups.Listed() {

            @Override
            public Set<String> users() {
                return Set.of("alice", "bob", "no*body");
            }

            @Override
            public Optional<Collection<String>> groupsOf(String user) {
                throw new UnsupportedOperationException();
            }
        };
        // nobody whose name begins as those of Gatepost's own accounts may read
        users.rights = () -> (user, queue) -> !user.startsWith("gatepost-");
    }

    private static Optional<ActiveMQQueue> inbox(String user) {
        return user.contains("*") ? Optional.empty() : Optional.of(new ActiveMQQueue("user." + user));
    }

    private static Set<String> names(Collection<ActiveMQQueue> inboxes) {
        Set<String> names = new HashSet<>();
        inboxes.forEach(queue -> assertTrue(names.add(queue.getPhysicalName()), "each once: " + inboxes));
        return names;
    }

    private Collection<ActiveMQQueue> everyone() throws AudienceRefused {
        return users.everyone(
                reader -> Stream.of("carol", "bob")
                        .forEach(user -> reader.accept(user, new ActiveMQQueue("user." + user))),
                KnownUsersTest::inbox);
    }

    @Test
    void onLineIsWhoHasASessionAndMayRead() throws AudienceRefused {
        assertEquals(Set.of("user.alice"), names(users.online(KnownUsersTest::inbox)));
    }

    @Test
    void everyoneIsWhoHasAnInboxOrASessionOrALineOfTheUsersFile() throws AudienceRefused {
        assertEquals(Set.of("user.alice", "user.bob", "user.carol", "user.erin"), names(everyone()));
    }

    @Test
    void whereOneIsMissingWhoHasToBeAskedNobodyGetsAnything() {
        users.groups = null;
        assertThrows(AudienceRefused.class, this::everyone);
        everybodyIsThere();
        users.sessions = null;
        assertThrows(AudienceRefused.class, () -> users.online(KnownUsersTest::inbox));
        everybodyIsThere();
        users.rights = null;
        assertThrows(AudienceRefused.class, () -> users.online(KnownUsersTest::inbox));
        AudienceRefused refused = assertThrows(AudienceRefused.class, this::everyone);
        assertTrue(refused.getMessage().contains("the gate cannot be asked"), refused.getMessage());
    }
}
