package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Cleaning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of an inbox besides its messages. Belongs to its {@link StoredMessages}, under whose lock it is used.
 *
 * <p>What is said of a name holds in memory at once. Records do not come into the journal in that order: who waits is served first, what
 * failed is tried again, and what comes along with a message is not there at all when that fails. So the values of a name are kept in
 * their order for as long as it matters, and none is written after one that is newer.
 */
final class Notes {

    /** What was said of a name. */
    static final class Value {

        /** {@code null} where it is to be forgotten. */
        private final byte[] bytes;

        private Value older;
        /** Whether it does not depend on a message that is not written yet. */
        private boolean sure;
        /** Whether the journal has it, or is about to. */
        private boolean encoded;

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
        }
    }

    private static final class Held {

        private Value newest;
        /** Where the record is that was written last, 0 for nowhere. */
        private long location;
        /** What is going to write it, {@code null} for nothing. */
        private Remember queued;
    }

    private final StoredMessages store;
    private Map<String, Held> held = Map.of();

    Notes(StoredMessages store) {
        this.store = store;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** @return all that is remembered, by name */
    Map<String, byte[]> all() {
        Map<String, byte[]> all = new HashMap<>();
        held.forEach((name, one) -> {
            if (one.newest.bytes != null) {
                all.put(name, one.newest.bytes);
            }
        });
        return all;
    }

    /** From now on that holds, and the journal is told. @return safe when that, or something newer of that name, is on the disk */
    Durability note(Note note, boolean urgent) {
        put(note, true);
        Held one = held.get(note.name());
        if (one.queued == null) {
            one.queued = new Remember(store, note.name(), urgent);
            store.stores().commits().submit(one.queued);
        } else if (urgent && !one.queued.isUrgent()) {
            one.queued.hurry();
            store.stores().commits().submit(one.queued);
        }
        return one.queued;
    }

    /**
     * From now on that holds.
     *
     * @param sure whether it does so whatever becomes of a message
     */
    Value put(Note note, boolean sure) {
        Value value = new Value(note.value(), sure);
        Held one = get(note.name());
        value.older = one.newest;
        one.newest = value;
        prune(one);
        return value;
    }

    private Held get(String name) {
        if (held.isEmpty()) {
            held = new HashMap<>();
        }
        return held.computeIfAbsent(name, key -> new Held());
    }

    /** Whatever is older than one that is sure holds never again, but may still come along with its message. */
    private static void prune(Held one) {
        boolean below = false;
        Value last = null;
        for (Value value = one.newest; value != null; value = value.older) {
            if (below && value.sure) {
                last.older = value.older;
            } else {
                below |= value.sure;
                last = value;
            }
        }
    }

    /** @return what that is to write now; {@code null} when it was written before, for it may have been handed over twice */
    Value begin(String name, Remember by) {
        Held one = held.get(name);
        if (one == null || one.queued != by) {
            return null;
        }
        one.queued = null;
        Value value = one.newest;
        while (!value.sure && !value.encoded) {
            value = value.older;
        }
        value.encoded = true;
        return value;
    }

    /** @return whether that is to be written, with its message: not after something newer, nor when it holds no more */
    boolean begin(String name, Value value) {
        Held one = held.get(name);
        Value newer = one == null ? null : one.newest;
        while (newer != null && newer != value && !newer.encoded) {
            newer = newer.older;
        }
        if (newer != value) {
            return false;
        }
        value.encoded = true;
        return true;
    }

    /** It is in the journal there. */
    void written(String name, Value value, long location) {
        Held one = held.get(name);
        if (one != null) {
            died(one.location);
            one.location = value.bytes == null ? 0 : location;
            if (one.location != 0) {
                store.stores().journal().born(one.location);
            }
            tidy(name, one);
        }
    }

    /**
     * It is not in the journal after all.
     *
     * @param location where it was for a while, or 0
     * @return what is going to write it: that one again, or what was to do so anyway
     */
    Remember lost(String name, Value value, long location, Remember again) {
        value.unwritten();
        Held one = get(name);
        if (one.newest == null) {
            one.newest = value;
        }
        if (location != 0 && one.location == location) {
            store.stores().journal().died(location);
            one.location = 0;
        }
        if (one.queued == null) {
            one.queued = again;
        }
        return one.queued;
    }

    /** It holds now whatever becomes of any message. */
    void sure(String name, Value value) {
        Held one = held.get(name);
        value.sure = true;
        if (one != null) {
            prune(one);
            tidy(name, one);
        }
    }

    /** What came along with a message never held, since that failed. */
    void undo(String name, Value undone) {
        Held one = held.get(name);
        if (one == null) {
            return;
        }
        if (one.newest == undone) {
            one.newest = undone.older;
        }
        for (Value value = one.newest; value != null; value = value.older) {
            if (value.older == undone) {
                value.older = undone.older;
            }
        }
        tidy(name, one);
    }

    /** What is forgotten, and not in the journal any more, takes no memory. */
    private void tidy(String name, Held one) {
        boolean forgotten = one.newest == null
                || one.newest.bytes == null && one.newest.sure && one.newest.encoded && one.newest.older == null;
        if (forgotten && one.queued == null && one.location == 0) {
            held.remove(name);
            if (held.isEmpty()) {
                held = Map.of();
            }
        }
    }

    boolean isAt(String name, long location) {
        Held one = held.get(name);
        return one != null && one.location == location;
    }

    /** The cleaning has copied it. */
    void moved(String name, long from, long to) {
        Held one = held.get(name);
        if (one != null && one.location == from) {
            store.stores().journal().died(from);
            one.location = to;
            store.stores().journal().born(to);
        }
    }

    /** What should be in that file is not there, and is written anew. */
    void lost(Cleaning.Extent file) {
        held.forEach((name, one) -> {
            if (one.location != 0 && file.holds(one.location)) {
                store.stores().journal().died(one.location);
                one.location = 0;
                if (one.queued == null) {
                    one.queued = new Remember(store, name, false);
                    store.stores().commits().submit(one.queued);
                }
            }
        });
    }

    /** It was found in the journal. */
    void found(String name, Recovery.NoteFound found) {
        Value value = new Value(found.value(), true);
        value.encoded = true;
        Held one = get(name);
        one.newest = value;
        one.location = found.location();
        store.stores().journal().born(one.location);
    }

    private void died(long location) {
        if (location != 0) {
            store.stores().journal().died(location);
        }
    }

    /** Nothing is remembered any more; what is being written of it counts no more. */
    void clear() {
        List<Held> all = new ArrayList<>(held.values());
        held = Map.of();
        all.forEach(one -> died(one.location));
    }
}
