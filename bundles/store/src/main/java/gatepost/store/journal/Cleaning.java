package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wins space back: copies what is needed of the oldest file to the end, in small steps between other writes, and deletes it. */
public final class Cleaning {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);
    private static final int STEP_BYTES = 256 << 10;
    /** Nanoseconds after which it is tried again to read or delete a file. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    /** Knows what is needed. Called on the journal's thread. */
    public interface Owner {

        /** @return whether that record of that queue is the one in use */
        boolean isLive(long queue, long sequence, long location);

        /** @return whether that definition of the queue is the one in use */
        boolean isLive(long queue, long location);

        /** @return what is true of that message by now; 0 for nothing, or when there is none */
        default byte flags(long queue, long sequence) {
            return 0;
        }

        /** @return the highest sequence of that queue that is no longer kept, though it was done */
        default long trimmed(long queue) {
            return 0;
        }

        /** @return whether that record is the one in use of what is remembered of that queue by that name */
        default boolean isLive(long queue, String note, long location) {
            return false;
        }

        /** @return whether that message of several queues is needed */
        default boolean isShared(long location) {
            return false;
        }

        /** The copy of a message of several queues is on the disk. */
        default void moved(Members members, long from, long to) {}

        /** The copy is on the disk; what it was copied from may have died since. */
        void moved(long queue, long sequence, long from, long to);

        /** The copy of the definition is on the disk. */
        void moved(long queue, long from, long to);

        /** The copy of what is remembered is on the disk. */
        default void moved(long queue, String note, long from, long to) {}

        /**
         * Forgets the messages that should be in a file and cannot be found there, and has written anew what is remembered by its names.
         *
         * @return the queues whose definitions should be there, to be defined anew
         */
        List<Definition> lost(Extent file);
    }

    /** Which locations are in a file. */
    @FunctionalInterface
    public interface Extent {

        boolean holds(long location);
    }

    /**
     * What a queue is called, and where the journal says so.
     *
     * @param log whether it keeps what is done
     */
    public record Definition(long queue, String name, boolean log, long location) {}

    /** Has all written and synced that was handed over so far. */
    interface Barrier {

        void pass() throws IOException;
    }

    /** The old file cannot be read or deleted: no reason to take nothing any more, nor to begin a new file each time. */
    private static final class PutOff extends IOException {

        private static final long serialVersionUID = 1;

        PutOff(IOException cause) {
            super(cause);
        }
    }

    /** @param moved tells its owner from where it went where */
    private record Copy(long from, int offset, Moved moved) {}

    @FunctionalInterface
    private interface Moved {

        void to(long from, long to);
    }

    private final Journal journal;
    private final Owner owner;
    private final LongSupplier clock;
    private Segment segment;
    private int position;
    private boolean putOff;
    private long nextTry;

    /** @param clock nanoseconds */
    Cleaning(Journal journal, Owner owner, LongSupplier clock) {
        this.journal = journal;
        this.owner = owner;
        this.clock = clock;
    }

    /** @return whether there was anything to do */
    boolean step(Batch batch, Barrier barrier) throws IOException {
        Segment wasteful = journal.wasteful();
        if (wasteful == null || putOff && nextTry - clock.getAsLong() > 0) {
            return false;
        }
        try {
            step(wasteful, batch, barrier);
            return true;
        } catch (PutOff e) {
            if (!putOff) {
                LOG.error(
                        "no space can be won back from {}; it is tried again every {} seconds",
                        segment.file(),
                        TimeUnit.NANOSECONDS.toSeconds(PAUSE),
                        e.getCause());
            }
            putOff = true;
            nextTry = clock.getAsLong() + PAUSE;
            return false;
        }
    }

    private void step(Segment wasteful, Batch batch, Barrier barrier) throws IOException {
        if (wasteful != segment) {
            segment = wasteful;
            position = Segment.HEAD;
        }
        if (segment.live() > 0 && position < segment.end()) {
            // what is not written for a failure is looked for again
            position = copy(batch);
            return;
        }
        if (segment.live() > 0) {
            giveUpLost(batch);
        }
        // what says that the rest is not needed must be on the disk before it goes
        barrier.pass();
        drop();
    }

    private void drop() throws PutOff {
        try {
            journal.drop(segment);
        } catch (IOException e) {
            throw new PutOff(e);
        }
        segment = null;
        putOff = false;
    }

    private ByteBuffer read(int offset, int length) throws PutOff {
        try {
            return segment.read(offset, length);
        } catch (IOException e) {
            throw new PutOff(e);
        }
    }

    /** Only damage can bring this about. Were the file kept, nothing would ever be won back again. */
    private void giveUpLost(Batch batch) throws IOException {
        LOG.error("{} of the records in {} are needed and damaged: they are lost", segment.live(), segment.file());
        segment.damaged();
        int number = segment.id() & Location.SEGMENTS - 1;
        List<Copy> copies = new ArrayList<>();
        batch.clear();
        for (Definition definition : owner.lost(location -> Location.segment(location) == number)) {
            int offset = define(batch, definition.queue(), definition.name(), definition.log());
            copies.add(
                    new Copy(definition.location(), offset, (from, to) -> owner.moved(definition.queue(), from, to)));
        }
        write(batch, copies);
    }

    /** @return where the next step begins */
    private int copy(Batch batch) throws IOException {
        batch.clear();
        List<Copy> copies = new ArrayList<>();
        ByteBuffer chunk = read(position, Math.min(STEP_BYTES, segment.end() - position));
        int at = position;
        while (position + chunk.limit() - at > Batch.HEADER) {
            ByteBuffer bytes = chunk.duplicate().position(at - position);
            int size = Batch.HEADER + bytes.getInt(bytes.position());
            if (bytes.get(bytes.position() + Batch.HEADER) == Batch.GROUP) {
                // the members are records of their own
                at = Location.align(at + Batch.HEADER + 1);
                continue;
            }
            if (size > bytes.remaining() && size <= segment.end() - at) {
                if (at > position) {
                    break;
                }
                bytes = read(at, size);
            }
            at = copyIfLive(batch, copies, at, bytes);
        }
        int next = at > position ? at : segment.end();
        write(batch, copies);
        return next < segment.end() - Batch.HEADER ? next : segment.end();
    }

    private void write(Batch batch, List<Copy> copies) throws IOException {
        if (copies.isEmpty()) {
            return;
        }
        int start = journal.append(batch);
        journal.copied(batch.size());
        journal.force();
        for (Copy copy : copies) {
            long to = journal.location(batch, start, copy.offset());
            copy.moved().to(copy.from(), to);
        }
    }

    /** @param next where its members should be; when they are damaged, it is lost to them */
    private void copyShared(Batch batch, List<Copy> copies, Record record, long from, int next) throws PutOff {
        ByteBuffer head = read(next, Batch.HEADER);
        int size = head.remaining() < Batch.HEADER ? 0 : Batch.HEADER + head.getInt(0);
        Record found = size <= Batch.HEADER || size > segment.end() - next
                ? null
                : Record.at(read(next, size), segment.salt());
        if (found == null || found.type() != Batch.MEMBERS) {
            return;
        }
        Members needed = new Members(found.members().base());
        found.members().forEach((queue, sequence, flags) -> {
            if (owner.isLive(queue, sequence, from)) {
                needed.add(queue, sequence, owner.flags(queue, sequence));
            }
        });
        batch.beginGroup();
        int offset = batch.shared(record.expiration(), record.message(), needed);
        batch.endGroup();
        copies.add(new Copy(from, offset, (old, to) -> owner.moved(needed, old, to)));
    }

    /** @return where the next record may begin */
    private int copyIfLive(Batch batch, List<Copy> copies, int at, ByteBuffer bytes) throws PutOff {
        Record record = Record.at(bytes, segment.salt());
        if (record == null) {
            // between records, or damaged: then its length says nothing
            return at + Location.ALIGNMENT;
        }
        int size = Record.size(bytes);
        long from = Location.of(segment.id(), at, size);
        switch (record.type()) {
            case Batch.ADD, Batch.LOGGED -> {
                long queue = record.queue();
                long sequence = record.sequence();
                if (owner.isLive(queue, sequence, from)) {
                    // what became true of it after that is written after the copy
                    byte flags = owner.flags(queue, sequence);
                    int offset = batch.add(queue, sequence, record.expiration(), flags, record.message());
                    copies.add(new Copy(from, offset, (old, to) -> owner.moved(queue, sequence, old, to)));
                }
            }
            case Batch.SHARED -> {
                if (owner.isShared(from)) {
                    copyShared(batch, copies, record, from, Location.align(at + size));
                }
            }
            case Batch.QUEUE, Batch.LOG -> {
                long queue = record.queue();
                if (owner.isLive(queue, from)) {
                    int offset = define(batch, queue, record.name(), record.type() == Batch.LOG);
                    copies.add(new Copy(from, offset, (old, to) -> owner.moved(queue, old, to)));
                }
            }
            case Batch.NOTE -> {
                long queue = record.queue();
                // what says that one is forgotten is not needed here: all that it takes back is older, in this file
                // or in one that went before it, and a copy of that was made before it or not at all
                String name = record.noteName();
                if (record.noteValue() != null && owner.isLive(queue, name, from)) {
                    int offset = batch.note(queue, name, record.noteValue());
                    copies.add(new Copy(from, offset, (old, to) -> owner.moved(queue, name, old, to)));
                }
            }
            default -> {
                // it speaks of something older, or of its own file
            }
        }
        return Location.align(at + size);
    }

    private int define(Batch batch, long queue, String name, boolean log) {
        return log ? batch.log(queue, owner.trimmed(queue), name) : batch.queue(queue, name);
    }
}
