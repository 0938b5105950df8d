package gatepost.store.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.store.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.store.MessageRecoveryListener;
import org.apache.activemq.util.ByteSequence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueStoresTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");
    private static final ActiveMQQueue BOB = new ActiveMQQueue("user.bob");
    private static final int SEGMENT = 64 << 10;

    @TempDir
    private Path folder;

    private QueueStores stores;
    private long lastMessage;

    @BeforeEach
    void start() throws IOException {
        stores = started(folder);
    }

    @AfterEach
    void stop() throws IOException {
        stores.stop();
    }

    @Test
    void whatIsConfirmedSurvivesACrash() throws Exception {
        for (String text : List.of("one", "two", "three")) {
            stored(send(ALICE, text)).await();
        }
        stored(send(BOB, "four")).await();

        QueueStores after = crash();

        assertEquals(List.of("one", "two", "three"), texts(after, ALICE));
        assertEquals(List.of("four"), texts(after, BOB));
        after.stop();
    }

    @Test
    void whatWasAcknowledgedIsGoneAfterAStopAndTheRestIsThereInItsOrder() throws Exception {
        List<Message> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(send(ALICE, "message " + i));
        }
        for (Message message : sent) {
            stored(message).await();
        }
        acknowledge(ALICE, sent.get(0));
        acknowledge(ALICE, sent.get(4));

        restart();

        assertEquals(
                IntStream.of(1, 2, 3, 5, 6, 7, 8, 9)
                        .mapToObj(i -> "message " + i)
                        .toList(),
                texts(stores, ALICE));
    }

    @Test
    void anAcknowledgementWithAReceiptIsOnTheDiskWhenItReturns() throws Exception {
        Message message = send(ALICE, "once");
        stored(message).await();
        MessageAck ack = ack(message);
        ack.setResponseRequired(true);
        stores.store(ALICE).removeMessage(null, ack);

        QueueStores after = crash();

        assertEquals(List.of(), texts(after, ALICE));
        after.stop();
    }

    @Test
    void whatIsAcknowledgedBeforeItIsWrittenIsSafeWithoutBeingWritten() throws Exception {
        // as if its queue had a consumer: it is given a moment
        QueueStore store = stores.store(ALICE);
        stores.reserve(1);
        Add add = store.messages().begin(null, message(ALICE, "for nobody to read again"));
        store.removeMessage(null, ack(add.message()));
        assertTrue(add.isSafe());
        stores.commits().submitDelayed(add);
        stored(send(BOB, "after it")).await();

        assertEquals(0, store.getMessageCount());
        assertFalse(journalHolds("for nobody to read again"));
        assertTrue(journalHolds("after it"));
    }

    @Test
    void whatIsReadBeforeItIsWrittenIsTheMessageItself() throws Exception {
        QueueStore store = stores.store(ALICE);
        stores.reserve(1);
        Add add = store.messages().begin(null, message(ALICE, "on its way"));

        assertEquals(List.of("on its way"), texts(stores, ALICE));

        stores.commits().submit(add);
        add.await();
        assertEquals(List.of("on its way"), texts(stores, ALICE));
    }

    @Test
    void aBatchGoesOnWhereTheLastOneEnded() throws Exception {
        for (int i = 0; i < 5; i++) {
            stored(send(ALICE, "" + i)).await();
        }
        QueueStore store = stores.store(ALICE);
        Collector collector = new Collector();

        store.recoverNextMessages(2, collector);
        store.recoverNextMessages(2, collector);
        assertEquals(List.of("0", "1", "2", "3"), collector.texts);

        store.resetBatching();
        store.recoverNextMessages(1, collector);
        assertEquals(List.of("0", "1", "2", "3", "0"), collector.texts);
    }

    @Test
    void aPageEndsWhereTheMemoryOfItsReaderDoesAndHoldsOneMessageAtLeast() throws Exception {
        for (int i = 0; i < 5; i++) {
            stored(send(ALICE, "" + i)).await();
        }
        Collector collector = new Collector();
        collector.room = 2;

        QueueStore store = stores.store(ALICE);
        store.recoverNextMessages(5, collector);
        assertEquals(List.of("0", "1"), collector.texts);
        store.recoverNextMessages(5, collector);
        assertEquals(List.of("0", "1", "2"), collector.texts);
    }

    @Test
    void aTransactionIsThereAsAWholeAfterItsCommitAndNotBefore() throws Exception {
        Message old = send(BOB, "to be taken");
        stored(old).await();
        TransactionId transaction = new LocalTransactionId(new ConnectionId("c"), 1);
        transacted(transaction, ALICE, "a");
        transacted(transaction, BOB, "b");
        MessageAck ack = ack(old);
        ack.setTransactionId(transaction);
        stores.store(BOB).removeMessage(null, ack);

        assertEquals(List.of(), texts(stores, ALICE));
        assertEquals(List.of("to be taken"), texts(stores, BOB));
        stores.transactions().commit(transaction);

        QueueStores after = crash();
        assertEquals(List.of("a"), texts(after, ALICE));
        assertEquals(List.of("b"), texts(after, BOB));
        after.stop();
    }

    @Test
    void aTransactionThatIsRolledBackLeavesNothing() throws Exception {
        TransactionId transaction = new LocalTransactionId(new ConnectionId("c"), 1);
        transacted(transaction, ALICE, "a");
        stores.transactions().rollback(transaction);
        stores.transactions().commit(transaction);

        assertEquals(List.of(), texts(stores, ALICE));
    }

    @Test
    void whatATransactionTakesIsWrittenBeforeItsRemovalIs() throws Exception {
        QueueStore store = stores.store(ALICE);
        stores.reserve(1);
        Add add = store.messages().begin(null, message(ALICE, "sent and taken"));
        add.message().getMessageId().setFutureOrSequenceLong(add.sequence());
        TransactionId transaction = new LocalTransactionId(new ConnectionId("c"), 1);
        MessageAck ack = ack(add.message());
        ack.setTransactionId(transaction);
        store.removeMessage(null, ack);
        stores.transactions().commit(transaction);

        QueueStores after = crash();
        assertEquals(List.of(), texts(after, ALICE));
        after.stop();
    }

    @Test
    void anEmptiedQueueStaysEmptyAndTakesMessagesAgain() throws Exception {
        stored(send(ALICE, "old")).await();
        stores.store(ALICE).removeAllMessages(null);
        stored(send(ALICE, "new")).await();

        QueueStores after = crash();
        assertEquals(List.of("new"), texts(after, ALICE));
        after.stop();
    }

    @Test
    void spaceIsWonBackAndWhatWaitsIsKept() throws Exception {
        String body = "x".repeat(1000);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 5_000; i += 100) {
            stored(send(BOB, i + body)).await();
            kept.add(i + body);
            pass(99, i + body);
        }

        // five megabytes went through, 50 KB are needed
        Awaitility.await().until(() -> stores.journal().capacity() < 8 * SEGMENT);
        // of the first files at least, whose 50 messages of 1000 bytes had to be written once more
        assertTrue(stores.copiedBytes() > 1000, () -> stores.copiedBytes() + " bytes");
        assertEquals(kept, texts(stores, BOB));
        restart();
        assertEquals(kept, texts(stores, BOB));
        assertEquals(0, stores.store(ALICE).getMessageCount());
    }

    @Test
    void eachSyncThatASenderWaitsForIsTimed() throws Exception {
        stores.stop();
        List<Long> syncs = new CopyOnWriteArrayList<>();
        stores = new QueueStores(new Journal(folder, SEGMENT));
        stores.timed(syncs::add);
        stores.start();
        int before = syncs.size();
        stored(send(BOB, "one")).await();
        stored(send(BOB, "two")).await();
        assertTrue(syncs.size() >= before + 2, syncs::toString);
        assertTrue(syncs.stream().allMatch(nanos -> nanos > 0 && nanos < TimeUnit.MINUTES.toNanos(1)), syncs::toString);
    }

    @Test
    void whatBelongedToATransactionIsKeptWhenItsFileIsCleaned() throws Exception {
        TransactionId transaction = new LocalTransactionId(new ConnectionId("c"), 1);
        transacted(transaction, BOB, "transacted");
        stores.transactions().commit(transaction);
        for (int i = 0; i < 10; i++) {
            pass(100, "x".repeat(1000));
        }

        Awaitility.await().until(() -> stores.journal().capacity() < 8 * SEGMENT);
        restart();
        assertEquals(List.of("transacted"), texts(stores, BOB));
    }

    @Test
    void whatCannotBeWrittenIsRefusedAndWhatComesLaterIsTakenAgain() throws Exception {
        stored(send(ALICE, "before")).await();
        List<Path> files = files();
        Path away = Files.createTempDirectory(folder.getParent(), "away");
        String large = "x".repeat(2 * SEGMENT);
        Files.delete(away);
        Files.move(folder, away);

        Durability lost = stored(send(ALICE, large));
        assertThrows(IOException.class, lost::await);
        assertEquals(1, files.size());

        Files.move(away, folder);
        stored(send(ALICE, "after")).await();
        assertEquals(List.of("before", "after"), texts(stores, ALICE));
        restart();
        assertEquals(List.of("before", "after"), texts(stores, ALICE));
    }

    @Test
    void aMessageThatIsKnownByItsIdAloneIsFound() throws Exception {
        stored(send(ALICE, "first")).await();
        Message second = send(ALICE, "second");
        stored(second).await();

        assertEquals(
                "second",
                text(stores.store(ALICE)
                        .getMessage(new MessageId(second.getMessageId().toString()))));
    }

    /** Messages that are written and then acknowledged; they share a write, as each of its own takes a few milliseconds. */
    private void pass(int count, String text) throws Exception {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(send(ALICE, text));
        }
        for (Message message : messages) {
            stored(message).await();
            acknowledge(ALICE, message);
        }
    }

    private static QueueStores started(Path folder) throws IOException {
        QueueStores stores = new QueueStores(new Journal(folder, SEGMENT));
        stores.start();
        return stores;
    }

    private void restart() throws IOException {
        stores.stop();
        stores = started(folder);
    }

    /** What would be there had the process been killed now. */
    private QueueStores crash() throws IOException {
        Path copy = Files.createTempDirectory(folder.getParent(), "crash");
        for (Path file : files()) {
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        return started(copy);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private boolean journalHolds(String text) throws IOException {
        for (Path file : files()) {
            if (new String(Files.readAllBytes(file), UTF_8).contains(text)) {
                return true;
            }
        }
        return false;
    }

    private Message send(ActiveMQQueue queue, String text) throws IOException {
        Message message = message(queue, text);
        stores.store(queue).addMessage(null, message);
        return message;
    }

    private void transacted(TransactionId transaction, ActiveMQQueue queue, String text) throws IOException {
        Message message = message(queue, text);
        message.setTransactionId(transaction);
        stores.store(queue).addMessage(null, message);
    }

    private void acknowledge(ActiveMQQueue queue, Message message) throws IOException {
        stores.store(queue).removeMessage(null, ack(message));
    }

    private Message message(ActiveMQQueue queue, String text) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(queue);
        message.setMessageId(new MessageId("producer:1:1:1", ++lastMessage));
        message.setContent(new ByteSequence(text.getBytes(UTF_8)));
        return message;
    }

    private static MessageAck ack(Message message) {
        return new MessageAck(message, MessageAck.INDIVIDUAL_ACK_TYPE, 1);
    }

    private static Durability stored(Message message) {
        return Durability.of(message.getMessageId()).orElseThrow();
    }

    private static String text(Message message) {
        ByteSequence content = message.getContent();
        return new String(content.getData(), content.getOffset(), content.getLength(), UTF_8);
    }

    private static List<String> texts(QueueStores stores, ActiveMQQueue queue) throws Exception {
        Collector collector = new Collector();
        stores.store(queue).recover(collector);
        return collector.texts;
    }

    private static final class Collector implements MessageRecoveryListener {

        private final List<String> texts = new ArrayList<>();
        private int room = Integer.MAX_VALUE;

        @Override
        public boolean recoverMessage(Message message) {
            return texts.add(text(message));
        }

        @Override
        public boolean recoverMessageReference(MessageId reference) {
            throw new AssertionError("messages are recovered, not references");
        }

        @Override
        public boolean hasSpace() {
            return texts.size() < room;
        }

        @Override
        public boolean isDuplicate(MessageId reference) {
            return false;
        }
    }
}
