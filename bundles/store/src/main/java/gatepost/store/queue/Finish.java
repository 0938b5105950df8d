package gatepost.store.queue;

import gatepost.store.journal.Batch;

/**
 * The record that a message is done that is in the journal, or will be before this. It says what is true of it when it is encoded: its
 * owner may have said something of it since, and that record may have come before this.
 */
final class Finish extends Lasting {

    private final StoredMessages store;
    private final long queue;
    private final long sequence;
    private final byte flags;
    private final boolean urgent;

    /** @param urgent whether the consumer asked for a receipt of its acknowledgement */
    Finish(StoredMessages store, long sequence, byte flags, boolean urgent) {
        super(store.stores().commits());
        this.store = store;
        this.queue = store.definition().number();
        this.sequence = sequence;
        this.flags = flags;
        this.urgent = urgent;
    }

    @Override
    public boolean encode(Batch batch) {
        batch.flags(queue, sequence, (byte) (flags | store.marks(queue, sequence)));
        return true;
    }

    @Override
    public boolean isUrgent() {
        return urgent;
    }
}
