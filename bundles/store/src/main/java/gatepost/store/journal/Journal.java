package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log of records in files of a folder. One thread appends and cleans; any thread reads and says what is no longer needed.
 *
 * <p>Space is won back from the oldest file only: whatever of it is still needed is written again at the end, and then it goes.
 * So a record that takes another one back (a REMOVE, a DROP) is there for at least as long as the one that it takes back.
 */
public final class Journal {

    /** Bytes of a file. */
    static final int SEGMENT = 32 << 20;

    /** More bytes than a file needs for what it says of the journal at its beginning. */
    private static final int DESCRIPTION = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Disk disk;
    private final int segmentSize;
    private final SegmentTable segments = new SegmentTable();
    private final SpareSegment spare;
    private final LongAdder damage = new LongAdder();
    private final LongAdder copied = new LongAdder();
    /** Is told how many nanoseconds each sync took, by the thread that waited for it. */
    private LongConsumer syncs = nanos -> {};

    private int salt = new SecureRandom().nextInt();
    private Segment active;
    /** Of which nobody knows what of it is on the disk; nothing is taken before that is certain. */
    private Segment doubtful;

    private int lastId;
    /** What each file begins with; nothing until somebody describes the journal. */
    private Function<Boolean, Optional<JournalState>> description = last -> Optional.empty();
    /** What the active file says of itself. */
    private int marked;

    /** @param segmentSize bytes of a file */
    public Journal(Path folder, int segmentSize) {
        this(new FolderDisk(folder), segmentSize);
    }

    /** @param folder is made when it is missing */
    public Journal(Path folder) {
        this(folder, SEGMENT);
    }

    Journal(Disk disk, int segmentSize) {
        this(disk, segmentSize, new SpareSegment(disk));
    }

    Journal(Disk disk, int segmentSize, SpareSegment spare) {
        this.disk = disk;
        this.segmentSize = segmentSize;
        this.spare = spare;
    }

    /**
     * Reads all that is there; call it once, before anything else.
     *
     * @throws IOException when a file cannot be read, or a newer Gatepost has written it: then nothing is changed; damaged records are passed over, logged and counted
     */
    public void open(Replay replay) throws IOException {
        List<Path> all = disk.files();
        List<Path> files = all.stream().filter(Segment::isSegment).sorted().toList();
        Set<Integer> salts = new LinkedHashSet<>();
        for (Path file : files) {
            Segment.salt(disk, file).ifPresent(salts::add);
        }
        for (Path unfinished : all.stream().filter(Segment::isUnfinished).toList()) {
            disk.delete(unfinished);
        }
        Segment last = null;
        for (Path file : files) {
            Segment segment = Segment.open(disk, file, salts);
            lastId = segment.id();
            salt = segment.salt();
            if (segment.isBlank()) {
                // made ahead of time, or by an older Gatepost that was stopped while it did that
                disk.delete(file);
                segment.close();
            } else {
                replay(last, false, replay);
                last = segment;
            }
        }
        replay(last, true, replay);
    }

    private void replay(Segment segment, boolean last, Replay replay) throws IOException {
        if (segment == null) {
            return;
        }
        SegmentScan scan = new SegmentScan(segment);
        scan.replay(last && segment.mayBeTorn(), replay);
        damage.add(scan.damages());
        SegmentReport.of(segment, scan);
        segment.endsAt(scan.end());
        if (scan.end() == Segment.HEAD) {
            if (segment.isDamaged()) {
                LOG.error("nothing can be read of {}: it is put aside", segment.file());
            }
            segment.delete();
            return;
        }
        if (segment.isDamaged() && !scan.isTorn()) {
            segment.force();
        } else {
            segment.trim();
        }
        segments.add(segment);
    }

    /** From now on each file begins with that, and the last one ends with the other when the journal is closed; before anything is written. */
    public void describe(Supplier<JournalState> first, Supplier<JournalState> last) {
        description = closing -> Optional.of(closing ? last.get() : first.get());
    }

    /** From now on that is told how many nanoseconds each sync took that senders wait for; before anything is written. */
    public void timed(LongConsumer nanos) {
        syncs = nanos;
    }

    /** @return an empty batch of records for this journal; after {@link #open} */
    public Batch batch() {
        return new Batch(salt, Math.min(segmentSize, 1 << 20));
    }

    /** Says at the beginning of a batch, before anything is in it, what of the file is on the disk, unless that is known. */
    void mark(Batch batch) {
        if (active != null && active.safeEnd() > marked) {
            batch.safe(active.id(), active.safeEnd());
        }
    }

    /** Appends a batch; nothing of it counts unless this returns. @return what {@link #location} needs, the offset of the batch */
    int append(Batch batch) throws IOException {
        certain();
        int size = batch.size();
        if (active == null || active.end() + size > active.size()) {
            roll(size);
        }
        int start = active.append(batch.bytes());
        marked = Math.max(marked, batch.safeEnd(active.id()));
        spare.prepareWhen(active.end() > segmentSize / 2, lastId + 1, salt, segmentSize);
        return start;
    }

    /** Returns when all that was appended is on the disk. */
    void force() throws IOException {
        certain();
        if (active != null && active.isUnsafe()) {
            long before = System.nanoTime();
            active.force();
            syncs.accept(System.nanoTime() - before);
        }
    }

    /**
     * After a failure nobody knows what of the file is on the disk, and a later sync that succeeds says nothing of it: what comes goes
     * to a new file, and all since the last sync counts as not written.
     */
    void abandon() {
        if (active != null && active.isUnsafe()) {
            doubtful = active;
        }
        active = null;
    }

    /** What was given up must not come back at the next start. */
    private void certain() throws IOException {
        if (doubtful != null) {
            doubtful.cut();
            doubtful = null;
        }
    }

    /** @return where a record of the batch that was appended last is now */
    long location(Batch batch, int start, int offset) {
        return Location.of(active.id(), start + offset, batch.recordSize(offset));
    }

    /**
     * @return the message that was added there
     * @throws DamagedRecord when it is not what was written
     * @throws IOException when it cannot be read, or the file is gone since what was needed of it has moved
     */
    public ByteBuffer message(long location) throws IOException {
        Segment segment = segments.of(location);
        if (segment == null) {
            throw new IOException("the file of location " + location + " is gone");
        }
        return segment.record(Location.offset(location), Location.size(location))
                .message();
    }

    /** From now on the record there is needed. */
    public void born(long location) {
        segments.of(location).born(location);
    }

    /** From now on the record there is not needed any more. */
    public void died(long location) {
        Segment segment = segments.of(location);
        if (segment != null) {
            segment.died(location);
        }
    }

    /** A record there is needed and is not what was written: its file will be put aside rather than deleted. */
    public void damaged(long location) {
        damage.increment();
        Segment segment = segments.of(location);
        if (segment != null) {
            segment.damaged();
        }
    }

    /** @return in how many places something was not what had been written, since the start */
    public long damage() {
        return damage.sum();
    }

    void copied(int bytes) {
        copied.add(bytes);
    }

    /** @return bytes that were written once more to win space back, since the start */
    public long copiedBytes() {
        return copied.sum();
    }

    /** @return about how many bytes of records are needed */
    public long liveBytes() {
        return segments.liveBytes();
    }

    /** @return bytes of all files */
    public long capacity() {
        return segments.capacity();
    }

    /** @return the file to clean, or {@code null} while too little would be won */
    Segment wasteful() {
        Segment oldest = segments.oldestOfSeveral();
        if (oldest == null || oldest == active || oldest == doubtful) {
            return null;
        }
        return oldest.live() == 0 || capacity() > 2 * (liveBytes() + segmentSize) ? oldest : null;
    }

    /** Deletes a file of which nothing is needed; when that fails it is still there, and known. */
    void drop(Segment segment) throws IOException {
        segment.delete();
        segments.remove(segment);
    }

    /** Closes all files. Nothing of the last one is in doubt then, so that what is not whole in it at the next start is damage. */
    void close() throws IOException {
        try {
            certain();
            spare.close();
            if (active != null) {
                Optional<JournalState> state = description.apply(true);
                if (state.isPresent() && active.end() + DESCRIPTION <= active.size()) {
                    active.append(described(state.get()).bytes());
                }
                active.trim();
            }
        } finally {
            segments.close();
        }
    }

    private void roll(int size) throws IOException {
        force();
        active = null;
        Segment next = spare.take();
        int needed = size + DESCRIPTION;
        if (next != null && needed > segmentSize) {
            next.delete();
            next = null;
        }
        if (next == null) {
            next = Segment.create(disk, lastId + 1, salt, Math.max(segmentSize, needed));
        }
        lastId = next.id();
        segments.add(next);
        active = next;
        marked = Segment.HEAD;
        Optional<JournalState> state = description.apply(false);
        if (state.isPresent()) {
            active.append(described(state.get()).bytes());
        }
    }

    private Batch described(JournalState state) {
        Batch batch = new Batch(salt, DESCRIPTION);
        batch.state(state);
        return batch;
    }
}
