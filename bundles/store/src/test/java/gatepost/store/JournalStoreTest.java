package gatepost.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.store.MessageStore;
import org.apache.activemq.store.PersistenceAdapter;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.util.ByteSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {

    private static final ActiveMQQueue QUEUE = new ActiveMQQueue("user.alice");

    @TempDir
    private Path folder;

    @Test
    void whatQueuesHoldInKahaDbIsTakenOverOnce() throws Exception {
        PersistenceAdapter kahaDb = kahaDb();
        kahaDb.start();
        MessageStore old = kahaDb.createQueueMessageStore(QUEUE);
        old.start();
        for (int i = 1; i <= 3; i++) {
            old.addMessage(null, message(i));
        }
        kahaDb.stop();

        for (int start = 0; start < 2; start++) {
            PersistenceAdapter store = new JournalStore(kahaDb());
            store.start();
            assertEquals(Set.of(QUEUE), store.getDestinations());
            assertEquals(3, store.createQueueMessageStore(QUEUE).getMessageCount());
            store.stop();
        }
        PersistenceAdapter after = kahaDb();
        after.start();
        assertEquals(Set.of(), after.getDestinations());
        after.stop();
    }

    private KahaDBPersistenceAdapter kahaDb() {
        KahaDBPersistenceAdapter adapter = new KahaDBPersistenceAdapter();
        adapter.setDirectory(folder.toFile());
        return adapter;
    }

    private static Message message(int number) throws IOException {
        ActiveMQBytesMessage message = new ActiveMQBytesMessage();
        message.setDestination(QUEUE);
        message.setPersistent(true);
        message.setMessageId(new MessageId("producer:1:1:1", number));
        message.setContent(new ByteSequence(("message " + number).getBytes(StandardCharsets.UTF_8)));
        return message;
    }
}
