package gatepost.broker.region;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.cursors.PendingMessageCursor;
import org.apache.activemq.broker.region.cursors.StoreQueueCursor;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.store.MessageStore;

/**
 * ActiveMQ's cursor of a queue, except for two things.
 *
 * <p>It passes over stored messages that no reader wants. ActiveMQ's hands them over, and stops when 200 of them wait for a reader: whose
 * selector matches none of those gets nothing ever. What was passed over is in the store, and is looked through in its order, before
 * anything else, when there is a reader who may want it.
 *
 * <p>It releases the last message that it handed over. ActiveMQ's keeps the last message of each queue
 * until the next one comes, long after it was acknowledged and given back to the memory limit: a large message to each of many
 * users would fill the heap, and each collection of the young generation copies what every user's last message consists of.
 *
 * <p>ActiveMQ's queue holds a lock while it uses it.
 */
final class ReleasingCursor extends StoreQueueCursor {

    /** So many messages that nobody wants are looked at before other queues get their turn. */
    static final int LOOKED_AT_IN_A_TURN = 500;

    private final UnloadableQueue queue;
    private final PassedOver passedOver = new PassedOver();
    private Readers readers = Readers.OF_ALL;
    private int left;
    private boolean unfinished;
    private boolean again;
    /** What {@link #hasNext} found and {@link #next} gives. */
    private MessageReference found;
    private boolean foundAgain;
    private boolean handedOver;

    ReleasingCursor(Broker broker, UnloadableQueue queue) {
        super(broker, queue);
        this.queue = queue;
    }

    /** @return whether it stopped because its turn was over */
    synchronized boolean isUnfinished() {
        return unfinished;
    }

    /** @return whether there are messages that nobody wanted */
    synchronized boolean hasPassedOver() {
        return passedOver.size() > 0;
    }

    /** What nobody wanted may have expired, and is looked through once more. */
    synchronized void lookAgain() {
        again = true;
    }

    @Override
    public synchronized void reset() {
        super.reset();
        left = LOOKED_AT_IN_A_TURN;
        unfinished = false;
        Readers now = queue.readers();
        if (again || now.mayWantMoreThan(readers)) {
            again = false;
            passedOver.rewind();
        }
        readers = now;
    }

    @Override
    public synchronized boolean hasNext() {
        return found != null || findAgain() || !passedOver.hasNext() && find();
    }

    /** Among those that were passed over. */
    private boolean findAgain() {
        while (passedOver.hasNext() && isMyTurn()) {
            Message message = read(passedOver.current());
            if (message == null) {
                passedOver.remove();
            } else if (readers.want(message)) {
                message.incrementReferenceCount();
                found = message;
                foundAgain = true;
                return true;
            } else {
                left--;
                passedOver.pass();
            }
        }
        return false;
    }

    private boolean find() {
        while (isMyTurn() && super.hasNext()) {
            MessageReference message = super.next();
            if (!message.isPersistent() || !(message.getMessageId().getFutureOrSequenceLong() instanceof Long sequence)
                    || readers.want(message)) {
                found = message;
                foundAgain = false;
                return true;
            }
            left--;
            super.remove();
            message.decrementReferenceCount();
            passedOver.add(sequence);
        }
        return false;
    }

    private boolean isMyTurn() {
        unfinished = left <= 0;
        return !unfinished;
    }

    private Message read(long sequence) {
        MessageId id = new MessageId(new ProducerId(), 0);
        // the store finds a message by this alone
        id.setFutureOrSequenceLong(sequence);
        MessageStore store = queue.getMessageStore();
        try {
            Message message = store.getMessage(id);
            if (message != null) {
                message.setRegionDestination(queue);
                if (message.getMemoryUsage() == null) {
                    message.setMemoryUsage(getSystemUsage().getMemoryUsage());
                }
            }
            return message;
        } catch (IOException e) {
            throw new UncheckedIOException(queue.getName() + " cannot be read from the store", e);
        }
    }

    @Override
    public synchronized MessageReference next() {
        if (!hasNext()) {
            return null;
        }
        MessageReference next = found;
        found = null;
        handedOver = true;
        return next;
    }

    @Override
    public synchronized void remove() {
        if (foundAgain) {
            passedOver.remove();
        } else {
            super.remove();
        }
    }

    @Override
    public synchronized int size() {
        return super.size() + passedOver.size();
    }

    @Override
    public synchronized boolean isEmpty() {
        return super.isEmpty() && passedOver.size() == 0;
    }

    /** Everything is read from the store again. */
    @Override
    public synchronized void gc() {
        super.gc();
        passedOver.clear();
    }

    /** The broker has taken as many as it wants. */
    @Override
    public synchronized void release() {
        if (found != null) {
            found.decrementReferenceCount();
            found = null;
        }
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
