package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
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

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path folder;
    private final int segmentSize;
    private final TreeMap<Integer, Segment> segments = new TreeMap<>();
    private final AtomicReferenceArray<Segment> byLocation = new AtomicReferenceArray<>(Location.SEGMENTS);
    private final SpareSegment spare;
    private int salt = new SecureRandom().nextInt();
    private Segment active;
    private int lastId;
    private volatile long capacity;

    /** What was found at the start, in the order in which it was written. */
    public interface Replay {

        void queue(long queue, String name, long location);

        void add(long queue, long sequence, long expiration, ByteBuffer message, long location);

        void remove(long queue, long sequence);

        void drop(long queue);
    }

    /** @param segmentSize bytes of a file */
    public Journal(Path folder, int segmentSize) {
        this.folder = folder;
        this.segmentSize = segmentSize;
        this.spare = new SpareSegment(folder);
    }

    /** @param folder is made when it is missing */
    public Journal(Path folder) {
        this(folder, SEGMENT);
    }

    /**
     * Reads all that is there; call it once, before anything else.
     *
     * @throws IOException when a file cannot be read; damaged records are skipped and logged
     */
    public void open(Replay replay) throws IOException {
        Files.createDirectories(folder);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Segment::isSegment).sorted().toList();
        }
        for (Path file : files) {
            Segment segment = Segment.open(file);
            lastId = segment.id();
            salt = segment.salt();
            int end = replay(segment, replay);
            segment.endsAt(end);
            segment.trim();
            put(segment);
            if (end == Segment.HEAD) {
                drop(segment);
            }
        }
    }

    /** @return an empty batch of records for this journal; after {@link #open} */
    public Batch batch() {
        return new Batch(salt);
    }

    /** Appends a batch; nothing of it counts unless this returns. @return what {@link #location} needs, the offset of the batch */
    int append(Batch batch) throws IOException {
        int size = batch.size();
        if (active == null || active.end() + size > active.capacity()) {
            roll(size);
        }
        int start = active.end();
        active.write(batch.bytes());
        active.endsAt(start + size);
        spare.prepareWhen(active.end() > segmentSize / 2, lastId + 1, salt, segmentSize);
        return start;
    }

    /** Returns when all that was appended is on the disk. */
    void force() throws IOException {
        active.force();
    }

    /** After a failure nobody knows what of the file is on the disk: what comes goes to a new one. */
    void abandon() {
        active = null;
    }

    /** @return where a record of the batch that was appended last is now */
    long location(Batch batch, int start, int offset) {
        return Location.of(active.id(), start + offset, batch.recordSize(offset));
    }

    /** @return the message that was added there */
    public ByteBuffer message(long location) throws IOException {
        Segment segment = segment(location);
        if (segment == null) {
            throw new IOException("the file of location " + location + " is gone");
        }
        return segment.record(Location.offset(location), Location.size(location)).message();
    }

    /** From now on the record there is needed. */
    public void born(long location) {
        segment(location).born(location);
    }

    /** From now on the record there is not needed any more. */
    public void died(long location) {
        Segment segment = segment(location);
        if (segment != null) {
            segment.died(location);
        }
    }

    /** @return about how many bytes of records are needed */
    public long liveBytes() {
        synchronized (segments) {
            long bytes = 0;
            for (Segment segment : segments.values()) {
                bytes += segment.liveBytes();
            }
            return bytes;
        }
    }

    /** @return bytes of all files */
    public long capacity() {
        return capacity;
    }

    /** @return the file to clean, or {@code null} while too little would be won */
    Segment wasteful() {
        synchronized (segments) {
            if (segments.size() < 2 || segments.firstEntry().getValue() == active) {
                return null;
            }
            Segment oldest = segments.firstEntry().getValue();
            return oldest.live() == 0 || capacity > 2 * (liveBytes() + segmentSize) ? oldest : null;
        }
    }

    /** Deletes a file of which nothing is needed. */
    void drop(Segment segment) throws IOException {
        synchronized (segments) {
            segments.remove(segment.id());
            byLocation.set(segment.id() & Location.SEGMENTS - 1, null);
            capacity -= segment.capacity();
        }
        segment.delete();
    }

    void close() throws IOException {
        spare.close();
        synchronized (segments) {
            for (Segment segment : segments.values()) {
                segment.close();
            }
        }
    }

    private Segment segment(long location) {
        return byLocation.get(Location.segment(location));
    }

    private void roll(int size) throws IOException {
        active = null;
        Segment next = spare.take();
        if (next != null && size > segmentSize) {
            next.delete();
            next = null;
        }
        if (next == null) {
            next = Segment.create(folder, lastId + 1, salt, Math.max(segmentSize, size));
        }
        lastId = next.id();
        put(next);
        active = next;
    }

    private void put(Segment segment) throws IOException {
        synchronized (segments) {
            segments.put(segment.id(), segment);
            byLocation.set(segment.id() & Location.SEGMENTS - 1, segment);
            capacity += segment.capacity();
        }
    }

    /** @return where the last record ends */
    private int replay(Segment segment, Replay replay) throws IOException {
        ByteBuffer bytes = segment.read(0, Integer.MAX_VALUE).position(Segment.HEAD);
        int end = Segment.HEAD;
        int damaged = 0;
        while (bytes.remaining() > Batch.HEADER) {
            int start = bytes.position();
            Record record = Record.at(bytes, segment.salt());
            int size = Location.ALIGNMENT;
            if (record != null && !record.member()) {
                size = Record.size(bytes);
                replay(segment, start, size, record, replay);
                end = start + size;
            } else if (bytes.getLong(start) != 0) {
                damaged += Location.ALIGNMENT;
            }
            bytes.position(Math.min(bytes.limit(), Location.align(start + size)));
        }
        if (damaged > 0) {
            LOG.warn("{} holds about {} bytes that are no record; what was being written when the machine stopped, or damage",
                    segment.file(), damaged);
        }
        return Location.align(end);
    }

    private void replay(Segment segment, int start, int size, Record record, Replay replay) {
        long location = Location.of(segment.id(), start, size);
        switch (record.type()) {
            case Batch.QUEUE -> replay.queue(record.queue(), record.name(), location);
            case Batch.ADD -> replay.add(record.queue(), record.sequence(), record.expiration(), record.message(),
                    location);
            case Batch.REMOVE -> replay.remove(record.queue(), record.sequence());
            case Batch.DROP -> replay.drop(record.queue());
            case Batch.GROUP -> {
                int base = start + Batch.HEADER + 1;
                ByteBuffer members = record.content();
                int skip = Location.align(base) - base;
                members.position(Math.min(members.limit(), skip));
                while (members.remaining() > Batch.HEADER) {
                    int at = members.position();
                    Record member = Record.at(members, segment.salt());
                    if (member == null) {
                        throw new IllegalStateException("a group in " + segment.file() + " at " + start + " is not made of records");
                    }
                    int length = Record.size(members);
                    replay(segment, base + at, length, member, replay);
                    members.position(Math.min(members.limit(), Location.align(base + at + length) - base));
                }
            }
            default -> throw new IllegalStateException(
                    "the record at " + start + " of " + segment.file() + " is of the unknown type " + record.type());
        }
    }
}
