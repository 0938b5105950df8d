package gatepost.store.queue;

import gatepost.store.quota.Charges;
import java.util.HashMap;
import java.util.Map;

/** A queue as it was found in the journal. */
final class FoundQueue {

    /** What is remembered of a queue. */
    record NoteFound(byte[] value, long location) {}

    private final long id;
    private final Charges senders;
    private Contents contents;
    private String name;
    private long definition;
    private boolean log;
    private long trimmed;
    private byte[] packed = PackedNotes.NONE;
    private Map<String, NoteFound> notes = Map.of();

    FoundQueue(long id, Charges senders) {
        this.id = id;
        this.senders = senders;
    }

    void define(String called, long where, boolean asLog) {
        name = called;
        definition = where;
        log = asLog;
    }

    void trim(long sequence) {
        trimmed = Math.max(trimmed, sequence);
    }

    /** What it is called is lost. */
    void name(String instead) {
        name = instead;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    Contents contents() {
        if (contents == null) {
            // what it is called may be found later, when something was lost
            contents = new Contents(name == null ? "queue " + id : name, senders);
        }
        return contents;
    }

    void note(String key, byte[] value, long location) {
        forget(key);
        if (PackedNotes.fits(packed, key, value)) {
            packed = PackedNotes.with(packed, key, value, location);
            return;
        }
        if (notes.isEmpty()) {
            notes = new HashMap<>();
        }
        notes.put(key, new NoteFound(value, location));
    }

    void forget(String key) {
        int at = PackedNotes.find(packed, key);
        if (at >= 0) {
            packed = PackedNotes.without(packed, at);
        } else if (!notes.isEmpty()) {
            notes.remove(key);
        }
    }

    /** @return whether it is an inbox, or was one when it was written last */
    boolean isLog() {
        return log;
    }

    /** @return the highest sequence that is not kept any more though it was done, 0 for none */
    long trimmed() {
        return trimmed;
    }

    boolean hasNotes() {
        return packed.length > 0 || !notes.isEmpty();
    }

    /** @return what is remembered of it, as far as there is room for it there */
    byte[] packedNotes() {
        return packed;
    }

    /** @return what else is remembered of it, by name */
    Map<String, NoteFound> notes() {
        return notes;
    }

    /** @return where the record is that names it, 0 for nowhere */
    long definition() {
        return definition;
    }
}
