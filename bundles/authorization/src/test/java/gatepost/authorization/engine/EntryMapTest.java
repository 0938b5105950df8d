package gatepost.authorization.engine;

import static gatepost.authorization.engine.Maps.SHIPPED;
import static gatepost.authorization.engine.Maps.map;
import static gatepost.authorization.engine.Maps.user;
import static gatepost.authorization.engine.Operation.ADMIN;
import static gatepost.authorization.engine.Operation.READ;
import static gatepost.authorization.engine.Operation.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of DESIGN.md, "The entry map": one line of map in, one assertion out. */
class EntryMapTest {

    private static final User ALICE = user("alice", "users");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            system | admins           | READ  | queue://user.alice | admins
            system | admins           | WRITE | queue://user.alice | admins
            system | admins           | READ  | queue://>          | admins
            system | admins           | READ  | queue://ActiveMQ.DLQ | admins
            system | admins           | WRITE | topic://news       | topics
            alice  | users            | READ  | queue://user.alice | own-queue
            alice  | users            | ADMIN | queue://user.alice | own-queue
            alice  | users            | WRITE | queue://app.inbox  | to-app
            alice  | users            | ADMIN | queue://app.inbox  | to-app
            bob@example.com | users   | READ  | queue://user.bob@example.com | own-queue
            alice  | users            | READ  | topic://gatepost.presence.alice | presence
            a.b    | users            | READ  | topic://gatepost.presence.a.b | presence
            system | admins           | READ  | topic://gatepost.presence.> | topics
            w      | gatepost-welcome | WRITE | queue://user.alice | welcome
            w      | gatepost-welcome | ADMIN | queue://user.alice | welcome
            r      | gatepost-routes  | WRITE | queue://user.a.b   | routes
            """)
    void theShippedMapAllows(String name, String group, Operation operation, String destination, String entry) {
        assertEquals(
                entry,
                SHIPPED.decide(user(name, group), operation, destination(destination))
                        .entry());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice  | users            | WRITE | queue://user.alice
            alice  | users            | READ  | queue://user.bob
            alice  | users            | ADMIN | queue://user.bob
            alice  | users            | WRITE | queue://user.bob
            alice  | users            | READ  | queue://user
            alice  | users            | READ  | queue://user.alice.more
            alice  | users            | READ  | queue://user.Alice
            alice  | users            | READ  | queue://user.*
            alice  | users            | READ  | queue://user.>
            alice  | users            | READ  | queue://user.alice.>
            alice  | users            | READ  | queue://>
            alice  | users            | READ  | queue://app.inbox
            alice  | users            | READ  | queue://ActiveMQ.DLQ
            alice  | users            | READ  | topic://user.alice
            alice  | users            | WRITE | topic://news
            alice  | users            | READ  | topic://ActiveMQ.Advisory.>
            alice  | users            | READ  | topic://gatepost.presence.bob
            alice  | users            | READ  | topic://gatepost.presence.>
            alice  | users            | READ  | topic://gatepost.presence.alice.>
            a      | users            | READ  | topic://gatepost.presence.a.b
            a.b    | users            | READ  | topic://gatepost.presence.a
            *      | users            | READ  | topic://gatepost.presence.*
            alice  | users            | WRITE | topic://gatepost.presence.alice
            *      | users            | READ  | queue://user.*
            >      | users            | READ  | queue://user.>
            a.>    | users            | READ  | queue://user.a.>
            bob    | users            | READ  | queue://user.bob@example.com
            bob@example.com | users   | READ  | queue://user.bob@example
            w      | gatepost-welcome | READ  | queue://user.alice
            w      | gatepost-welcome | WRITE | queue://app.inbox
            system | admins           | WRITE | queue://>
            system | admins           | WRITE | queue://user.*
            system | nobody           | READ  | queue://a
            """)
    void theShippedMapDenies(String name, String group, Operation operation, String destination) {
        assertFalse(SHIPPED.decide(user(name, group), operation, destination(destination))
                .allowed());
    }

    @Test
    void anOperationThatAnEntryDoesNotNameIsAllowedToNobody() {
        EntryMap map = map("e queue://a read=* write=");
        assertTrue(map.decide(ALICE, READ, Destination.queue("a")).allowed());
        assertFalse(map.decide(ALICE, WRITE, Destination.queue("a")).allowed());
        assertFalse(map.decide(ALICE, ADMIN, Destination.queue("a")).allowed());
    }

    @Test
    void aStarAllowsEveryAuthenticatedUserEvenOneInNoGroup() {
        assertTrue(map("e queue://a read=*")
                .decide(user("x"), READ, Destination.queue("a"))
                .allowed());
    }

    @Test
    void whatEntriesAllowAddsUp() {
        EntryMap map =
                map("one queue://a.* read=users", "two queue://a.b write=users", "three queue://a.b read=admins");
        assertEquals("one", map.decide(ALICE, READ, Destination.queue("a.b")).entry());
        assertEquals("two", map.decide(ALICE, WRITE, Destination.queue("a.b")).entry());
    }

    @Test
    void theMostSpecificEntryIsNamedAndThenTheFirstByName() {
        EntryMap map = map("b queue://a.b read=*", "a queue://a.b read=*", "c queue://> read=*");
        assertEquals("a", map.decide(ALICE, READ, Destination.queue("a.b")).entry());
    }

    @ParameterizedTest
    @CsvSource({
        "a.>, a, true",
        "a.>, a.b, true",
        "a.>, a.b.c, true",
        "a.>, ab, false",
        "a.*, a, false",
        "a.*, a.b, true",
        "a.*, a.b.c, false",
        "*.b, a.b, true",
        "a.*.>, a, false",
        "a.*.>, a.b, true",
        "a.*.>, a.b.c.d, true",
        ">, anything.at.all, true",
        "a..b, a..b, true",
        "a.*.b, a..b, true",
        "a, a., false"
    })
    void wildcardsMatchWholeSegments(String pattern, String name, boolean matches) {
        assertEquals(
                matches,
                map("e queue://" + pattern + " read=*")
                        .decide(ALICE, READ, Destination.queue(name))
                        .allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "a.>, a.>, true",
        "a.>, a.*, true",
        "a.>, a.b.>, true",
        "a.>, a.*.>, true",
        "a.*, a.*, true",
        "a.*, a.>, false",
        "a.*.>, a.>, false",
        "a.>, >, false",
        "a.b, a.*, false",
        "*.*, *.*, true",
        "*, >, false",
        "*.>, >, false",
        ">, >, true",
        "*.>, *, true",
        "*.b, a.*, false"
    })
    void aWildcardIsAllowedWhereOneEntryAllowsEverythingThatItCouldMatch(
            String pattern, String asked, boolean allowed) {
        EntryMap map = map("e queue://" + pattern + " read=* admin=*");
        assertEquals(allowed, map.decide(ALICE, READ, Destination.queue(asked)).allowed());
        assertEquals(allowed, map.decide(ALICE, ADMIN, Destination.queue(asked)).allowed());
    }

    @Test
    void twoEntriesTogetherDoNotAllowAWildcard() {
        EntryMap map = map("one queue://a read=*", "two queue://a.*.> read=*");
        assertFalse(map.decide(ALICE, READ, Destination.queue("a.>")).allowed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", ">", "a.*", "a.>"})
    void aSendToAWildcardIsRefusedEvenToThoseWhoMaySendEverywhere(String name) {
        assertFalse(map("e queue://> write=*")
                .decide(ALICE, WRITE, Destination.queue(name))
                .allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a*",
                "*a",
                "a.b*.c",
                ">.a",
                "a.>.>",
                "a.>.b",
                ">>",
                "**",
                "a>",
                "a,b",
                "a?consumer.exclusive=true"
            })
    void aNameThatTheBrokerWouldTakeInAnotherWayIsDenied(String name) {
        assertFalse(map("e queue://> read=* write=* admin=*")
                .decide(ALICE, READ, Destination.queue(name))
                .allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                ">",
                "a.>",
                "a,b",
                "a?b",
                "a:b",
                "a/b",
                "a b",
                "a\tb",
                "a\0b",
                "a\u007f",
                "a\u0085",
                "a\u00a0b",
                "a\u2003",
                "\u2028a"
            })
    void aNameThatCouldActAsAPatternMatchesNoUserEntry(String name) {
        User user = user(name, "users");
        EntryMap map = map("e queue://user.{user} read=users admin=users");
        assertFalse(map.decide(user, READ, Destination.queue("user." + name)).allowed());
        assertFalse(map.decide(user, ADMIN, Destination.queue("user." + name)).allowed());
    }

    @Test
    void aNameWithDotsMatchesItsOwnSegmentsAndNothingElse() {
        EntryMap map = map("e queue://user.{user}.in read=users");
        User user = user("a.b", "users");
        assertTrue(map.decide(user, READ, Destination.queue("user.a.b.in")).allowed());
        assertFalse(map.decide(user, READ, Destination.queue("user.a.in")).allowed());
        assertFalse(map.decide(user, READ, Destination.queue("user.a.bc.in")).allowed());
        assertFalse(map.decide(user, READ, Destination.queue("user.a.bcin")).allowed());
        assertFalse(map.decide(user("a", "users"), READ, Destination.queue("user.a.b.in"))
                .allowed());
    }

    @Test
    void aUserNamedLikeThePlaceholderHasAQueueLikeAnybodyElse() {
        assertTrue(SHIPPED.decide(user("{user}", "users"), READ, Destination.queue("user.{user}"))
                .allowed());
        assertFalse(
                SHIPPED.decide(ALICE, READ, Destination.queue("user.{user}")).allowed());
    }

    @Test
    void queuesAndTopicsAreApart() {
        EntryMap map = map("e topic://a read=*");
        assertTrue(map.decide(ALICE, READ, Destination.topic("a")).allowed());
        assertFalse(map.decide(ALICE, READ, Destination.queue("a")).allowed());
    }

    @Test
    void theTemporaryLineDecidesWhoMayHaveTemporaryDestinations() {
        assertTrue(SHIPPED.decideTemporary(ALICE, ADMIN).allowed());
        assertFalse(
                SHIPPED.decideTemporary(user("w", "gatepost-welcome"), ADMIN).allowed());
    }

    @Test
    void aChangeDecidesFromTheNextQuestionOn() {
        Gate gate = new Gate();
        assertFalse(gate.decide(ALICE, READ, Destination.queue("user.alice")).allowed());
        gate.put(SHIPPED);
        assertTrue(gate.decide(ALICE, READ, Destination.queue("user.alice")).allowed());
        gate.put(EntryMap.CLOSED);
        assertFalse(gate.decide(ALICE, READ, Destination.queue("user.alice")).allowed());
    }

    private static Destination destination(String qualified) {
        DestinationPattern pattern = DestinationPattern.parse(qualified);
        return new Destination(pattern.domain(), String.join(".", pattern.segments()));
    }
}
