package gatepost.itests.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.library.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see of inboxes, and do to them. */
@ExtendWith(Suite.class)
class CommandsIT {

    private static final String PHONE = "gatepost-device:phone";
    private static final String LAPTOP = "gatepost-device:laptop";

    private final Owner owner = Owner.next();

    @Test
    void anInboxIsShownWithDevicesAndWhoHasItOpen() {
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3", "4");
        try (Tab laptop = owner.tab(LAPTOP, "ack:client-individual")) {
            laptop.acknowledge(laptop.next(3).get(2));
        }
        try (Tab phone = owner.tab(PHONE, "ack:client-individual");
                StompClient watcher = owner.client()) {
            phone.acknowledge(phone.next());
            watcher.done(ClientFrame.subscribe("state", "/gatepost/inbox/state"));

            JsonNode inbox = show();

            assertEquals("user." + owner.name(), inbox.get("queue").asText());
            assertEquals(2, inbox.get("waiting").asInt(), inbox::toString);
            assertEquals(2, inbox.get("history").asInt(), inbox::toString);
            assertEquals(4, inbox.get("unread").asInt());
            assertEquals(4, inbox.get("unseen").asInt());
            assertEquals(Position.offset(receipts.get(3)), inbox.get("head").asLong());
            JsonNode away = inbox.get("devices").get(0);
            assertEquals("laptop", away.get("device").asText());
            assertEquals(owner.name(), away.get("account").asText());
            assertEquals(1, away.get("above").asInt());
            assertFalse(away.get("connected").asBoolean());
            JsonNode there = inbox.get("devices").get(1);
            assertEquals("phone", there.get("device").asText());
            assertEquals(Position.offset(receipts.get(0)), there.get("upTo").asLong());
            assertTrue(there.get("connected").asBoolean());
            JsonNode reads = inbox.get("subscriptions").get(0);
            assertEquals("reads", reads.get("subscription").asText());
            assertEquals("phone", reads.get("device").asText());
            assertEquals(
                    "watches",
                    inbox.get("subscriptions").get(1).get("subscription").asText());
            assertTrue(shell("gatepost:inbox-show " + owner.name()).contains("laptop"));
        }
    }

    @Test
    void oneThatIsNotLoadedIsListedAndShownAndNothingOfItChanges() {
        ServerFrame receipt = owner.publish("1");
        await().until(() -> !listed().get("loaded").asBoolean());

        JsonNode shown = show();

        assertEquals(1, shown.get("waiting").asInt());
        assertEquals(receipt.header("gatepost-epoch"), shown.get("epoch").asText());
        assertEquals(1, listed().get("waiting").asInt());
        assertEquals(List.of("1"), owner.waiting());
    }

    @Test
    void theListIsCutAndSaysSo() {
        owner.publish("1");
        Owner other = Owner.next();
        other.publish("1");
        JsonNode all = json("gatepost:inbox-list --json 'owner*'");
        assertTrue(all.size() >= 2, all::toString);
        assertEquals(1, json("gatepost:inbox-list --json --limit 1 'owner*'").size());
        assertTrue(shell("gatepost:inbox-list --limit 1 'owner*'").contains("more: see --limit"));
        assertEquals(0, json("gatepost:inbox-list --json 'OWNER*'").size());
        assertFails("--limit 0: expected 1 or more", "gatepost:inbox-list --limit 0");
    }

    @Test
    void lookingForAnInboxMakesNone() {
        assertFails("there is no inbox of " + owner.name(), "gatepost:inbox-show " + owner.name());
        assertFails("there is no inbox of " + owner.name(), "gatepost:inbox-done --all " + owner.name());
        assertFails("there is no inbox of " + owner.name(), "gatepost:inbox-purge --yes " + owner.name());
        assertFails("there is no inbox of " + owner.name(), "gatepost:user-erase --yes " + owner.name());
        assertFails("--inbox news: expected one of [user]", "gatepost:inbox-show --inbox news " + owner.name());
        assertEquals(0, json("gatepost:inbox-list --json " + owner.name()).size());
    }

    @Test
    void messagesAreMadeDoneAsIfTheOwnerHadAcknowledgedThem() {
        List<ServerFrame> receipts = owner.publishAll("1", "2", "3", "4");
        try (Tab tab = owner.tab("ack:client-individual")) {
            tab.next(4);
            long second = Position.offset(receipts.get(1));

            JsonNode done = json("gatepost:inbox-done --json " + owner.name() + " " + second);

            assertEquals(second, done.get("done").get(0).asLong());
            assertEquals(List.of("2"), owner.history());
            JsonNode again = json("gatepost:inbox-done --json " + owner.name() + " " + second);
            assertEquals(0, again.get("done").size());
            assertEquals(second, again.get("notWaiting").get(0).asLong());
        }
        assertEquals(
                "2 messages are done\n",
                shell("gatepost:inbox-done --up-to " + Position.offset(receipts.get(2)) + " " + owner.name()));
        assertEquals(List.of("4"), owner.waiting());
        assertEquals("1 message is done\n", shell("gatepost:inbox-done --all " + owner.name()));
        assertEquals(List.of("1", "2", "3", "4"), owner.history());
        assertFails("expected one of these", "gatepost:inbox-done " + owner.name());
        assertFails("offset x: expected a number of 1 or more", "gatepost:inbox-done " + owner.name() + " x");
    }

    @Test
    void aPurgeSaysFirstWhatItTakes() {
        owner.publishAll("1", "2");
        try (Tab phone = owner.tab(PHONE, "ack:client-individual")) {
            phone.acknowledge(phone.next());
        }
        String epoch = show().get("epoch").asText();
        String said = "1 waiting message, 1 message of the history and the places of 1 device";
        assertTrue(shell("gatepost:inbox-purge " + owner.name()).startsWith("To be dropped: " + said));
        assertEquals(List.of("2"), owner.waiting());

        assertEquals("Dropped: " + said + "\n", shell("gatepost:inbox-purge --yes " + owner.name()));

        assertEquals(List.of(), owner.log());
        assertNotEquals(epoch, show().get("epoch").asText());
        assertEquals(0, show().get("devices").size());
    }

    @Test
    void ofAUserWhoIsErasedNothingIsLeft() throws InterruptedException {
        ServerFrame first = owner.publish("1", "gatepost-once:hello");
        owner.publish("2");
        try (Tab phone = owner.tab(PHONE, "ack:client-individual")) {
            phone.acknowledge(phone.next());
        }
        try (Tab tab = owner.tab("ack:client-individual")) {
            // the phone's may take a moment to go
            await().until(() -> shell("gatepost:user-erase " + owner.name()).contains("1 session is open"));
            tab.next();

            JsonNode erased = json("gatepost:user-erase --yes --json " + owner.name());

            tab.client().expect("ERROR");
            assertEquals(1, erased.get("sessions").asInt(), erased::toString);
            assertEquals(1, erased.get("waiting").asInt(), erased::toString);
            assertEquals(1, erased.get("history").asInt(), erased::toString);
            assertEquals(1, erased.get("devices").asInt(), erased::toString);
            assertEquals(0, erased.get("inUse").size(), erased::toString);
        }
        assertEquals(0, json("gatepost:inbox-list --json " + owner.name()).size());
        Suite.gatepost().kill();
        Suite.gatepost().start();
        assertEquals(0, json("gatepost:inbox-list --json " + owner.name()).size(), "nor on the disk");
        assertEquals(List.of(), owner.log());
        ServerFrame again = owner.publish("1", "gatepost-once:hello");
        assertNotEquals(first.header("gatepost-epoch"), again.header("gatepost-epoch"));
        assertEquals(List.of("1"), owner.waiting(), "it is not known that it was sent once");
        assertEquals(0, show().get("devices").size());
    }

    @Test
    void oneThatSomebodyElseHasOpenIsEmptiedAndStays() {
        owner.publish("1");
        try (Tab administrator = owner.administrator()) {
            administrator.next();
            String said = shell("gatepost:user-erase --yes " + owner.name());
            assertTrue(said.contains("In use by others, and empty: user." + owner.name()), said);
            owner.publish("2");
            ServerFrame next = administrator.next();
            assertEquals("2", next.text());
            assertTrue(Position.saysGap(next));
        }
    }

    private JsonNode show() {
        return json("gatepost:inbox-show --json " + owner.name());
    }

    private JsonNode listed() {
        return json("gatepost:inbox-list --json " + owner.name()).get(0);
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
