package gatepost.store.queue;

import gatepost.store.journal.Batch;

/**
 * The record that a message is done that is in the journal, or will be before this. It says what is true of it when it is encoded: its
 * owner may have said something of it since, and that record may have come before this.
 */
final class Finish extends Leaving {

    private final StoredMessages store;
    private final long queue;
    private final long sequence;
    private final byte flags;

    /**
     * @param urgent whether the consumer asked for a receipt of its acknowledgement
     * @param along what is written with it, {@code null} for nothing
     */
    Finish(StoredMessages store, long sequence, byte flags, boolean urgent, Alongside along) {
        super(store.stores().commits(), urgent, along);
        this.store = store;
        this.queue = store.definition().number();
        this.sequence = sequence;
        this.flags = flags;
    }

    @Override
    void write(Batch batch) {
        batch.flags(queue, sequence, (byte) (flags | store.marks(queue, sequence)));
    }
}
