package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client asks of an inbox, and what it hears of it. */
class InboxRequestsTest extends ConversationTest {

    private static final Map<String, String> SEEN =
            Map.of("destination", "/gatepost/inbox/seen", "gatepost-upto", "17", "gatepost-epoch", "e-1");
    private static final Map<String, String> WITHDRAW =
            Map.of("destination", "/gatepost/withdraw", "gatepost-destination", "/queue/user.bob", "gatepost-id", "7");

    @BeforeEach
    void thereAreInboxes() {
        inboxes = new NamedInboxes("user");
    }

    @ParameterizedTest
    @EnumSource
    void itIsAskedOnceAndInTurn(Version version) throws Exception {
        connect(version);
        broker.settles();
        send("SEND", SEEN);
        send("SEND", WITHDRAW, "receipt", "r");

        List<InboxRequest> requests = broker.commands(InboxRequest.class);
        assertEquals(
                List.of(false, true),
                requests.stream().map(InboxRequest::isResponseRequired).toList());
        assertEquals("user.alice", requests.get(0).getDestination().getPhysicalName());
        assertEquals("user.bob", requests.get(1).getDestination().getPhysicalName());
        assertNotEquals(requests.get(0).getMessageId(), requests.get(1).getMessageId());
        assertEquals(
                requests.get(0).getProducerId(), requests.get(1).getMessageId().getProducerId());
        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r")), answers);
    }

    @ParameterizedTest
    @EnumSource
    void theReceiptSaysWhenNothingCameOfIt(Version version) throws Exception {
        connect(version);
        send("SEND", SEEN, "receipt", "1");
        send("SEND", WITHDRAW, "receipt", "2");

        assertEquals(
                List.of(
                        Map.of("", "RECEIPT", "receipt-id", "1", "gatepost-settled", "false"),
                        Map.of("", "RECEIPT", "receipt-id", "2", "gatepost-settled", "false")),
                answers);
    }

    @Test
    void theReceiptWaitsForTheDisk() throws Exception {
        connect(Version.V1_2);
        broker.settles();
        Durability disk = broker.slowDisk();
        send("SEND", SEEN, "receipt", "r");
        assertEquals(List.of(), answers);

        disk.safe();
        turn();
        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r")), answers);
    }

    /** An inbox may leave what nobody waits for to a later record. */
    @Test
    void whatHasNoReceiptHoldsUpNone() throws Exception {
        connect(Version.V1_2);
        broker.settles();
        broker.slowDisk();
        send("SEND", SEEN);
        broker.slowDisk().safe();
        send("SEND", SEEN, "receipt", "r");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r")), answers);
    }

    @Test
    void whatIsNotStoredIsAnError() throws Exception {
        connect(Version.V1_2);
        broker.settles();
        Durability disk = broker.slowDisk();
        send("SEND", SEEN, "receipt", "r");
        disk.failed(new IOException("no space"));
        turn();

        assertEquals("ERROR", answers.get(0).get(""));
        assertTrue(answers.get(0).get("message").startsWith("SEND to /gatepost/inbox/seen"), answers::toString);
    }

    @Test
    void whoIsDeniedHearsOfWhat() throws Exception {
        connect(Version.V1_2);
        broker.refuse(new SecurityException("Denied: write queue://user.bob"));
        send("SEND", WITHDRAW);

        assertEquals("Denied: write queue://user.bob", answers.get(0).get("message"));
    }

    @Test
    void whatCannotBeUsedReachesNoInbox() throws Exception {
        connect(Version.V1_2);
        send("SEND", SEEN, "transaction", "t");

        assertEquals("ERROR", answers.get(0).get(""));
        assertEquals(List.of(), broker.commands(InboxRequest.class));
    }

    /** An inbox may wait for the disk, and event loops must not. */
    @Test
    void noneOfItIsServedOnAnEventLoop() throws Exception {
        connect(Version.V1_2);
        assertFalse(isServedAtOnce("SEND", SEEN));
        assertFalse(isServedAtOnce("SEND", WITHDRAW));
        for (String header : List.of("gatepost-id", "gatepost-once", "gatepost-collapse")) {
            assertFalse(isServedAtOnce("SEND", Map.of("destination", "/queue/a", header, "1")));
        }
        assertTrue(isServedAtOnce("SEND", Map.of("destination", "/queue/a", "gatepost-if-full", "skip")));
    }

    @Test
    void nothingThatGoesToManyIsServedOnAnEventLoop() throws Exception {
        connect(Version.V1_2);
        assertFalse(isServedAtOnce("SEND", Map.of("destination", "/queue/everyone")));
        inboxes = null;
        assertTrue(isServedAtOnce("SEND", Map.of("destination", "/queue/everyone")));
    }
}
