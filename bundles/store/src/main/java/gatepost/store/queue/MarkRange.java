package gatepost.store.queue;

import gatepost.store.journal.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The record of what the owner of an inbox has said of messages from one to another.
 *
 * <p>Records do not come into the journal in the order in which they were asked for: who waits is served first, and what failed is tried
 * again. So this one says what is true when it is encoded, and whatever became true after that is encoded after it.
 */
final class MarkRange extends Lasting {

    private final StoredMessages store;
    private final long queue;
    private final long from;
    private final long upTo;
    private final byte flag;
    private final boolean on;
    private final boolean urgent;

    /** @param on whether the flag was set, of all from one to the other that could have it, or cleared */
    MarkRange(StoredMessages store, long from, long upTo, byte flag, boolean on, boolean urgent) {
        super(store.stores().commits());
        this.store = store;
        this.queue = store.definition().number();
        this.from = from;
        this.upTo = upTo;
        this.flag = flag;
        this.on = on;
        this.urgent = urgent;
    }

    @Override
    public boolean encode(Batch batch) {
        synchronized (store) {
            List<Long> others = others();
            if (others.isEmpty()) {
                write(batch, from, upTo, on);
            } else {
                // a crash must not leave the one without the others
                batch.beginGroup();
                write(batch, from, upTo, on);
                others.forEach(offset -> write(batch, offset, offset, !on));
                batch.endGroup();
            }
        }
        return true;
    }

    /** @return what came to be there meanwhile, was not seen yet, or was said to be otherwise since */
    private List<Long> others() {
        List<Long> others = new ArrayList<>();
        if (store.definition().isOf(queue)) {
            Contents contents = store.contents();
            LongConsumer look = offset -> {
                if ((contents.storedFlags(offset) & flag) != 0 != on) {
                    others.add(offset);
                }
            };
            contents.forRange(from, upTo, look);
            // it is there again when what is to come in its place fails
            contents.replaced().forEach(offset -> {
                if (offset >= from && offset <= upTo) {
                    look.accept(offset);
                }
            });
        }
        return others;
    }

    private void write(Batch batch, long first, long last, boolean set) {
        batch.marks(queue, first, last, set ? flag : Flags.NONE, set ? Flags.NONE : flag);
    }

    @Override
    public boolean isUrgent() {
        return urgent;
    }
}
