package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wins space back: copies what is needed of the oldest file to the end, in small steps between other writes, and deletes it. */
public final class Cleaning {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);
    private static final int STEP_BYTES = 256 << 10;

    /** Knows what is needed. Called on the journal's thread. */
    public interface Owner {

        /** @return whether that record of that queue is the one in use */
        boolean isLive(long queue, long sequence, long location);

        /** @return whether that definition of the queue is the one in use */
        boolean isLive(long queue, long location);

        /** The copy is on the disk; what it was copied from may have died since. */
        void moved(long queue, long sequence, long from, long to);

        /** The copy of the definition is on the disk. */
        void moved(long queue, long from, long to);
    }

    private record Copy(byte type, long queue, long sequence, long from, int offset) {
    }

    private final Journal journal;
    private final Owner owner;
    private Segment segment;
    private Segment stuck;
    private int position;

    Cleaning(Journal journal, Owner owner) {
        this.journal = journal;
        this.owner = owner;
    }

    /** @return whether there was anything to do */
    boolean step(Batch batch) throws IOException {
        Segment wasteful = journal.wasteful();
        if (wasteful == null || wasteful == stuck && stuck.live() > 0) {
            return false;
        }
        if (wasteful != segment) {
            segment = wasteful;
            position = Segment.HEAD;
        }
        if (segment.live() > 0 && position < segment.end()) {
            position = copy(batch);
            return true;
        }
        if (segment.live() > 0) {
            // only damage can bring this about: what is needed was not found where it should be
            LOG.error("{} is kept: {} of its records are needed and cannot be found", segment.file(), segment.live());
            stuck = segment;
            return false;
        }
        journal.drop(segment);
        segment = null;
        return true;
    }

    /** @return where the next step begins */
    private int copy(Batch batch) throws IOException {
        batch.clear();
        List<Copy> copies = new ArrayList<>();
        int limit = Math.min(segment.end(), position + STEP_BYTES);
        int at = position;
        while (at < limit) {
            ByteBuffer head = segment.read(at, Batch.HEADER + 1);
            int size = Batch.HEADER + head.getInt(0);
            if (head.remaining() <= Batch.HEADER || size <= Batch.HEADER || size > segment.end() - at) {
                at += Location.ALIGNMENT;
            } else if (head.get(Batch.HEADER) == Batch.GROUP) {
                // the members are records of their own
                at = Location.align(at + Batch.HEADER + 1);
            } else {
                copyIfLive(batch, copies, at, segment.read(at, size));
                at = Location.align(at + size);
            }
        }
        if (!copies.isEmpty()) {
            write(batch, copies);
        }
        return at;
    }

    private void write(Batch batch, List<Copy> copies) throws IOException {
        int start = journal.append(batch);
        journal.force();
        for (Copy copy : copies) {
            long to = journal.location(batch, start, copy.offset());
            if (copy.type() == Batch.QUEUE) {
                owner.moved(copy.queue(), copy.from(), to);
            } else {
                owner.moved(copy.queue(), copy.sequence(), copy.from(), to);
            }
        }
    }

    private void copyIfLive(Batch batch, List<Copy> copies, int at, ByteBuffer bytes) {
        Record record = Record.at(bytes, segment.salt());
        if (record == null) {
            return;
        }
        long from = Location.of(segment.id(), at, bytes.remaining());
        if (record.type() == Batch.ADD && owner.isLive(record.queue(), record.sequence(), from)) {
            int offset = batch.add(record.queue(), record.sequence(), record.expiration(), record.message());
            copies.add(new Copy(Batch.ADD, record.queue(), record.sequence(), from, offset));
        } else if (record.type() == Batch.QUEUE && owner.isLive(record.queue(), from)) {
            int offset = batch.queue(record.queue(), record.name());
            copies.add(new Copy(Batch.QUEUE, record.queue(), 0, from, offset));
        }
    }
}
