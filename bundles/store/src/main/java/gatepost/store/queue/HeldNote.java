package gatepost.store.queue;

/**
 * What is said of one name of a note while something of it is under way: its values in their order for as long as it matters, and none is
 * written after one that is newer. Used as {@link Notes} are.
 */
final class HeldNote {

    /** What was said of a name. */
    static final class Value {

        /** {@code null} where it is to be forgotten. */
        private final byte[] bytes;

        private Value older;
        /** Whether it does not depend on a message that is not written yet. */
        private boolean sure;
        /** Whether the journal has it, or is about to. */
        private boolean encoded;
        /** Whether the journal has it for good. */
        private boolean safe;

        private Value(byte[] bytes, boolean sure) {
            this.bytes = bytes;
            this.sure = sure;
        }

        byte[] bytes() {
            return bytes;
        }

        /** It is not in the journal after all. */
        void unwritten() {
            encoded = false;
            safe = false;
        }
    }

    private Value newest;
    /** Where the record is that was written last, 0 for nowhere. */
    private long location;
    /** What is going to write it, {@code null} for nothing. */
    private Remember queued;

    /** @return one that is in the journal for good, and is nothing else */
    static HeldNote found(byte[] bytes, long location) {
        HeldNote found = new HeldNote();
        found.newest = new Value(bytes, true);
        found.newest.encoded = true;
        found.newest.safe = true;
        found.location = location;
        return found;
    }

    /** @return what holds now, {@code null} for nothing */
    byte[] bytes() {
        return newest == null ? null : newest.bytes;
    }

    /** @return what holds whatever becomes of a message that is not written yet, {@code null} for nothing */
    byte[] sure() {
        Value value = newest;
        while (value != null && !value.sure) {
            value = value.older;
        }
        return value == null ? null : value.bytes;
    }

    long location() {
        return location;
    }

    void location(long where) {
        location = where;
    }

    Remember queued() {
        return queued;
    }

    void queued(Remember next) {
        queued = next;
    }

    Value put(byte[] bytes, boolean sure) {
        Value value = new Value(bytes, sure);
        value.older = newest;
        newest = value;
        prune();
        return value;
    }

    /** Whatever is older than one that is sure holds never again, but may still come along with its message. */
    private void prune() {
        boolean below = false;
        Value last = null;
        for (Value value = newest; value != null; value = value.older) {
            if (below && value.sure) {
                last.older = value.older;
            } else {
                below |= value.sure;
                last = value;
            }
        }
    }

    /** @return what is to be written now */
    Value begin() {
        queued = null;
        Value value = newest;
        while (!value.sure && !value.encoded) {
            value = value.older;
        }
        value.encoded = true;
        return value;
    }

    /** @return whether that is to be written, with its message: not after something newer, nor when it holds no more */
    boolean begin(Value value) {
        Value newer = newest;
        while (newer != null && newer != value && !newer.encoded) {
            newer = newer.older;
        }
        if (newer != value) {
            return false;
        }
        value.encoded = true;
        return true;
    }

    /** What was written is on the disk, and cannot be lost any more. */
    static void safe(Value value) {
        value.safe = value.encoded;
    }

    /** It holds now whatever becomes of any message. */
    void sure(Value value) {
        value.sure = true;
        prune();
    }

    /** It is not in the journal after all. */
    void lost(Value value) {
        if (newest == null) {
            newest = value;
        }
    }

    /** What came along with a message never held, since that failed. */
    void undo(Value undone) {
        if (newest == undone) {
            newest = undone.older;
        }
        for (Value value = newest; value != null; value = value.older) {
            if (value.older == undone) {
                value.older = undone.older;
            }
        }
    }

    /** @return whether nothing is remembered, nor in the journal */
    boolean isForgotten() {
        boolean nothing =
                newest == null || newest.bytes == null && newest.sure && newest.encoded && newest.older == null;
        return nothing && queued == null && location == 0;
    }

    /** @return whether it is as {@link #found}: in the journal for good, and nothing under way */
    boolean isSettled() {
        return queued == null
                && location != 0
                && newest != null
                && newest.bytes != null
                && newest.safe
                && newest.sure
                && newest.older == null;
    }
}
