package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written with a message, in one group: notes, and the removal of the message in whose place it comes. It holds in memory at once.
 *
 * <p>It belongs to whatever writes the message. When nobody needs the message any more before that, it is written by itself, and tried
 * again until it is. When the message fails, all is as it was before: a note that was said since stays, and the message that was to be
 * replaced is there again. Until then the journal keeps that one, which nobody sees.
 */
final class Alongside extends Lasting {

    private static final class Part {

        private final String name;
        private final HeldNote.Value value;
        /** Whether it holds whatever becomes of the message. */
        private boolean sure;

        private boolean encoded;
        private int offset;

        private Part(String name, HeldNote.Value value, boolean sure) {
            this.name = name;
            this.value = value;
            this.sure = sure;
        }
    }

    private final StoredMessages store;
    private final long queue;
    private final List<Part> parts = new ArrayList<>();
    private long replaced;
    private int definition = -1;

    private Alongside(StoredMessages store, List<Note> notes, long replaced, boolean sure) {
        super(store.stores().commits());
        this.store = store;
        this.queue = store.definition().number();
        this.replaced = replaced;
        add(notes, sure);
    }

    private void add(List<Note> notes, boolean sure) {
        notes.forEach(note -> parts.add(new Part(note.name(), store.notes().put(note, sure), sure)));
    }

    /** Under the store's lock. @return what is to be written with a message, {@code null} for nothing */
    static Alongside of(StoredMessages store, Along along) {
        long replaces = Departure.replace(store, along.replaces()) ? along.replaces() : 0;
        return replaces == 0 && along.notes().isEmpty() ? null : new Alongside(store, along.notes(), replaces, false);
    }

    /**
     * Under the store's lock.
     *
     * @return notes that hold at once, and are written as one record, which names the queue, too; or with what becomes of a message
     */
    static Alongside of(StoredMessages store, List<Note> notes) {
        return new Alongside(store, notes, 0, true);
    }

    /** As {@link #of(StoredMessages, List)}, of what is written by a transaction, and does not hold before that. */
    static Alongside pending(StoredMessages store, List<Note> notes) {
        return new Alongside(store, notes, 0, false);
    }

    /**
     * Under the store's lock.
     *
     * @param earlier what is written with a message already, {@code null} for nothing
     * @param notes what hold at once, and whatever becomes of the message
     * @return what is written with it then, {@code null} for nothing
     */
    static Alongside joined(StoredMessages store, Alongside earlier, List<Note> notes) {
        if (notes.isEmpty()) {
            return earlier;
        }
        if (earlier == null) {
            return of(store, notes);
        }
        earlier.add(notes, true);
        return earlier;
    }

    /** Writes what that one was to write, which holds already. Under the store's lock. */
    void and(Alongside other) {
        parts.addAll(other.parts);
    }

    /** It holds whatever becomes of the message. Under the store's lock. */
    void sure() {
        for (Part part : parts) {
            part.sure = true;
            store.notes().sure(part.name, part.value);
        }
    }

    /** Writes it by itself. */
    @Override
    public boolean encode(Batch batch) {
        synchronized (store) {
            if (!store.definition().isOf(queue)) {
                safe();
                return false;
            }
            batch.beginGroup();
            definition = store.definition().write(batch, queue);
            members(batch);
            batch.endGroup();
            return true;
        }
    }

    /** Writes it into a group. */
    void members(Batch batch) {
        synchronized (store) {
            for (Part part : parts) {
                part.encoded = store.notes().begin(part.name, part.value);
                if (part.encoded) {
                    part.offset = batch.note(queue, part.name, Remember.bytes(part.value));
                }
            }
            if (replaced != 0) {
                batch.remove(queue, replaced);
            }
        }
    }

    /** Written by itself. */
    @Override
    public void written(Written where) {
        written(where, this);
    }

    /** @param by what wrote it, and is safe once that is on the disk */
    void written(Written where, Durability by) {
        synchronized (store) {
            if (definition >= 0) {
                store.definition().written(queue, where.location(definition));
            }
            if (!store.definition().isOf(queue)) {
                return;
            }
            for (Part part : parts) {
                if (part.encoded) {
                    store.notes().written(part.name, part.value, where.location(part.offset));
                }
            }
            sure();
            store.died(store.contents().replaced().remove(replaced));
        }
        if (!parts.isEmpty()) {
            by.whenSettled(() -> settled(by));
        }
    }

    private void settled(Durability by) {
        synchronized (store) {
            if (by.isSafe() && store.definition().isOf(queue)) {
                parts.stream()
                        .filter(part -> part.encoded)
                        .forEach(part -> store.notes().safe(part.name, part.value));
            }
        }
    }

    /** It is not in the journal, and is going to be written again. */
    void unwritten() {
        parts.stream().filter(part -> part.encoded).forEach(part -> part.value.unwritten());
    }

    /** The message failed: nothing of it ever held, but for what does so whatever becomes of it. Under the store's lock. */
    void undo() {
        if (!store.definition().isOf(queue)) {
            return;
        }
        for (Part part : parts) {
            if (!part.sure) {
                store.notes().undo(part.name, part.value);
            }
        }
        store.contents().back(replaced);
        parts.removeIf(part -> !part.sure);
        replaced = 0;
        if (!parts.isEmpty()) {
            store.stores().commits().submit(this);
        }
    }

    @Override
    public void lost(IOException reason) {
        synchronized (store) {
            if (definition >= 0) {
                store.definition().lost(queue);
                definition = -1;
            }
            unwritten();
        }
        super.lost(reason);
    }
}
