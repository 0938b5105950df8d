package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.store.journal.SimulatedDisk;
import gatepost.store.journal.SimulatedJournal;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.region.DestinationFilter;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.store.IndexListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message that goes from one queue to another, as what was refused does, is in one of them at every moment. */
class MovedMessagesTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");

    private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
    private final SimulatedJournal simulated = new SimulatedJournal(disk, 16 << 10);
    private QueueStore store;

    @BeforeEach
    void start() throws IOException {
        QueueStores stores = new QueueStores(simulated.journal(), simulated::commits);
        stores.open();
        simulated.open();
        store = stores.store(ALICE);
        store.registerIndexListener(new Consumed());
    }

    @Test
    void whatComesFromAClientIsGivenAMomentInWhichItMayBeAcknowledged() throws IOException {
        Durability stored = add(Sent.message("user.alice", 1));
        simulated.turn(false);
        assertFalse(stored.isSettled());

        simulated.pass(TimeUnit.MILLISECONDS.toNanos(5));
        simulated.turn(false);
        assertTrue(stored.isSafe());
    }

    @Test
    void whatComesFromAnotherQueueIsWrittenBeforeItsRemovalThere() throws IOException {
        Message message = Sent.message("user.alice", 1);
        message.setOriginalDestination(new ActiveMQQueue("user.bob"));
        Durability stored = add(message);

        simulated.turn(false);

        assertTrue(stored.isSafe());
    }

    @Test
    void whatIsRefusedBeforeItIsWrittenIsWrittenAllTheSame() throws IOException {
        Message message = Sent.message("user.alice", 1);
        Durability stored = add(message);
        store.removeMessage(null, new MessageAck(message, MessageAck.POISON_ACK_TYPE, 1));
        assertFalse(stored.isSettled(), "it is nowhere on the disk yet");

        while (simulated.turn(true)) {
            // until all is written
        }

        assertTrue(stored.isSafe());
        assertEquals(0, store.getMessageCount());
    }

    @Test
    void theRemovalOfWhatCouldNotBeWrittenIsWrittenSinceItMayBeThereAllTheSame() throws IOException {
        Message message = Sent.message("user.alice", 1);
        Durability stored = add(message);
        Durability removal =
                store.messages().remove((Long) message.getMessageId().getFutureOrSequenceLong(), true, false);
        disk.failing(1);
        simulated.turn(true);
        assertTrue(stored.failure().isPresent());
        assertFalse(removal.isSettled());

        disk.failing(0);
        simulated.turn(true);

        assertTrue(removal.isSafe());
    }

    private Durability add(Message message) throws IOException {
        store.addMessage(null, message);
        return Durability.of(message.getMessageId()).orElseThrow();
    }

    /** The broker's queue, with somebody who reads it. */
    private static final class Consumed extends DestinationFilter implements IndexListener {

        private final DestinationStatistics statistics = new DestinationStatistics();

        Consumed() {
            super(null);
            statistics.setEnabled(true);
            statistics.getConsumers().increment();
        }

        @Override
        public DestinationStatistics getDestinationStatistics() {
            return statistics;
        }

        @Override
        public void onAdd(MessageContext added) {
            added.onCompletion.run();
        }
    }
}
