package gatepost.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.store.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages go when history has to make way. */
class OldestHistoryTest {

    private static final List<ActiveMQQueue> INBOXES =
            IntStream.range(0, 5).mapToObj(n -> new ActiveMQQueue("user." + n)).toList();
    private static final int SIZE = 1_000;

    @TempDir
    private Path folder;

    private QueueStores stores;
    private long lastMessage;

    @BeforeEach
    void start() throws IOException {
        stores = new QueueStores(new Journal(folder, 64 << 10));
        stores.start();
    }

    @AfterEach
    void stop() throws IOException {
        stores.stop();
    }

    @Test
    void theOldestOfAllInboxesGoLoadedOrNotAndAreTrimmed() throws IOException {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            offsets.add(done(INBOXES.get(i % 2), SIZE));
        }
        QueueStore unloaded = stores.find(INBOXES.get(1).getPhysicalName()).orElseThrow();
        unloaded.detach();
        long before = stores.size();

        Yielded gone = stores.yieldHistory(9 * SIZE);

        int count = (int) gone.messages();
        assertTrue(count >= 8 && count <= 10, () -> count + " went");
        assertEquals(offsets.subList(count, 40), left());
        assertEquals(before - gone.bytes(), stores.size());
        for (int i = 0; i < 2; i++) {
            InboxLog log = log(INBOXES.get(i));
            // the last that went is of the one or of the other
            long last = offsets.get(count - 1 - (count - 1 + i) % 2);
            assertEquals(last, log.lost());
            assertEquals(last, log.yielded());
        }
        restart();
        assertEquals(offsets.subList(count, 40), left());
        assertEquals(
                offsets.get(count - 1 - (count - 1) % 2), log(INBOXES.get(0)).lost());
    }

    @Test
    void whatWaitsStaysAndIsNoReasonToTakeMore() throws IOException {
        final long waiting = add(INBOXES.get(0), SIZE);
        final long first = done(INBOXES.get(0), SIZE);
        final long second = done(INBOXES.get(1), SIZE);

        assertEquals(1, stores.yieldHistory(1).messages());
        assertEquals(List.of(second), left());
        assertEquals(1, stores.yieldHistory(Long.MAX_VALUE).messages());
        assertEquals(List.of(), left());
        assertTrue(log(INBOXES.get(0)).isWaiting(waiting));
        assertEquals(first, log(INBOXES.get(0)).lost());
        assertEquals(new Yielded(0, 0), stores.yieldHistory(Long.MAX_VALUE));
    }

    @Test
    void bytesCountAndNotMessages() throws IOException {
        for (int i = 0; i < 50; i++) {
            done(INBOXES.get(0), 10);
        }
        long large = done(INBOXES.get(1), 40_000);
        long last = done(INBOXES.get(0), 10);

        stores.yieldHistory(5_000);
        assertTrue(left().contains(large), "50 small ones were enough");
        stores.yieldHistory(40_000);
        assertEquals(List.of(last), left());
    }

    /** As a sorted list would have it, whatever the sizes and the holes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noneGoesBeforeAnOlderOneAndNotMuchMoreThanWanted(long seed) throws IOException {
        Random random = new Random(seed);
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            ActiveMQQueue inbox = INBOXES.get(random.nextInt(INBOXES.size()));
            if (random.nextInt(3) == 0) {
                add(inbox, 10);
            } else {
                offsets.add(done(inbox, random.nextInt(500)));
            }
        }
        while (!offsets.isEmpty()) {
            int wanted = random.nextInt(200_000) + 1;
            Yielded gone = stores.yieldHistory(wanted);
            offsets = offsets.subList((int) gone.messages(), offsets.size());
            assertEquals(offsets, left());
            assertTrue(gone.bytes() >= wanted || offsets.isEmpty(), () -> gone + " for " + wanted);
            assertTrue(gone.bytes() <= wanted + wanted / 8 + 1_000, () -> gone + " for " + wanted);
        }
    }

    private long done(ActiveMQQueue inbox, int size) throws IOException {
        long offset = add(inbox, size);
        assertTrue(log(inbox).done(offset, false, true, false).isPresent());
        return offset;
    }

    private long add(ActiveMQQueue inbox, int size) throws IOException {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setMessageId(new MessageId("ID:test:1:1:1", ++lastMessage));
        message.setDestination(inbox);
        message.setContent(new ByteSequence(new byte[size]));
        log(inbox).add(null, message, false).await();
        return offset(message);
    }

    private static long offset(Message message) {
        return (Long) message.getMessageId().getFutureOrSequenceLong();
    }

    private InboxLog log(ActiveMQQueue inbox) {
        return stores.store(inbox).log();
    }

    /** @return the offsets of what is done, in order */
    private List<Long> left() {
        List<Long> left = new ArrayList<>();
        for (QueueStore store : stores.all()) {
            StoredMessages messages = store.messages();
            for (long next = messages.contents().history().next(0);
                    next != Long.MAX_VALUE;
                    next = messages.contents().history().next(next)) {
                left.add(next);
            }
        }
        left.sort(null);
        return left;
    }

    private void restart() throws IOException {
        stop();
        start();
    }
}
