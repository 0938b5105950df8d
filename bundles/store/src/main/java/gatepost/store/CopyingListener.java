package gatepost.store;

import gatepost.contracts.Durability;
import gatepost.store.queue.QueueStore;
import java.io.IOException;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.store.MessageRecoveryListener;

/** Copies each message that another store recovers into one of ours, and waits until it is on the disk. */
final class CopyingListener implements MessageRecoveryListener {

    private final QueueStore store;

    CopyingListener(QueueStore store) {
        this.store = store;
    }

    @Override
    public boolean recoverMessage(Message message) throws IOException {
        message.getMessageId().setEntryLocator(null);
        store.addMessage(null, message);
        Durability.of(message.getMessageId()).orElseThrow().await();
        return true;
    }

    @Override
    public boolean recoverMessageReference(MessageId reference) {
        throw new IllegalStateException("KahaDB recovers messages, not references");
    }

    @Override
    public boolean hasSpace() {
        return true;
    }

    @Override
    public boolean isDuplicate(MessageId reference) {
        return false;
    }
}
