package gatepost.broker.region;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.region.MessageReference;
import org.apache.activemq.broker.region.cursors.FilePendingMessageCursor;
import org.apache.activemq.broker.region.cursors.PendingMessageCursor;
import org.apache.activemq.broker.region.cursors.StoreQueueCursor;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.ProducerId;
import org.apache.activemq.store.MessageStore;

/**
 * ActiveMQ's cursor of a queue, except for two things: it passes over messages that no reader wants ({@link SelectiveLook}), and it
 * releases the last message that it handed over. ActiveMQ's keeps the last message of each queue
 * until the next one comes, long after it was acknowledged and given back to the memory limit: a large message to each of many
 * users would fill the heap, and each collection of the young generation copies what every user's last message consists of.
 *
 * <p>ActiveMQ's queue holds a lock while it uses it.
 */
final class ReleasingCursor extends StoreQueueCursor {

    private final Broker broker;
    private final UnloadableQueue queue;
    private final SelectiveLook look;
    private boolean handedOver;

    ReleasingCursor(Broker broker, UnloadableQueue queue, Selection selection) {
        super(broker, queue);
        this.broker = broker;
        this.queue = queue;
        look = new SelectiveLook(
                selection, new Own(), new PassedOverStored(this::read), new PassedOverUnstored(this::list));
    }

    /**
     * @param waiting messages that wait for a reader
     * @return whether there is more for somebody now; says so once
     */
    synchronized boolean goesOn(int waiting) {
        return look.goesOn(super.size(), waiting);
    }

    /** @return whether there are messages that nobody wanted */
    synchronized boolean hasPassedOver() {
        return look.size() > 0;
    }

    /** What nobody wanted may have expired, and is looked through once more. */
    synchronized void lookAgain() {
        look.lookAgain();
    }

    @Override
    public synchronized void reset() {
        super.reset();
        look.begin();
    }

    @Override
    public synchronized boolean hasNext() {
        return look.hasNext();
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

    /** As {@code StoreQueueCursor.start} makes one for messages that are not persistent. */
    private PendingMessageCursor list() {
        PendingMessageCursor list = new FilePendingMessageCursor(broker, queue.getName(), false);
        list.setSystemUsage(getSystemUsage());
        list.setMemoryUsageHighWaterMark(getMemoryUsageHighWaterMark());
        list.setEnableAudit(false);
        try {
            list.start();
        } catch (Exception e) {
            throw new IllegalStateException("a list of the messages of " + queue.getName() + " cannot be made", e);
        }
        return list;
    }

    @Override
    public synchronized MessageReference next() {
        MessageReference next = look.next();
        handedOver |= next != null;
        return next;
    }

    @Override
    public synchronized void remove() {
        look.remove();
    }

    @Override
    public synchronized int size() {
        return super.size() + look.size();
    }

    @Override
    public synchronized boolean isEmpty() {
        return super.isEmpty() && look.size() == 0;
    }

    /** Everything is read from the store again. */
    @Override
    public synchronized void gc() {
        super.gc();
        look.reread();
    }

    @Override
    public synchronized void stop() throws Exception {
        look.close();
        super.stop();
    }

    /** The broker has taken as many as it wants. */
    @Override
    public synchronized void release() {
        look.end();
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

    private final class Own implements SelectiveLook.Fresh {

        @Override
        public boolean hasNext() {
            return ReleasingCursor.super.hasNext();
        }

        @Override
        public MessageReference next() {
            return ReleasingCursor.super.next();
        }

        @Override
        public void remove() {
            ReleasingCursor.super.remove();
        }
    }
}
