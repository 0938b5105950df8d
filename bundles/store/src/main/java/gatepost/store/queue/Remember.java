package gatepost.store.queue;

import gatepost.store.journal.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The record of what is remembered by one name: of what that is when it is encoded. */
final class Remember extends Lasting {

    private final StoredMessages store;
    private final long queue;
    private final String name;
    private volatile boolean urgent;
    private HeldNote.Value value;
    private int definition = -1;
    private int offset;
    private long location;

    Remember(StoredMessages store, String name, boolean urgent) {
        super(store.stores().commits());
        this.store = store;
        this.queue = store.definition().number();
        this.name = name;
        this.urgent = urgent;
    }

    /** From now on somebody waits for it. */
    void hurry() {
        urgent = true;
    }

    @Override
    public boolean isUrgent() {
        return urgent;
    }

    @Override
    public boolean encode(Batch batch) {
        synchronized (store) {
            if (!store.definition().isOf(queue)) {
                // the queue was emptied as a whole since, and is another's number now
                safe();
                return false;
            }
            HeldNote.Value next = store.notes().begin(name, this);
            if (next == null) {
                return false;
            }
            value = next;
            definition = store.definition().write(batch, queue);
            offset = batch.note(queue, name, bytes(value));
            return true;
        }
    }

    /** @return what a record of it holds, {@code null} when it says that it is forgotten */
    static ByteBuffer bytes(HeldNote.Value value) {
        return value.bytes() == null ? null : ByteBuffer.wrap(value.bytes());
    }

    @Override
    public void written(Written where) {
        synchronized (store) {
            if (definition >= 0) {
                store.definition().written(queue, where.location(definition));
            }
            if (store.definition().isOf(queue)) {
                location = where.location(offset);
                store.notes().written(name, value, location);
                HeldNote.Value now = value;
                whenSettled(() -> settled(now));
            }
        }
    }

    private void settled(HeldNote.Value was) {
        synchronized (store) {
            if (isSafe() && store.definition().isOf(queue)) {
                store.notes().safe(name, was);
            }
        }
    }

    @Override
    public void lost(IOException reason) {
        Remember next = this;
        synchronized (store) {
            if (definition >= 0) {
                store.definition().lost(queue);
                definition = -1;
            }
            if (value != null && store.definition().isOf(queue)) {
                next = store.notes().lost(name, value, location, this);
                location = 0;
            }
        }
        if (next == this) {
            super.lost(reason);
        } else {
            settleAs(next);
        }
    }
}
