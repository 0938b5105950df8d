package gatepost.itests.inbox;

import static gatepost.itests.harness.ClientFrame.send;
import static gatepost.itests.harness.ClientFrame.subscribe;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One message for many inboxes. */
@ExtendWith(Suite.class)
class AudienceIT {

    private static final String MAP = "gatepost.authorization.cfg";
    private static final String USERS = "gatepost.users.properties";
    private static final String EVERYONE = "/queue/everyone";
    private static final String ONLINE = "/queue/online";

    private final Gatepost gatepost = Suite.gatepost();
    private final Owner alice = Owner.next();
    private final Owner bob = Owner.next();
    private final Owner stranger = Owner.next();
    private final String name = "team-" + alice.name();
    private final String audience = "/queue/audience." + name;

    @AfterEach
    void nothingIsLeft() {
        if (json("gatepost:audience-list --json --limit 1000").toString().contains('"' + name + '"')) {
            shell("gatepost:audience-remove --all " + name);
        }
    }

    private void join(Owner... owners) {
        shell("gatepost:audience-add " + name + " "
                + Stream.of(owners).map(Owner::name).collect(Collectors.joining(" ")));
    }

    /** Publishes as an application does, and waits until it is safe; returns the RECEIPT. */
    private ServerFrame publish(String destination, String text, String... headers) {
        try (StompClient application = Queues.admin(gatepost)) {
            return Tab.receipt(application.request(send(destination, text, headers)));
        }
    }

    private static void assertReached(int count, int skipped, ServerFrame receipt) {
        assertEquals(String.valueOf(count), receipt.header("gatepost-count"), receipt::toString);
        assertEquals(String.valueOf(skipped), receipt.header("gatepost-skipped"), receipt::toString);
    }

    private void assertRefused(String reason, Owner who, ClientFrame... frames) {
        try (StompClient client = who == null ? Queues.admin(gatepost) : who.client()) {
            for (int i = 0; i < frames.length - 1; i++) {
                client.done(frames[i]);
            }
            ServerFrame error = client.request(frames[frames.length - 1]);
            assertEquals("ERROR", error.command(), error::toString);
            assertTrue(error.header("message").contains(reason), error::toString);
            client.expectEnd();
        }
    }

    @Test
    void whoIsThereHasItAtOnceAndWhoIsAwayFindsItAlsoAfterACrash() throws InterruptedException {
        join(alice, bob);
        try (Tab tab = alice.tab(Transport.WEB_SOCKET, "ack:client");
                Tab other = alice.tab(Transport.TCP, "ack:client");
                Tab strangers = stranger.tab()) {
            ServerFrame receipt = publish(audience, "hello", "colour:blue");
            assertReached(2, 0, receipt);
            for (ServerFrame message : List.of(tab.next(), other.next())) {
                assertEquals("hello", message.text());
                assertEquals(alice.inbox(), message.header("destination"));
                assertEquals("blue", message.header("colour"));
                assertEquals("system", message.header("gatepost-user"));
                assertTrue(Position.offset(message) > 0);
                long expires = Long.parseLong(message.header("expires"));
                assertTrue(
                        Math.abs(expires - System.currentTimeMillis() - 2_592_000_000L) < 600_000, message::toString);
            }
            stranger.publish("for the stranger alone");
            assertEquals("for the stranger alone", strangers.next().text());
        }
        gatepost.kill();
        gatepost.start();
        assertEquals(List.of("hello"), bob.waiting());
        assertEquals(List.of("hello"), alice.waiting());
        assertFalse(Position.texts(stranger.log()).contains("hello"));
    }

    @Test
    void ofWhatIsDoneTheOthersHaveTheirs() {
        join(alice, bob);
        publish(audience, "1");
        publish(audience, "2", "gatepost-history:false");
        try (Tab tab = alice.tab("ack:client-individual")) {
            tab.next(2).forEach(tab::acknowledge);
        }
        assertEquals(List.of(), alice.waiting());
        assertEquals(List.of("1"), alice.history());
        assertEquals(List.of("1", "2"), bob.waiting());
    }

    @Test
    void aFullInboxIsPassedOver() {
        join(alice, bob);
        bob.publish("first");
        try {
            gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "1"));
            assertReached(1, 1, publish(audience, "second"));
            assertReached(0, 2, publish(audience, "third"));
        } finally {
            gatepost.apply(Suite.INBOX, Map.of("inbox.messages", "10000"));
        }
        assertEquals(List.of("second"), alice.waiting());
        assertEquals(List.of("first"), bob.waiting());
    }

    @Test
    void theSameIdIsSentOnceAlsoAfterACrash() throws InterruptedException {
        join(alice, bob);
        assertReached(2, 0, publish(audience, "hello", "gatepost-id:1"));
        join(stranger);
        assertReached(2, 0, publish(audience, "hello", "gatepost-id:1"));
        gatepost.kill();
        gatepost.start();
        assertReached(2, 0, publish(audience, "hello", "gatepost-id:1"));
        assertRefused("gatepost-id:1", null, send(audience, "hallo", "gatepost-id:1"));
        assertReached(3, 0, publish(audience, "hello again", "gatepost-id:2"));
        assertEquals(List.of("hello", "hello again"), alice.waiting());
        assertEquals(List.of("hello again"), stranger.waiting());
    }

    @Test
    void framesOfOneConnectionAreServedInTheirOrder() {
        join(alice);
        List<String> texts = IntStream.range(0, 40).mapToObj(String::valueOf).toList();
        try (StompClient application = Queues.admin(gatepost)) {
            for (String text : texts) {
                boolean many = Integer.parseInt(text) % 2 == 0;
                application.send(send(many ? audience : alice.inbox(), text, "receipt:" + text));
            }
            List<String> receipts = new ArrayList<>();
            texts.forEach(text -> receipts.add(application.expect("RECEIPT").header("receipt-id")));
            assertEquals(texts, receipts);
        }
        Position.assertInOrder(texts, alice.log());
    }

    @Test
    void nobodyReadsIt() {
        join(alice);
        for (String destination : List.of(audience, EVERYONE, ONLINE, alice.inbox() + "," + audience)) {
            assertRefused("read by nobody", null, subscribe("1", destination));
            assertRefused("read by nobody", null, subscribe("1", destination, "browser:true"));
            assertRefused("Denied: read", alice, subscribe("1", destination));
        }
        try (StompClient all = Queues.admin(gatepost)) {
            all.done(subscribe("1", "/queue/audience.>"));
            assertReached(1, 0, publish(audience, "hello"));
            all.done(send("/queue/audience.of.nobody", "hello"));
        }
        assertEquals(List.of("hello"), alice.waiting());
    }

    @Test
    void whoMayWriteThereNeedNothingElse() {
        join(alice);
        assertRefused("Denied: write", bob, send(audience, "hello"));
        assertRefused("Denied: write", bob, send(EVERYONE, "hello"));
        try {
            gatepost.apply(MAP, Map.of("entry.to-teams", "queue://audience.>  write=users"));
            try (StompClient client = bob.client()) {
                assertReached(1, 0, Tab.receipt(client.request(send(audience, "hello"))));
                assertReached(0, 0, Tab.receipt(client.request(send("/queue/audience.nobody-knows", "hello"))));
            }
            assertRefused("Denied: write", bob, send(ONLINE, "hello"));
        } finally {
            without(MAP, "entry.to-teams");
        }
        ServerFrame message = alice.log().get(0);
        assertEquals(bob.name(), message.header("gatepost-user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatepost-once:1", "gatepost-collapse:1", "persistent:false", "transaction:t"})
    void whatCannotComeIntoManyInboxesIsRefused(String header) {
        join(alice);
        ClientFrame frame = send(audience, "hello", header);
        if (header.startsWith("transaction")) {
            assertRefused("transaction", null, ClientFrame.of("BEGIN", header), frame);
        } else {
            assertRefused(header.substring(0, header.indexOf(':')), null, frame);
        }
        assertEquals(List.of(), alice.log());
    }

    @Test
    void membersAreKeptAndListed() throws InterruptedException {
        assertFails("there is no audience " + name, "gatepost:audience-list " + name);
        assertFails("there is no audience " + name, "gatepost:audience-remove --all " + name);
        assertEquals(
                "2 users are members of " + name + " from now on\n",
                shell("gatepost:audience-add " + name + " " + alice.name() + " " + bob.name()));
        gatepost.write("members.txt", bob.name() + "\n\nnobody-we-know\n");
        assertEquals(
                "1 user is a member of " + name + " from now on; 1 was a member before\n",
                shell("gatepost:audience-add --file " + gatepost.etc("members.txt") + " " + name));
        assertFails(
                "there can be no inbox of 'a,b'", "gatepost:audience-add " + name + " " + stranger.name() + " 'a,b'");

        gatepost.kill();
        gatepost.start();

        assertEquals(members(alice.name(), bob.name(), "nobody-we-know"), listed());
        assertTrue(shell("gatepost:audience-list").contains(name));
        assertTrue(shell("gatepost:audience-list --limit 1 " + name).contains("and 2 more: see --limit"));
        assertEquals(
                "1 user is no member of " + name + " any more; 1 was none\n",
                shell("gatepost:audience-remove " + name + " " + bob.name() + " " + stranger.name()));
        assertReached(2, 0, publish(audience, "hello"));
        assertEquals(members(alice.name(), "nobody-we-know"), listed());
        assertEquals(
                "2 users are no members of " + name + " any more\n", shell("gatepost:audience-remove --all " + name));
        assertFails("there is no audience " + name, "gatepost:audience-list " + name);
        assertReached(0, 0, publish(audience, "hello"));
        assertEquals(List.of(), bob.log());
    }

    @Test
    void anAudienceIsEmptyToWhoeverLooksAtQueues() {
        join(alice);
        publish(audience, "hello");
        for (JsonNode queue : json("gatepost:queue-list --json audience." + name)) {
            assertEquals(0, queue.get("messages").asInt());
        }
        shell("gatepost:queue-purge audience." + name);
        assertEquals(members(alice.name()), listed());
        shell("gatepost:message-send audience." + name + " 'from the operator'");
        assertEquals(List.of("hello", "from the operator"), alice.waiting());
    }

    @Test
    void whoIsErasedIsAMemberOfNone() {
        join(alice, bob);
        publish(audience, "hello");
        assertTrue(shell("gatepost:user-erase " + alice.name()).contains("member of 1 audience;"));
        assertEquals(members(alice.name(), bob.name()), listed(), "nothing has changed yet");

        JsonNode erased = json("gatepost:user-erase --yes --json " + alice.name());

        assertEquals(name, erased.get("audiences").get(0).asText());
        assertEquals(members(bob.name()), listed());
        assertReached(1, 0, publish(audience, "again"));
        assertEquals(0, json("gatepost:inbox-list --json " + alice.name()).size());
    }

    @Test
    void onlineIsWhoHasASession() {
        // a session that has ended may take a moment to go
        await().until(() ->
                json("gatepost:session-list --json --user " + bob.name()).isEmpty());
        try (Tab tab = alice.tab();
                StompClient reader = stranger.client()) {
            ServerFrame receipt = publish(ONLINE, "are you there?");
            assertEquals("0", receipt.header("gatepost-skipped"));
            assertTrue(Integer.parseInt(receipt.header("gatepost-count")) >= 2, receipt::toString);
            assertEquals("are you there?", tab.next().text());
            reader.done(subscribe("1", stranger.inbox()));
            assertEquals("are you there?", reader.expect("MESSAGE").text());
        }
        assertEquals(List.of(), bob.log());
        assertEquals(0, json("gatepost:inbox-list --json gatepost-welcome").size(), "who may not read gets nothing");
    }

    /** The other users of these tests may read nothing meanwhile: what they have is other tests' business. */
    @Test
    void everyoneIsWhoIsKnownAndMayRead() {
        try {
            gatepost.apply(MAP, Map.of("entry.own-queue", "queue://user.{user}  read=chosen  admin=chosen"));
            gatepost.configure(
                    USERS, Map.of(alice.name(), accountOf(alice, "chosen"), bob.name(), accountOf(bob, "chosen")));
            await().until(() -> mayRead(alice) && mayRead(bob));
            try (Tab tab = alice.tab()) {
                ServerFrame receipt = publish(EVERYONE, "to all");
                assertNotEquals("0", receipt.header("gatepost-count"));
                assertEquals("to all", tab.next().text());
            }
            assertEquals(List.of("to all"), bob.waiting());
        } finally {
            gatepost.apply(MAP, Map.of("entry.own-queue", "queue://user.{user}  read=users  admin=users"));
            gatepost.configure(
                    USERS, Map.of(alice.name(), accountOf(alice, "users"), bob.name(), accountOf(bob, "users")));
            await().until(() -> mayRead(alice) && mayRead(bob));
        }
        assertEquals(0, json("gatepost:inbox-list --json " + stranger.name()).size());
        assertEquals(List.of(), stranger.log());
    }

    private static String accountOf(Owner owner, String group) {
        return owner.name() + ",_g_:" + group;
    }

    private boolean mayRead(Owner owner) {
        return shell("gatepost:acl-check " + owner.name() + " read queue://user." + owner.name())
                .contains("allowed");
    }

    private static List<String> members(String... names) {
        return Stream.of(names).sorted().toList();
    }

    private List<String> listed() {
        List<String> names = new ArrayList<>();
        json("gatepost:audience-list --json " + name)
                .forEach(row -> names.add(row.get("member").asText()));
        return names;
    }

    private void without(String file, String key) {
        Map<String, String> changes = new HashMap<>();
        changes.put(key, null);
        gatepost.apply(file, changes);
    }

    private static void assertFails(String reason, String command) {
        AssertionError failed = assertThrows(AssertionError.class, () -> shell(command));
        assertTrue(failed.getMessage().contains(reason), failed.getMessage());
    }

    private static String shell(String command) {
        return Suite.gatepost().shell(command);
    }

    private static JsonNode json(String command) {
        return Json.read(shell(command));
    }
}
