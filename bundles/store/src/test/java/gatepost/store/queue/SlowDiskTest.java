package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.store.journal.HookedDisk;
import gatepost.store.journal.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowDiskTest {

    private static final String ALICE = "user.alice";
    private static final int SEGMENT = 16 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HookedDisk disk = new HookedDisk(new SimulatedDisk(new Random(1)));
    private QueueStores stores;
    private int last;

    @BeforeEach
    void start() throws IOException {
        stores = new QueueStores(disk.journal(SEGMENT));
        stores.start();
    }

    @AfterEach
    void stop() throws IOException {
        stores.stop();
    }

    @Test
    void aSendIsNotHeldUpByWhoReadsTheSameQueue() throws Exception {
        send().await();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        disk.hook(() -> {
            reading.countDown();
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        CompletableFuture<List<Message>> reader = CompletableFuture.supplyAsync(() -> {
            try {
                return store().first(1);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try {
            reading.await(30, TimeUnit.SECONDS);

            // a send, its receipt, and whatever an event loop asks of the queue
            assertTimeoutPreemptively(PATIENCE, () -> {
                send().await();
                assertEquals(2, store().getMessageCount());
                assertFalse(store().isEmpty());
                store().resetBatching();
            });
            assertFalse(reader.isDone());
        } finally {
            slow.countDown();
        }
        assertEquals(1, Sent.number(reader.get(30, TimeUnit.SECONDS).get(0)));
    }

    @Test
    void whatIsMovedByTheCleaningWhileItIsReadIsReadWhereItIsNow() throws Exception {
        send().await();
        AtomicBoolean first = new AtomicBoolean(true);
        Thread reader = Thread.currentThread();
        disk.hook(() -> {
            if (Thread.currentThread() == reader && first.getAndSet(false)) {
                long before = store().messages().location(1);
                fill();
                Awaitility.await().until(() -> store().messages().location(1) != before);
                throw new IOException("the file is closed");
            }
        });

        assertEquals(List.of(1), store().first(1).stream().map(Sent::number).toList());
    }

    @Test
    void anOldFileThatCannotBeReadKeepsNothingFromBeingTaken() throws Exception {
        send().await();
        Thread test = Thread.currentThread();
        disk.hook(() -> {
            if (Thread.currentThread() != test) {
                throw new IOException("a bad sector");
            }
        });

        fill();

        long files = stores.journal().capacity() / SEGMENT;
        send().await();
        assertTrue(stores.problem().isEmpty(), stores.problem()::toString);
        assertTrue(files < 30, "new files are begun for it: " + files);
        assertEquals(List.of(1, 2), store().first(2).stream().map(Sent::number).toList());
    }

    /** Sends so much to others that the first file is cleaned. */
    private void fill() throws IOException {
        QueueStore other = stores.store(new ActiveMQQueue("user.bob"));
        for (int i = 0; i < 400; i++) {
            Message message = Sent.message("user.bob", 1_000 + i);
            other.addMessage(null, message);
            Durability.of(message.getMessageId()).orElseThrow().await();
            other.removeMessage(null, new MessageAck(message, MessageAck.INDIVIDUAL_ACK_TYPE, 1));
        }
    }

    private Durability send() throws IOException {
        Message message = Sent.message(ALICE, ++last);
        store().addMessage(null, message);
        return Durability.of(message.getMessageId()).orElseThrow();
    }

    private QueueStore store() {
        return stores.store(new ActiveMQQueue(ALICE));
    }
}
