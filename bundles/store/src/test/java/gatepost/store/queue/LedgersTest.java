package gatepost.store.queue;

import static gatepost.store.queue.InboxNotesTest.note;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.StoredLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.activemq.command.ActiveMQQueue;
import org.junit.jupiter.api.Test;

/** What is remembered that belongs to no queue, with starts after a stop and after a kill. */
class LedgersTest extends SimulatedInbox {

    private static final String NAME = StoredLedger.REVOCATIONS;

    @Test
    void aNoteHoldsAtOnceAndAfterAStopAndAfterAKill() throws IOException {
        Durability stored = stores.ledgers().record(NAME, note("user:alice", "1"), true);
        assertEquals(Map.of("user:alice", "1"), ledger());
        assertFalse(stored.isSettled());

        write();

        assertTrue(stored.isSafe());
        for (boolean kill : List.of(true, false, true)) {
            restart(kill);
            assertEquals(Map.of("user:alice", "1"), ledger());
        }
        stores.ledgers().record(NAME, note("user:alice", null), true);
        write();
        restart(true);
        assertEquals(Map.of(), ledger());
    }

    @Test
    void itIsNoQueueAndNobodyCanMakeOrForgetIt() throws IOException {
        stores.ledgers().record(NAME, note("user:alice", "1"), true);
        write();
        for (boolean restarted : List.of(false, true)) {
            assertFalse(stores.holds(NAME), () -> "restarted " + restarted);
            assertTrue(stores.find(NAME).isEmpty());
            assertTrue(stores.names().stream()
                    .noneMatch(queue -> queue.getPhysicalName().equals(NAME)));
            SecurityException refused =
                    assertThrows(SecurityException.class, () -> stores.store(new ActiveMQQueue(NAME)));
            assertEquals(
                    "Denied: the name gatepost.revocations is kept for the store, and no queue can have it",
                    refused.getMessage());
            assertThrows(
                    SecurityException.class, () -> stores.notes().note(new ActiveMQQueue(NAME), note("x", "y"), true));

            stores.forgetIdle(-1);
            assertTrue(stores.forget(NAME));
            write();
            restart(true);
            assertEquals(Map.of("user:alice", "1"), ledger());
        }
    }

    @Test
    void theCleaningKeepsWhatStandsInIt() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            stores.ledgers().record(NAME, note("token:" + i, "v" + i), true);
            expected.put("token:" + i, "v" + i);
        }
        write();
        clean();
        assertEquals(expected, ledger());

        restart(true);

        assertEquals(expected, ledger());
    }

    @Test
    void nothingIsSaidOfItBeforeTheJournalIsRead() throws IOException {
        stores.ledgers().record(NAME, note("user:alice", "1"), true);
        write();
        stop();
        QueueStores unread = new QueueStores(simulated.journal(), simulated::commits);
        assertThrows(IOException.class, () -> unread.ledgers().ledger(NAME));
        assertThrows(IOException.class, () -> unread.ledgers().record(NAME, note("user:bob", "1"), true));
        start();
        assertThrows(IllegalArgumentException.class, () -> stores.ledgers().ledger("user.alice"));
    }

    private Map<String, String> ledger() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        stores.ledgers()
                .ledger(NAME)
                .forEach((name, value) -> texts.put(name, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }
}
