package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Cleaning;
import gatepost.store.queue.HeldNote.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of an inbox besides its messages. Belongs to its {@link StoredMessages}, under whose lock it is used.
 *
 * <p>What is said of a name holds in memory at once. Records do not come into the journal in that order: who waits is served first, what
 * failed is tried again, and what comes along with a message is not there at all when that fails. While something of a name is under way
 * it is a {@link HeldNote}; what is on the disk for good is packed.
 */
final class Notes {

    private final StoredMessages store;
    private Map<String, HeldNote> held = Map.of();
    private byte[] packed = PackedNotes.NONE;

    Notes(StoredMessages store) {
        this.store = store;
    }

    /** @return what was found in the journal, {@code null} for nothing */
    static Notes found(StoredMessages store, FoundQueue found) {
        if (!found.hasNotes()) {
            return null;
        }
        Notes notes = new Notes(store);
        notes.packed = found.packedNotes();
        PackedNotes.forEach(notes.packed, at -> store.stores().journal().born(PackedNotes.location(notes.packed, at)));
        found.notes().forEach((name, note) -> {
            store.stores().journal().born(note.location());
            notes.tidy(name, notes.hold(name, HeldNote.found(note.value(), note.location())));
        });
        return notes;
    }

    boolean isEmpty() {
        return held.isEmpty() && packed.length == 0;
    }

    /** @return whether nothing else is remembered than what has this name, and maybe not even that */
    boolean areOnly(String name) {
        int others = held.containsKey(name) ? held.size() - 1 : held.size();
        return others == 0 && PackedNotes.areOnly(packed, name);
    }

    /** @return of how many something is under way, or for how many there is no room where others are packed */
    int unpacked() {
        return held.size();
    }

    /** @return all that is remembered, by name */
    Map<String, byte[]> all() {
        Map<String, byte[]> all = new HashMap<>();
        PackedNotes.forEach(packed, at -> all.put(PackedNotes.name(packed, at), PackedNotes.value(packed, at)));
        held.forEach((name, one) -> {
            if (one.bytes() != null) {
                all.put(name, one.bytes());
            }
        });
        return all;
    }

    /** @return what is remembered by that name, {@code null} for nothing */
    byte[] get(String name) {
        HeldNote one = held.get(name);
        return one == null ? packed(name) : one.bytes();
    }

    /** @return what is remembered by that name whatever becomes of a message that is not written yet, {@code null} for nothing */
    byte[] sure(String name) {
        HeldNote one = held.get(name);
        return one == null ? packed(name) : one.sure();
    }

    /** @return as {@link #sure}, of all names that begin so */
    Map<String, byte[]> allSure(String prefix) {
        Map<String, byte[]> all = new HashMap<>();
        PackedNotes.forEach(packed, at -> {
            String name = PackedNotes.name(packed, at);
            if (name.startsWith(prefix)) {
                all.put(name, PackedNotes.value(packed, at));
            }
        });
        held.forEach((name, one) -> {
            if (name.startsWith(prefix) && one.sure() != null) {
                all.put(name, one.sure());
            }
        });
        return all;
    }

    private byte[] packed(String name) {
        int at = PackedNotes.find(packed, name);
        return at < 0 ? null : PackedNotes.value(packed, at);
    }

    /** From now on that holds, and the journal is told. @return safe when that, or something newer of that name, is on the disk */
    Durability note(Note note, boolean urgent) {
        put(note, true);
        HeldNote one = held.get(note.name());
        Remember queued = one.queued();
        if (queued == null) {
            queued = new Remember(store, note.name(), urgent);
            one.queued(queued);
            store.stores().commits().submit(queued);
        } else if (urgent && !queued.isUrgent()) {
            queued.hurry();
            store.stores().commits().submit(queued);
        }
        return queued;
    }

    /**
     * From now on that holds.
     *
     * @param sure whether it does so whatever becomes of a message
     */
    Value put(Note note, boolean sure) {
        return hold(note.name()).put(note.value(), sure);
    }

    private HeldNote hold(String name) {
        HeldNote one = find(name);
        return one == null ? hold(name, new HeldNote()) : one;
    }

    private HeldNote hold(String name, HeldNote one) {
        if (held.isEmpty()) {
            held = new HashMap<>(2);
        }
        held.put(name, one);
        return one;
    }

    /** Unpacks it where it is packed. @return {@code null} for nothing */
    private HeldNote find(String name) {
        int at = PackedNotes.find(packed, name);
        if (at < 0) {
            return held.get(name);
        }
        HeldNote one = HeldNote.found(PackedNotes.value(packed, at), PackedNotes.location(packed, at));
        packed = PackedNotes.without(packed, at);
        return hold(name, one);
    }

    /** @return what that is to write now; {@code null} when it was written before, for it may have been handed over twice */
    Value begin(String name, Remember by) {
        HeldNote one = held.get(name);
        return one == null || one.queued() != by ? null : one.begin();
    }

    /** @return whether that is to be written, with its message: not after something newer, nor when it holds no more */
    boolean begin(String name, Value value) {
        HeldNote one = held.get(name);
        return one != null && one.begin(value);
    }

    /** It is in the journal there. */
    void written(String name, Value value, long location) {
        HeldNote one = find(name);
        if (one != null) {
            died(one.location());
            one.location(value.bytes() == null ? 0 : location);
            if (one.location() != 0) {
                store.stores().journal().born(one.location());
            }
            tidy(name, one);
        }
    }

    /** What was written is on the disk, and cannot be lost any more. */
    void safe(String name, Value value) {
        HeldNote.safe(value);
        HeldNote one = held.get(name);
        if (one != null) {
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
        HeldNote one = hold(name);
        one.lost(value);
        if (location != 0 && one.location() == location) {
            store.stores().journal().died(location);
            one.location(0);
        }
        if (one.queued() == null) {
            one.queued(again);
        }
        return one.queued();
    }

    /** It holds now whatever becomes of any message. */
    void sure(String name, Value value) {
        HeldNote one = held.get(name);
        if (one != null) {
            one.sure(value);
            tidy(name, one);
        }
    }

    /** What came along with a message never held, since that failed. */
    void undo(String name, Value undone) {
        HeldNote one = held.get(name);
        if (one != null) {
            one.undo(undone);
            tidy(name, one);
        }
    }

    /** What is forgotten, and not in the journal any more, takes no memory, and what is there to stay takes little. */
    private void tidy(String name, HeldNote one) {
        boolean packs = one.isSettled() && PackedNotes.fits(packed, name, one.bytes());
        if (packs) {
            packed = PackedNotes.with(packed, name, one.bytes(), one.location());
        }
        if (packs || one.isForgotten()) {
            held.remove(name);
            if (held.isEmpty()) {
                held = Map.of();
            }
        }
    }

    boolean isAt(String name, long location) {
        HeldNote one = held.get(name);
        if (one != null) {
            return one.location() == location;
        }
        int at = PackedNotes.find(packed, name);
        return at >= 0 && PackedNotes.location(packed, at) == location;
    }

    /** The cleaning has copied it. */
    void moved(String name, long from, long to) {
        if (!isAt(name, from)) {
            return;
        }
        store.stores().journal().died(from);
        int at = PackedNotes.find(packed, name);
        if (at >= 0) {
            PackedNotes.move(packed, at, to);
        } else {
            held.get(name).location(to);
        }
        store.stores().journal().born(to);
    }

    /** What should be in that file is not there, and is written anew. */
    void lost(Cleaning.Extent file) {
        byte[] before = packed;
        PackedNotes.forEach(before, at -> {
            if (file.holds(PackedNotes.location(before, at))) {
                find(PackedNotes.name(before, at));
            }
        });
        held.forEach((name, one) -> {
            if (one.location() != 0 && file.holds(one.location())) {
                store.stores().journal().died(one.location());
                one.location(0);
                if (one.queued() == null) {
                    one.queued(new Remember(store, name, false));
                    store.stores().commits().submit(one.queued());
                }
            }
        });
    }

    private void died(long location) {
        if (location != 0) {
            store.stores().journal().died(location);
        }
    }

    /** Nothing is remembered any more; what is being written of it counts no more. */
    void clear() {
        List<HeldNote> all = new ArrayList<>(held.values());
        byte[] settled = packed;
        held = Map.of();
        packed = PackedNotes.NONE;
        all.forEach(one -> died(one.location()));
        PackedNotes.forEach(settled, at -> died(PackedNotes.location(settled, at)));
    }
}
