package gatepost.store.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Durability;
import gatepost.store.journal.Journal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConnectionId;
import org.apache.activemq.command.LocalTransactionId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.TransactionId;
import org.apache.activemq.wireformat.WireFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedMessagesTest {

    private static final String ALICE = "user.alice";
    private static final int SEGMENT = 64 << 10;

    @TempDir
    private Path folder;

    private QueueStores stores;
    private int last;

    @BeforeEach
    void start() throws IOException {
        stores = new QueueStores(new Journal(folder, SEGMENT));
        stores.start();
    }

    @AfterEach
    void stop() throws IOException {
        stores.stop();
    }

    @Test
    void aMessageThatIsDamagedDoesNotStopWhoReadsTheQueue() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(ALICE).await();
        }
        flip(indexOf("2 "));

        assertEquals(List.of(1, 3), numbers(ALICE));

        assertEquals(2, store(ALICE).getMessageCount());
        assertEquals(1, stores.damage());
    }

    @Test
    void theCleaningGoesOnAfterADamagedRecordAndTakesAllOthersAlong() throws Exception {
        for (int i = 0; i < 5; i++) {
            send(ALICE).await();
        }
        // the third byte of the record's length: whoever trusts it passes over what follows
        flip(offset(store(ALICE).messages().location(2)) + 2);
        fill();

        Awaitility.await()
                .until(() ->
                        stores.journal().capacity() < 8 * SEGMENT && names().contains("0000000001.journal.damaged"));
        assertEquals(List.of(1, 3, 4, 5), numbers(ALICE));
        stores.stop();
        start();
        assertEquals(List.of(1, 3, 4, 5), numbers(ALICE));
    }

    @Test
    void aTransactionOfWhichOneMessageCannotBeWrittenIsRefusedAsAWhole() throws Exception {
        send(ALICE).await();
        TransactionId transaction = new LocalTransactionId(new ConnectionId("c"), 1);
        MessageAck ack = new MessageAck(store(ALICE).first(1).get(0), MessageAck.INDIVIDUAL_ACK_TYPE, 1);
        ack.setTransactionId(transaction);
        store(ALICE).removeMessage(null, ack);
        Message good = Sent.message(ALICE, ++last);
        good.setTransactionId(transaction);
        store(ALICE).addMessage(null, good);
        Message bad = new ActiveMQBytesMessage() {
            @Override
            public void beforeMarshall(WireFormat format) throws IOException {
                throw new IOException("of a test");
            }
        };
        bad.setDestination(new ActiveMQQueue(ALICE));
        bad.setMessageId(new MessageId("producer:1:1:1", 99));
        bad.setTransactionId(transaction);
        store(ALICE).addMessage(null, bad);

        assertThrows(IOException.class, () -> stores.transactions().commit(transaction));

        assertEquals(List.of(1), numbers(ALICE));
        send(ALICE).await();
        stores.stop();
        start();
        assertEquals(List.of(1, 3), numbers(ALICE));
    }

    @Test
    void aQueueWhoseNameWasLostStaysEmptyOnceItWasEmptied() throws Exception {
        send(ALICE).await();
        stores.stop();
        flip(indexOf(ALICE));
        start();
        String nameless = stores.all().iterator().next().getDestination().getPhysicalName();
        assertTrue(nameless.startsWith("gatepost.recovered."), nameless);
        assertEquals(List.of(1), numbers(nameless));

        store(nameless).removeAllMessages(null);
        stores.stop();
        start();

        assertFalse(stores.all().stream().anyMatch(store -> store.getMessageCount() > 0));
    }

    @Test
    void aNoteThatIsDamagedIsWrittenAnewBeforeItsFileGoes() throws Exception {
        InboxLog log = store(ALICE).log();
        log.note(InboxNotesTest.note("seen", "remember me"), true).await();
        log.note(InboxNotesTest.note("other", "and me"), true).await();
        flip(indexOf("remember me"));
        fill();

        Awaitility.await()
                .until(() ->
                        stores.journal().capacity() < 8 * SEGMENT && names().contains("0000000001.journal.damaged"));
        stores.stop();
        start();
        assertEquals(
                Map.of("seen", "remember me", "other", "and me"),
                InboxNotesTest.notes(store(ALICE).log()));
    }

    /** Sends so much to others that the first file is cleaned. */
    private void fill() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Message message = Sent.message("user.bob", 1_000 + i);
            store("user.bob").addMessage(null, message);
            Durability.of(message.getMessageId()).orElseThrow().await();
            store("user.bob").removeMessage(null, new MessageAck(message, MessageAck.INDIVIDUAL_ACK_TYPE, 1));
        }
    }

    /** As {@code Location} keeps it. */
    private static int offset(long location) {
        return ((int) (location >>> 17) & (1 << 26) - 1) * 8;
    }

    private Durability send(String queue) throws IOException {
        Message message = Sent.message(queue, ++last);
        store(queue).addMessage(null, message);
        return Durability.of(message.getMessageId()).orElseThrow();
    }

    private QueueStore store(String queue) {
        return stores.store(new ActiveMQQueue(queue));
    }

    private List<Integer> numbers(String queue) throws IOException {
        return store(queue).first(Integer.MAX_VALUE).stream().map(Sent::number).toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Path file() {
        return folder.resolve("0000000001.journal");
    }

    private int indexOf(String text) throws IOException {
        int at = new String(Files.readAllBytes(file()), ISO_8859_1).indexOf(text);
        assertTrue(at > 0, "the text is there");
        return at;
    }

    private void flip(int offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek(offset);
            int old = bytes.read();
            bytes.seek(offset);
            bytes.write(old ^ 1);
        }
    }
}
