package gatepost.console.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.console.people.KnownPeople.Found;
import gatepost.console.people.KnownPeople.Person;
import gatepost.contracts.Presence;
import gatepost.contracts.UserGroups;
import gatepost.metrics.view.InboxView;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownPeopleTest {

    private final KnownPeople people = new KnownPeople();
    private final Set<String> withInbox = new TreeSet<>(Set.of("alice", "Alina", "bob"));

    private void know() {
        people.inboxes = new InboxView() {
            @Override
            public Set<String> users() {
                return withInbox;
            }

            @Override
            public List<InboxRow> of(String user) {
                return List.of();
            }
        };
        people.groups = () -> new UserGroups.Listed() {
            @Override
            public Set<String> users() {
                return Set.of("bob", "carol", "gatepost-welcome");
            }

            @Override
            public Optional<Collection<String>> groupsOf(String user) {
                return Optional.empty();
            }
        };
        people.presence = new Presence() {
            @Override
            public Optional<State> of(String user) {
                return user.equals("alice")
                        ? Optional.of(new State(user, true, OptionalLong.of(17)))
                        : Optional.empty();
            }

            @Override
            public List<State> online(String after, int limit) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int count() {
                throw new UnsupportedOperationException();
            }

            @Override
            public OptionalLong lastSeen(String user) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Test
    void whoHasAnInboxOrStandsInTheUsersFileIsFoundOnLineOrNot() {
        know();
        assertEquals(
                new Found(List.of(new Person("Alina", false, null), new Person("alice", true, 17L)), 2, ""),
                people.find("ALI", "", 50));
        assertEquals(
                List.of("Alina", "alice", "bob", "carol"),
                people.find("", "", 50).users().stream().map(Person::user).toList());
    }

    @Test
    void thePagesAreInOrderAndNobodyStandsOnTwo() {
        know();
        IntStream.range(0, 120).forEach(number -> withInbox.add(String.format("user%03d", number)));
        Found first = people.find("user", "", 50);
        Found second = people.find("user", first.next(), 50);
        Found third = people.find("user", second.next(), 50);
        assertEquals(120, first.matching());
        assertEquals("user049", first.next());
        assertEquals("user050", second.users().get(0).user());
        assertEquals(20, third.users().size());
        assertEquals("", third.next());
    }

    @Test
    void whereNoPartIsThereNobodyIsKnown() {
        assertEquals(new Found(List.of(), 0, ""), people.find("", "", 50));
    }
}
