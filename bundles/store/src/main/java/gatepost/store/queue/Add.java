package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.command.Message;
import org.apache.activemq.util.ByteSequence;

/** A message on its way to the disk. Safe when it is there, or when its consumer has acknowledged it before that. */
final class Add extends Operation {

    private final StoredMessages store;
    private final long queue;
    private final long sequence;
    private final int size;
    /** Given up as soon as it is settled: the message's id, which is kept for longer, leads here. */
    private Message message;
    /** Set once by whoever is first: the journal's thread to write it, or its consumer to make that needless. */
    private final AtomicBoolean taken = new AtomicBoolean();

    /** What is true of it from the beginning, besides what its owner says of it. */
    private final byte flags;

    private final boolean ofTransaction;
    /** What is written with it, {@code null} for nothing. */
    private final Alongside along;

    private Leaving later;
    private boolean encoded;
    private int definition = -1;
    private int offset;

    /**
     * @param ofTransaction whether nobody may see it before it is on the disk
     * @param flags what is true of it from the beginning, besides what its owner says of it
     * @param along what is written with it, {@code null} for nothing
     */
    Add(
            StoredMessages store,
            long queue,
            long sequence,
            Message message,
            boolean ofTransaction,
            byte flags,
            Alongside along) {
        this.store = store;
        this.queue = queue;
        this.sequence = sequence;
        this.size = message.getSize();
        this.message = message;
        this.ofTransaction = ofTransaction;
        this.flags = flags;
        this.along = along;
        message.incrementReferenceCount();
    }

    /** @return one that somebody else writes, for several queues at once, and that keeps no count of who uses the message */
    static Add shared(StoredMessages store, long queue, long sequence, Message message) {
        Add add = new Add(store, queue, sequence, message, false, Flags.NONE, null);
        message.decrementReferenceCount();
        add.taken.set(true);
        return add;
    }

    StoredMessages store() {
        return store;
    }

    /** @return whether it is part of a transaction: nobody may see it before it is on the disk */
    boolean isOfTransaction() {
        return ofTransaction;
    }

    long queue() {
        return queue;
    }

    long sequence() {
        return sequence;
    }

    /** @return about how many bytes it will take */
    int size() {
        return size;
    }

    Message message() {
        return message;
    }

    /** @return whether it will not be written; whoever is told so has to call {@link #settled} */
    boolean takeBack() {
        return taken.compareAndSet(false, true);
    }

    /** It does not matter any more. */
    void settled() {
        release();
        safe();
    }

    /**
     * It does not matter any more, but what was to come along with it does.
     *
     * @param other writes that now; {@code null} for nothing
     */
    void settledBy(Operation other) {
        release();
        if (other == null) {
            safe();
        } else {
            settleAs(other);
        }
    }

    /** @return what is written with it, {@code null} for nothing */
    Alongside along() {
        return along;
    }

    /** It failed, and what was to come along with it never held. */
    void undo() {
        if (along != null) {
            along.undo();
        }
    }

    private void release() {
        message.decrementReferenceCount();
        message = null;
    }

    /**
     * Has that written once this is, for it is being written just now. Under the store's lock.
     *
     * @return what was to follow it so far, or {@code null}
     */
    Leaving follow(Leaving next) {
        Leaving before = later;
        later = next;
        return before;
    }

    /** @return what {@link #follow} was given, or {@code null}; under the store's lock */
    Leaving later() {
        return later;
    }

    @Override
    public boolean encode(Batch batch) {
        if (!taken.compareAndSet(false, true)) {
            return false;
        }
        try {
            if (!store.definition().isOf(queue)) {
                // the queue was emptied as a whole since this came, and its name is another's now
                Arrival.lost(store, this);
                settled();
                return false;
            }
            ByteSequence packet = store.marshal(message);
            if (along != null) {
                batch.beginGroup();
            }
            definition = store.definition().write(batch, queue);
            ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength());
            // what its owner says of it later is written after it
            byte now = (byte) (flags | store.marks(queue, sequence));
            offset = batch.add(queue, sequence, message.getExpiration(), now, bytes);
            if (along != null) {
                along.members(batch);
                batch.endGroup();
            }
            encoded = true;
            return true;
        } catch (IOException e) {
            lost(e);
            return false;
        }
    }

    @Override
    public void written(Written where) {
        if (definition >= 0) {
            store.definition().written(queue, where.location(definition));
        }
        Arrival.written(store, this, where.location(offset));
        if (along != null) {
            along.written(where, this);
        }
        release();
    }

    @Override
    public void lost(IOException reason) {
        if (definition >= 0) {
            store.definition().lost(queue);
        }
        if (flags != Flags.NONE && encoded && Arrival.isNeeded(store, this)) {
            // its sender was told that it is safe, since it was done
            if (along != null) {
                along.unwritten();
            }
            definition = -1;
            encoded = false;
            taken.set(false);
            store.stores().commits().retry(this, reason);
            return;
        }
        Arrival.lost(store, this);
        release();
        failed(reason);
    }
}
