package gatepost.store.queue;

import gatepost.store.journal.SimulatedDisk;
import gatepost.store.journal.SimulatedJournal;
import gatepost.store.quota.Admission;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.junit.jupiter.api.BeforeEach;

/** An inbox, and another one beside it, whose journal does its work on the thread of the test. */
abstract class SimulatedInbox {

    static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");
    static final ActiveMQQueue BOB = new ActiveMQQueue("user.bob");
    private static final int BLOCK = 100;

    final SimulatedDisk disk = new SimulatedDisk(new Random(1));
    SimulatedJournal simulated;
    QueueStores stores;
    InboxLog log;
    private int lastNumber;

    @BeforeEach
    void start() throws IOException {
        open();
        log = stores.store(ALICE).log();
    }

    void open() throws IOException {
        simulated = new SimulatedJournal(disk, 4 << 10);
        stores = new QueueStores(simulated.journal(), simulated::commits, new Admission(), BLOCK);
        stores.open();
        simulated.open();
    }

    /** @return the offset of a message that is on the disk */
    long written() throws IOException {
        Message message = message(ALICE);
        log.add(null, message, false);
        write();
        return offset(message);
    }

    Message message(ActiveMQQueue queue) {
        return Sent.message(queue.getPhysicalName(), ++lastNumber);
    }

    static long offset(Message message) {
        return (Long) message.getMessageId().getFutureOrSequenceLong();
    }

    StoredMessages messages() {
        return stores.find(ALICE.getPhysicalName()).orElseThrow().messages();
    }

    void write() {
        boolean idle = false;
        while (!idle) {
            // what nobody waits for is due a moment after it was seen first
            idle = !simulated.turn(false);
            simulated.pass(TimeUnit.SECONDS.toNanos(2));
            idle &= !simulated.turn(false);
        }
    }

    /** Another inbox gets so much, and loses it again, that each file there was is cleaned. */
    void clean() throws IOException {
        InboxLog bob = stores.store(BOB).log();
        for (int i = 0; i < 400; i++) {
            Message other = message(BOB);
            bob.add(null, other, false);
            write();
            bob.remove(offset(other), false, false);
        }
        write();
    }

    void restart(boolean kill) throws IOException {
        if (kill) {
            disk.kill();
        } else {
            stop();
        }
        start();
    }

    void stop() throws IOException {
        do {
            simulated.pass(TimeUnit.SECONDS.toNanos(2));
        } while (simulated.turn(true));
        simulated.close();
    }
}
