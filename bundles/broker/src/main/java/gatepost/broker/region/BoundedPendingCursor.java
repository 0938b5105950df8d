package gatepost.broker.region;

import gatepost.broker.quota.PendingTopics;
import java.util.Iterator;
import java.util.List;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.cursors.VMPendingMessageCursor;

/**
 * What waits for one subscriber of a topic, in memory: the oldest go when it is too many messages or bytes, or too much for its user.
 * ActiveMQ's counts messages only, goes on on the disk, and holds up whoever sends while the memory is full.
 */
public final class BoundedPendingCursor extends VMPendingMessageCursor {

    private final PendingTopics pending;
    private final PendingTopics.Share share;

    /** @param context of the subscriber, who is charged */
    public BoundedPendingCursor(PendingTopics pending, ConnectionContext context) {
        super(false);
        this.pending = pending;
        this.share = pending.share(context);
    }

    @Override
    public synchronized boolean tryAddMessageLast(MessageReference node, long maxWait) {
        super.tryAddMessageLast(node, maxWait);
        count();
        int dropped = 0;
        while (size() > 0 && share.isOver(size(), messageSize())) {
            removeOldest();
            dropped++;
        }
        if (dropped > 0) {
            pending.dropped(dropped);
        }
        return true;
    }

    private void removeOldest() {
        Iterator<MessageReference> oldest = pageInList(1).iterator();
        MessageReference node = oldest.next();
        // once for the page and once for the list
        node.decrementReferenceCount();
        remove(node);
    }

    @Override
    public synchronized void addMessageFirst(MessageReference node) {
        super.addMessageFirst(node);
        count();
    }

    @Override
    public synchronized void remove() {
        super.remove();
        count();
    }

    @Override
    public synchronized void remove(MessageReference node) {
        super.remove(node);
        count();
    }

    @Override
    public synchronized List<MessageReference> remove(ConnectionContext context, Destination destination)
            throws Exception {
        List<MessageReference> removed = super.remove(context, destination);
        count();
        return removed;
    }

    @Override
    public synchronized void clear() {
        super.clear();
        count();
    }

    /** Whoever sends is never held up: the oldest message is dropped instead. */
    @Override
    public boolean isFull() {
        return false;
    }

    private void count() {
        share.is(messageSize());
    }
}
