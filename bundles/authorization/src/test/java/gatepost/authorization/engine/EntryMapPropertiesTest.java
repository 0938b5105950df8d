package gatepost.authorization.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** What holds for every map, name and user. */
class EntryMapPropertiesTest {

    /** A map, and something that somebody asks of it. */
    record Question(List<Entry> entries, User user, Operation operation, Destination destination) {

        Decision ask(List<Entry> map) {
            return new EntryMap(map, Grants.NOBODY).decide(user, operation, destination);
        }
    }

    @Tag("slow")
    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void decidesAsThePlainReadingOfTheRulesDoes(@ForAll("questions") Question question) {
        List<Entry> entries = question.entries();
        User user = question.user();
        Operation operation = question.operation();
        Destination destination = question.destination();
        Decision decision = new EntryMap(entries, Grants.NOBODY).decide(user, operation, destination);
        ReferenceMap reference = new ReferenceMap(entries);
        assertEquals(reference.allows(user, operation, destination), decision.allowed());
        if (decision.allowed()) {
            assertTrue(reference.allows(decision.entry(), user, operation, destination), decision.entry());
        } else {
            assertFalse(decision.reason().isEmpty());
        }
    }

    @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
    void decidesTheSameWhateverTheOrderOfTheEntries(@ForAll("questions") Question question) {
        List<Entry> reversed = new ArrayList<>(question.entries());
        Collections.reverse(reversed);
        assertEquals(question.ask(question.entries()), question.ask(reversed));
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void underTheShippedMapNoNameMakesAnybodyReadAnythingButTheirOwnQueue(
            @ForAll("names") String name, @ForAll("names") String other) {
        User user = new User(name, Set.of("users"));
        for (String asked :
                List.of("user." + other, "user." + name, other, "user." + other + ".>", "user.*." + other)) {
            if (Maps.SHIPPED
                    .decide(user, Operation.READ, Destination.queue(asked))
                    .allowed()) {
                assertEquals("user." + name, asked);
                assertFalse(asked.contains("*") || asked.contains(">"), asked);
            }
            assertFalse(Maps.SHIPPED
                    .decide(user, Operation.WRITE, Destination.queue("user." + other))
                    .allowed());
            assertFalse(Maps.SHIPPED
                    .decide(user, Operation.READ, Destination.topic(asked))
                    .allowed());
        }
    }

    @Property
    void underTheShippedMapEveryOrdinaryNameReadsItsOwnQueue(@ForAll("ordinaryNames") String name) {
        User user = new User(name, Set.of("users"));
        assertEquals(
                "own-queue",
                Maps.SHIPPED
                        .decide(user, Operation.READ, Destination.queue("user." + name))
                        .entry());
    }

    @Property
    void theClosedMapAllowsNobodyAnything(
            @ForAll("users") User user, @ForAll Operation operation, @ForAll("destinations") Destination destination) {
        assertFalse(EntryMap.CLOSED.decide(user, operation, destination).allowed());
        assertFalse(EntryMap.CLOSED.decideTemporary(user, operation).allowed());
    }

    /** Half of the destinations are made from one of the map's own patterns, or entries would seldom meet. */
    @Provide
    Arbitrary<Question> questions() {
        return Combinators.combine(maps(), users(), Arbitraries.of(Operation.class))
                .flatAs((entries, user, operation) -> Arbitraries.oneOf(destinations(), meeting(entries, user))
                        .map(destination -> new Question(entries, user, operation, destination)));
    }

    private Arbitrary<Destination> meeting(List<Entry> entries, User user) {
        if (entries.isEmpty()) {
            return destinations();
        }
        return Combinators.combine(Arbitraries.of(entries), Arbitraries.of("a", "b", "*", ""))
                .as((entry, segment) -> new Destination(
                        entry.pattern().domain(),
                        String.join(".", entry.pattern().segments())
                                .replace("{user}", user.name())
                                .replace("*", segment)));
    }

    private Arbitrary<List<Entry>> maps() {
        Arbitrary<Set<String>> groups = Arbitraries.of("g", "h", "*").set().ofMaxSize(2);
        Arbitrary<Grants> grants = Combinators.combine(groups, groups, groups).as(Grants::new);
        Arbitrary<List<String>> segments =
                Arbitraries.of("a", "b", "", "*", "{user}").list().ofMinSize(1).ofMaxSize(4);
        Arbitrary<DestinationPattern> patterns = Combinators.combine(
                        Arbitraries.of(Domain.class), segments, Arbitraries.of("", ".>"))
                .as((domain, list, rest) -> domain.prefix() + String.join(".", list) + rest)
                .filter(EntryMapPropertiesTest::isPattern)
                .map(DestinationPattern::parse);
        return Combinators.combine(patterns, grants)
                .as((pattern, grant) -> new Entry("", pattern, grant))
                .list()
                .ofMaxSize(12)
                .map(EntryMapPropertiesTest::named);
    }

    private static boolean isPattern(String text) {
        try {
            DestinationPattern.parse(text);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static List<Entry> named(List<Entry> entries) {
        List<Entry> named = new ArrayList<>();
        for (Entry entry : entries) {
            named.add(new Entry("e" + named.size(), entry.pattern(), entry.grants()));
        }
        return named;
    }

    @Provide
    Arbitrary<User> users() {
        Arbitrary<Set<String>> groups = Arbitraries.of("g", "h", "i").set().ofMaxSize(2);
        return Combinators.combine(shortNames(), groups).as(User::new);
    }

    @Provide
    Arbitrary<Destination> destinations() {
        return Combinators.combine(Arbitraries.of(Domain.class), shortNames()).as(Destination::new);
    }

    /** Few different characters, so that names often meet entries. */
    private static Arbitrary<String> shortNames() {
        Arbitrary<String> joined = Arbitraries.of("a", "b", "", "*", ">", "c")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list -> String.join(".", list));
        return Arbitraries.oneOf(
                joined,
                Arbitraries.strings().withChars("ab.*>,?:/ {}\0\u00a0\u2003").ofMaxLength(6));
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> wild = Arbitraries.of(
                "*",
                ">",
                "a.>",
                "a,b",
                "",
                "\0",
                "a/b",
                "bob@example.com",
                "{user}",
                "a?x=1",
                "queue://b",
                "a b",
                "user.a",
                ".",
                "..",
                "a.b",
                "ab",
                "\u2028",
                "\u00a0");
        return Arbitraries.oneOf(wild, shortNames(), Arbitraries.strings().ofMaxLength(12));
    }

    @Provide
    Arbitrary<String> ordinaryNames() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars(".-_@+=!'()")
                .ofMinLength(1)
                .ofMaxLength(40);
    }
}
