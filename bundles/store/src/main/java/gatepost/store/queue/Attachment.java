package gatepost.store.queue;

import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.Message;
import org.apache.activemq.store.IndexListener;

/**
 * Whether the broker has a queue, and which of its messages the broker's cursor knows of. Any thread, under the lock of
 * the queue's {@link StoredMessages} but where a method says otherwise.
 */
final class Attachment {

    private static final long ATTACHED = 0;

    private final Object lock;
    /** When the broker unloaded the queue, in milliseconds since 1970. */
    private long detached = System.currentTimeMillis();

    /** Whether the broker has it, or had it, as a queue that is no inbox. */
    private boolean plain;

    private volatile IndexListener listener;
    /** The broker's cursor knows of all messages up to this one; what comes after it must not be read from here yet. */
    private volatile long known = Long.MIN_VALUE;

    Attachment(Object lock) {
        this.lock = lock;
    }

    /** The broker has the queue: it is asked for what is here, and told what comes. */
    void attach() {
        synchronized (lock) {
            plain |= detached != ATTACHED;
            detached = ATTACHED;
        }
    }

    /** The broker has it as an inbox. */
    void isInbox() {
        synchronized (lock) {
            plain = false;
        }
    }

    boolean isPlain() {
        synchronized (lock) {
            return plain;
        }
    }

    /** The broker unloads the queue, and what is stored stays. */
    void detach() {
        synchronized (lock) {
            detached = System.currentTimeMillis();
            listener = null;
        }
    }

    boolean isDetached() {
        synchronized (lock) {
            return detached != ATTACHED;
        }
    }

    /** @param millis for how long at least */
    boolean isDetached(long now, long millis) {
        synchronized (lock) {
            return isDetached() && now - detached >= millis;
        }
    }

    /** @param cursor of the broker's queue, to be told what comes */
    void listen(IndexListener cursor) {
        synchronized (lock) {
            listener = cursor;
        }
    }

    /** @return whether somebody reads the queue; without the lock */
    boolean hasConsumer() {
        return listener instanceof Destination queue
                && queue.getDestinationStatistics().getConsumers().getCount() > 0;
    }

    /** A message was found in the journal, in the order of their numbers. */
    void found(long sequence) {
        synchronized (lock) {
            known = sequence;
        }
    }

    /** A message has come, in the order of their numbers: the cursor is told, and knows of it once it says so. */
    void arrived(long sequence, ConnectionContext context, Message message) {
        synchronized (lock) {
            if (listener == null) {
                known = sequence;
            } else {
                listener.onAdd(
                        new IndexListener.MessageContext(context, message, () -> known = Math.max(known, sequence)));
            }
        }
    }

    /** @return whether the cursor may read that message from here; without the lock */
    boolean knows(long sequence) {
        return sequence <= known;
    }
}
