package gatepost.store.queue;

import gatepost.contracts.inbox.InboxLogs;
import gatepost.contracts.inbox.MessageLog;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.apache.activemq.command.ActiveMQQueue;

/** Logs of inboxes, whether the broker has them or not. Any thread. */
final class LogsByQueue implements InboxLogs {

    private final QueueStores stores;

    LogsByQueue(QueueStores stores) {
        this.stores = stores;
    }

    @Override
    public long head() {
        return stores.sequences().last();
    }

    @Override
    public Optional<MessageLog> log(ActiveMQQueue inbox) {
        return stores.find(inbox.getPhysicalName())
                .filter(store -> store.messages().isInbox())
                .map(QueueStore::log);
    }

    @Override
    public void waiting(long above, long upTo, ObjLongConsumer<ActiveMQQueue> reader) {
        for (StoredMessages messages : stores.messages()) {
            if (messages.isInbox()) {
                for (long next = messages.after(above); next <= upTo; next = messages.after(next)) {
                    reader.accept(messages.queue(), next);
                }
            }
        }
    }
}
