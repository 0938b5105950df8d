package gatepost.inbox;

import static gatepost.inbox.TestBroker.ALICE;
import static gatepost.inbox.TestBroker.APPLICATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.command.ActiveMQQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History makes way for what waits. */
class HistoryYieldsTest {

    private static final ActiveMQQueue BOB = new ActiveMQQueue("user.bob");
    private static final ActiveMQQueue PLAIN = new ActiveMQQueue("app.plain");
    private static final int SIZE = 10_000;
    private static final int COUNT = 50;

    @TempDir
    private Path folder;

    private TestBroker broker;
    private Client application;
    private Client alice;
    private Client bob;

    /** Alice has 50 messages that are done, and then bob has. */
    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(folder);
        broker.ledger.admission().limit(gatepost.store.quota.Quotas.NONE);
        broker.history = new HistoryLimits(1_000, 1 << 30, 3_600_000);
        application = broker.client(APPLICATION);
        alice = broker.client("alice");
        bob = broker.client("bob");
        fill(ALICE, alice);
        fill(BOB, bob);
        Awaitility.await().until(() -> !broker.isLoaded(ALICE) && !broker.isLoaded(BOB));
    }

    private void fill(ActiveMQQueue inbox, Client owner) throws JMSException {
        for (int i = 0; i < COUNT; i++) {
            application.send(inbox, i, SIZE);
        }
        owner.take(inbox, COUNT);
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        alice.close();
        bob.close();
        broker.close();
    }

    @Test
    void belowEightyPercentNothingGoes() throws Exception {
        isFullTo(79);
        broker.ledger.history().look(broker.usage());
        assertEquals(0, broker.ledger.history().messages());
    }

    @Test
    void aboveEightyPercentTheOldestOfAllInboxesGoDownToSeventyFive() throws Exception {
        isFullTo(85);

        broker.ledger.history().look(broker.usage());

        assertTrue(percent() <= 75.1 && percent() > 72, () -> percent() + " percent");
        int gone = (int) broker.ledger.history().messages();
        assertTrue(gone > 5 && gone < 20, () -> gone + " went");
        assertTrue(broker.ledger.history().bytes() >= (long) gone * SIZE);
        assertEquals(COUNT - gone, alice.look(ALICE).size());
        assertEquals(gone, alice.look(ALICE).get(0));
        assertEquals(COUNT, bob.look(BOB).size());
    }

    @Test
    void nobodyIsRefusedWhileHistoryIsLeft() throws Exception {
        application.send(ALICE, 100, SIZE);
        Client carol = broker.client("carol");
        isFullTo(95);
        int untrusted = 0;
        int trusted = 0;
        // nothing looks but who sends
        for (; untrusted < COUNT; untrusted++) {
            carol.send(PLAIN, untrusted, SIZE);
        }
        assertThrows(JMSException.class, () -> fillUp(carol, PLAIN));
        for (; trusted < 5; trusted++) {
            application.send(BOB, trusted, SIZE);
        }
        carol.close();
        assertEquals(List.of(100), alice.look(ALICE), "what waits stays");
        assertEquals(2L * COUNT, broker.ledger.history().messages());
    }

    @Test
    void whoIsTrustedIsNotRefusedEitherInAQueueOrInAnInbox() throws Exception {
        isFullTo(100);
        application.send(PLAIN, 0, SIZE);
        isFullTo(100);
        application.send(ALICE, 100, SIZE);
        assertTrue(alice.look(ALICE).contains(100));
    }

    private void fillUp(Client client, ActiveMQQueue queue) throws JMSException {
        for (int i = 0; i < 10 * COUNT; i++) {
            client.send(queue, i, SIZE);
        }
    }

    private void isFullTo(int percent) {
        broker.usage().setLimit(broker.usage().getUsage() * 100 / percent);
    }

    private double percent() {
        return broker.usage().getUsage() * 100.0 / broker.usage().getLimit();
    }
}
