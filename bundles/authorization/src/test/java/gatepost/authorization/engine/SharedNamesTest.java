package gatepost.authorization.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which maps let a user with dots in the name into what is of another. */
class SharedNamesTest {

    private static final Grants READ = new Grants(Set.of("users"), Set.of(), Set.of());

    @ParameterizedTest
    @CsvSource({
        "queue://user.{user}, queue://user.{user}.private",
        "queue://user.{user}.in, queue://user.{user}.app.in",
        "queue://in.{user}, queue://in.app.{user}",
        "queue://{user}, queue://user.{user}",
        "queue://*.{user}, queue://user.{user}.private",
        "queue://{user}.inbox, queue://user.{user}",
        "topic://chat.{user}, topic://chat.{user}.{user}",
        "queue://a.{user}., queue://a.{user}",
    })
    void twoEntriesThatOneDestinationMayBelongToByAreFound(String one, String other) {
        assertEquals(1, found(entry("one", one, READ), entry("other", other, READ)));
        assertEquals(1, found(entry("one", other, READ), entry("other", one, READ)));
    }

    @ParameterizedTest
    @CsvSource({
        "queue://user.{user}, queue://user.{user}",
        "queue://user.{user}, queue://*.{user}",
        "queue://user.{user}, queue://private.{user}",
        "queue://user.{user}, topic://user.{user}.private",
        "queue://user.{user}.in, queue://user.{user}.out",
        "queue://user.{user}.in, queue://user.{user}.in.old",
        "queue://user.{user}, queue://user.>",
        "queue://user.{user}, queue://user.*.private",
        "queue://user.{user}, queue://user.{user}.a:b",
    })
    void twoEntriesThatTellUsersApartAreNot(String one, String other) {
        assertEquals(0, found(entry("one", one, READ), entry("other", other, READ)));
    }

    @Test
    void theReasonNamesTheOtherEntryAndAnExample() {
        SharedNames.Collision found = SharedNames.among(List.of(
                        entry("private", "queue://user.{user}.private", READ),
                        entry("own", "queue://user.{user}", READ)))
                .get(0);
        assertEquals("private", found.entry().name());
        assertTrue(
                found.reason()
                        .startsWith("a user's name may have dots: with entry.own = queue://user.{user} it makes "
                                + "queue://user.bob.private that of the users bob and bob.private alike"),
                found.reason());
    }

    @Test
    void whateverTheTwoEntriesAllowMatters() {
        for (Operation operation : Operation.values()) {
            assertEquals(
                    1,
                    found(
                            entry("own", "queue://user.{user}", READ),
                            entry("private", "queue://user.{user}.private", only(operation, "others"))));
        }
    }

    @Test
    void whoMayDoTheSameEverywhereGetsNowhereNew() {
        Entry admins = entry("admins", "queue://>", only(Operation.READ, "admins"));
        Entry own = entry("own", "queue://user.{user}", only(Operation.READ, "admins"));
        Entry privately = entry("private", "queue://user.{user}.private", only(Operation.READ, "admins"));
        assertEquals(0, found(admins, own, privately));
        assertEquals(
                1,
                found(admins, own, entry("private", "queue://user.{user}.private", only(Operation.WRITE, "admins"))));
        assertEquals(1, found(entry("admins", "queue://user.*.>", READ), own, privately));
        assertEquals(0, found(own, entry("nobody", "queue://user.{user}.private", Grants.NOBODY)));
    }

    /** Every pair of short patterns, against every pair of users with short names. */
    @Test
    @Tag("slow")
    void whatIsFoundIsExactlyWhatTwoUsersCanMeetAt() {
        List<DestinationPattern> patterns = lists(List.of("a", "b", "*", "{user}"), 3)
                .map(list -> "queue://" + String.join(".", list))
                .filter(text -> text.contains("{user}") && isPattern(text))
                .map(DestinationPattern::parse)
                .toList();
        List<String> users = lists(List.of("a", "b", "c"), 4)
                .map(list -> String.join(".", list))
                .toList();
        int collisions = 0;
        for (DestinationPattern one : patterns) {
            for (DestinationPattern other : patterns) {
                boolean meet = meet(one, other, users);
                boolean found = found(new Entry("one", one, READ), new Entry("other", other, READ)) == 1;
                assertTrue(found || !meet, () -> one + " and " + other + " meet");
                assertTrue(
                        meet || !found || isTwice(one) || isTwice(other), () -> one + " and " + other + " do not meet");
                collisions += meet ? 1 : 0;
            }
        }
        assertTrue(collisions > 100, collisions + " collisions");
    }

    private static boolean isTwice(DestinationPattern pattern) {
        return pattern.segments().indexOf("{user}") != pattern.segments().lastIndexOf("{user}");
    }

    /** What the rule is for: with no collision found, no destination is that of two users. */
    private static boolean meet(DestinationPattern one, DestinationPattern other, List<String> users) {
        for (String user : users) {
            String[] mine = named(one, user);
            for (String another : users) {
                if (!user.equals(another) && unify(mine, named(other, another))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String[] named(DestinationPattern pattern, String user) {
        return String.join(".", pattern.segments()).replace("{user}", user).split("\\.");
    }

    private static boolean unify(String[] one, String[] other) {
        if (one.length != other.length) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            if (!one[i].equals(other[i]) && !one[i].equals("*") && !other[i].equals("*")) {
                return false;
            }
        }
        return true;
    }

    private static Stream<List<String>> lists(List<String> elements, int longest) {
        List<List<String>> all = new ArrayList<>();
        List<List<String>> last = List.of(List.of());
        for (int length = 1; length <= longest; length++) {
            last = last.stream()
                    .flatMap(list -> elements.stream().map(element -> {
                        List<String> longer = new ArrayList<>(list);
                        longer.add(element);
                        return List.copyOf(longer);
                    }))
                    .toList();
            all.addAll(last);
        }
        return all.stream();
    }

    private static boolean isPattern(String text) {
        try {
            DestinationPattern.parse(text);
            return true;
        } catch (IllegalArgumentException refused) {
            return false; // the kind that never gets as far as a map
        }
    }

    private static int found(Entry... entries) {
        return SharedNames.among(List.of(entries)).size();
    }

    private static Entry entry(String name, String pattern, Grants grants) {
        return new Entry(name, DestinationPattern.parse(pattern), grants);
    }

    private static Grants only(Operation operation, String group) {
        Set<String> groups = Set.of(group);
        return new Grants(
                operation == Operation.READ ? groups : Set.of(),
                operation == Operation.WRITE ? groups : Set.of(),
                operation == Operation.ADMIN ? groups : Set.of());
    }
}
