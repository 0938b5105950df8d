package gatepost.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.store.queue.InboxLog;
import gatepost.store.queue.QueueStores;
import gatepost.store.quota.Admission;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.openwire.OpenWireFormat;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an older Gatepost left in a queue is what an inbox begins with. */
class OlderFormatsTest {

    private static final ActiveMQQueue ALICE = new ActiveMQQueue("user.alice");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"GPJ1", "GPJ2", "GPJ3", "GPJ4"})
    void whatWaitsIsTheInboxsFirst(String format) throws IOException {
        write(format);

        QueueStores stores = new QueueStores(folder, new Admission());
        stores.start();
        InboxLog log = stores.store(ALICE).log();
        String epoch = log.epoch();
        assertEquals(7, log.waitingAfter(0));
        assertEquals(9, log.waitingAfter(7));
        assertEquals(9, log.head());
        assertEquals(0, log.lost(), "nobody has seen an offset of it");
        log.done(7, false, true, true).orElseThrow().await();
        Message next = message(3);
        log.add(null, next, false).await();
        assertTrue((Long) next.getMessageId().getFutureOrSequenceLong() > 9);
        stores.stop();

        QueueStores again = new QueueStores(folder, new Admission());
        again.start();
        log = again.store(ALICE).log();
        assertEquals(epoch, log.epoch());
        assertTrue(log.isDone(7));
        assertEquals(2, log.waiting());
        again.stop();
    }

    private void write(String format) throws IOException {
        Journal journal = new Journal(folder);
        journal.open(new Replay() {
            @Override
            public void queue(long queue, String name, long location) {}

            @Override
            public void add(long queue, long sequence, long expiration, ByteBuffer message, long location) {}

            @Override
            public void remove(long queue, long sequence) {}

            @Override
            public void drop(long queue) {}
        });
        Batch batch = journal.batch();
        batch.queue(1, ALICE.getPhysicalName());
        for (long sequence : new long[] {7, 9}) {
            OpenWireFormat marshalling = new OpenWireFormat(OpenWireFormat.DEFAULT_STORE_VERSION);
            marshalling.setCacheEnabled(false);
            ByteSequence bytes = marshalling.marshal(message(sequence));
            batch.add(1, sequence, 0, bytes.getData(), bytes.getOffset(), bytes.getLength());
        }
        journal.append(batch);
        journal.force();
        journal.close();
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            try (RandomAccessFile head = new RandomAccessFile(file.toFile(), "rw")) {
                head.write(format.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static Message message(long number) {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(ALICE);
        message.setMessageId(new MessageId("older:1:1:1", number));
        return message;
    }
}
