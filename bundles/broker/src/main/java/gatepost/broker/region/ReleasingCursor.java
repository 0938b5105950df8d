package gatepost.broker.region;

import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.cursors.PendingMessageCursor;
import org.apache.activemq.broker.region.cursors.StoreQueueCursor;

/**
 * ActiveMQ's cursor of a queue, except that it releases the last message that it handed over. ActiveMQ's keeps the last message of each queue
 * until the next one comes, long after it was acknowledged and given back to the memory limit: a large message to each of many
 * users would fill the heap, and each collection of the young generation copies what every user's last message consists of.
 */
final class ReleasingCursor extends StoreQueueCursor {

    private boolean handedOver;

    ReleasingCursor(Broker broker, UnloadableQueue queue) {
        super(broker, queue);
    }

    @Override
    public synchronized MessageReference next() {
        handedOver = true;
        return super.next();
    }

    /** The broker has taken as many as it wants. */
    @Override
    public synchronized void release() {
        super.release();
        if (handedOver) {
            handedOver = false;
            releaseStored(getPersistent());
            releaseUnstored(getNonPersistent());
        }
    }

    private static void releaseStored(PendingMessageCursor cursor) {
        synchronized (cursor) {
            if (!cursor.hasMessagesBufferedToDeliver()) {
                // there is none, which takes the place of the last one
                cursor.next();
            }
        }
    }

    private static void releaseUnstored(PendingMessageCursor cursor) {
        synchronized (cursor) {
            if (cursor.isEmpty()) {
                cursor.reset();
                cursor.release();
            }
        }
    }
}
