package gatepost.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.InboxHeaders;
import gatepost.contracts.InboxRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredInboxRecordsTest {

    private static final String BOB = "user.bob";
    private static final String WELCOME = "welcome";

    @TempDir
    private Path folder;

    private OperatedBroker broker;
    private InboxRecords records;

    @BeforeEach
    void start() throws Exception {
        broker = new OperatedBroker(folder);
        records = broker.records();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    private void welcome() throws Exception {
        broker.send(BOB, InboxHeaders.ONCE, WELCOME);
    }

    private long waiting() throws Exception {
        return broker.users().show("bob", Optional.empty()).waiting();
    }

    @Test
    void whoAsksLoadsNoInboxAndMakesNone() throws Exception {
        assertFalse(records.wasSent(BOB, WELCOME));
        assertEquals(OptionalLong.empty(), records.lastSeen(BOB));
        assertFalse(broker.users().users().contains("bob"));

        records.noteSent(BOB, WELCOME).await();
        records.noteSeen(BOB, 17).await();

        assertTrue(records.wasSent(BOB, WELCOME));
        assertFalse(records.wasSent(BOB, "other"));
        assertEquals(OptionalLong.of(17), records.lastSeen(BOB));
        assertFalse(broker.isLoaded(BOB));
        assertTrue(broker.users().users().contains("bob"));
    }

    @Test
    void whatWasSentOnceIsKnown() throws Exception {
        welcome();
        // not before it is on the disk
        Awaitility.await().until(() -> records.wasSent(BOB, WELCOME));
        assertFalse(records.wasSent("user.alice", WELCOME));
    }

    @Test
    void whatIsNotedAsSentIsNotSentWhetherTheInboxIsLoadedOrNot() throws Exception {
        records.noteSent(BOB, WELCOME);
        welcome();
        assertEquals(0, waiting());

        assertTrue(broker.isLoaded(BOB));
        records.noteSent(BOB, "news");
        broker.send(BOB, InboxHeaders.ONCE, "news");
        broker.send(BOB, InboxHeaders.ONCE, "other");
        assertEquals(1, waiting());
    }

    @Test
    void aPurgeLeavesItAndErasingDoesNot() throws Exception {
        welcome();
        records.noteSent(BOB, "news");
        records.noteSeen(BOB, 17);
        broker.users().purge("bob", Optional.empty());
        assertTrue(records.wasSent(BOB, WELCOME) && records.wasSent(BOB, "news"));
        assertEquals(OptionalLong.of(17), records.lastSeen(BOB));
        welcome();
        assertEquals(0, waiting());

        broker.users().erase("bob");
        assertFalse(records.wasSent(BOB, WELCOME) || records.wasSent(BOB, "news"));
        assertEquals(OptionalLong.empty(), records.lastSeen(BOB));
        welcome();
        assertEquals(1, waiting());
    }

    @Test
    void whatIsNoInboxIsSaidToBeNone() {
        assertEquals(Optional.of("bob"), records.owner(BOB));
        assertEquals(Optional.empty(), records.owner("app.bob"));
        assertEquals(Optional.empty(), records.owner("user.*"));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> records.wasSent("app.bob", WELCOME));
        assertTrue(refused.getMessage().contains("queue://app.bob is no inbox"), refused.getMessage());
    }

    @Test
    void whileTheBrokerIsNotThereNothingIsSaid() throws Exception {
        broker.close();
        assertThrows(IOException.class, () -> records.wasSent(BOB, WELCOME));
        assertThrows(IOException.class, () -> records.noteSeen(BOB, 1));
        assertEquals(Optional.of("bob"), records.owner(BOB));
    }
}
