package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxConsumer.Beginning;
import gatepost.contracts.InboxDispatch;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.Reach;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an inbox says by way of receipts. */
class InboxReceiptsTest extends ConversationTest {

    private static final Map<String, String> SUBSCRIBE = Map.of("id", "s", "destination", "/queue/a");
    private static final Map<String, String> SEND = Map.of("destination", "/queue/a");

    @ParameterizedTest
    @EnumSource
    void theReceiptOfASubscribeSaysWhereItBegins(Version version) throws Exception {
        connect(version);
        broker.begins(new Beginning("e-1", 17, false));
        send("SUBSCRIBE", SUBSCRIBE, "receipt", "r");

        assertEquals(
                List.of(Map.of("", "RECEIPT", "receipt-id", "r", "gatepost-epoch", "e-1", "gatepost-head", "17")),
                answers);
    }

    @Test
    void theReceiptOfASubscribeTellsOfAGap() throws Exception {
        connect(Version.V1_2);
        broker.begins(new Beginning("e-1", 0, true));
        send("SUBSCRIBE", SUBSCRIBE, "receipt", "r");

        assertEquals("0", answers.get(0).get("gatepost-head"));
        assertEquals("true", answers.get(0).get("gatepost-gap"));
    }

    @Test
    void theReceiptOfASubscribeToAnInboxComesBeforeItsMessagesToo() throws Exception {
        connect(Version.V1_2);
        broker.begins(new Beginning("e-1", 17, true));
        broker.dispatches(() -> new InboxDispatch("e-1", 17, true, false, "done", 0));
        broker.waits("1");
        send("SUBSCRIBE", SUBSCRIBE, "receipt", "r");

        assertEquals(
                List.of("RECEIPT", "MESSAGE"),
                answers.stream().map(answer -> answer.get("")).toList());
        assertEquals("17", answers.get(1).get("gatepost-offset"));
        assertEquals("done", answers.get(1).get("gatepost-state"));
    }

    @ParameterizedTest
    @EnumSource
    void theReceiptOfASendSaysWhichPlaceItsMessageHas(Version version) throws Exception {
        connect(version);
        Durability disk = broker.slowDisk();
        broker.places(new InboxPosition("e-1", 17));
        send("SEND", SEND, "receipt", "r");
        disk.safe();
        turn();

        assertEquals(
                List.of(Map.of("", "RECEIPT", "receipt-id", "r", "gatepost-offset", "17", "gatepost-epoch", "e-1")),
                answers);
    }

    @ParameterizedTest
    @EnumSource
    void theReceiptOfASendToManySaysHowManyTookItsMessage(Version version) throws Exception {
        connect(version);
        Durability disk = broker.slowDisk();
        disk.reach(new Reach(1_000, 2));
        send("SEND", SEND, "receipt", "r");
        disk.safe();
        turn();

        assertEquals(
                List.of(Map.of("", "RECEIPT", "receipt-id", "r", "gatepost-count", "1000", "gatepost-skipped", "2")),
                answers);
    }

    @Test
    void whatCameIntoNoInboxHasNoPlace() throws Exception {
        connect(Version.V1_2);
        broker.slowDisk().safe();
        send("SEND", SEND, "receipt", "r");

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r")), answers);
    }

    @ParameterizedTest
    @EnumSource
    void theReceiptOfASendSaysWhyItsMessageWasNotTaken(Version version) throws Exception {
        connect(version);
        Durability disk = broker.slowDisk();
        broker.places(new InboxPosition("e-1", 17));
        send("SEND", SEND, "receipt", "r");
        disk.refused("full");
        turn();

        assertEquals(List.of(Map.of("", "RECEIPT", "receipt-id", "r", "gatepost-refused", "full")), answers);
    }

    /** A place is given only when the transaction ends, whatever the store says of the message by now. */
    @Test
    void insideATransactionAMessageHasNoPlaceYet() throws Exception {
        connect(Version.V1_2);
        broker.slowDisk().safe();
        broker.places(new InboxPosition("e-1", 17));
        send("BEGIN", Map.of("transaction", "t"));
        send("SEND", Map.of("destination", "/queue/a", "transaction", "t"), "receipt", "r");

        assertEquals("RECEIPT", answers.get(0).get(""));
        assertNull(answers.get(0).get("gatepost-offset"));
    }
}
