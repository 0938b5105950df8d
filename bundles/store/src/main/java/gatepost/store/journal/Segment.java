package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file of the journal. It is filled with zeros before it is used, so that a sync has only data to write and no new length.
 *
 * <p>The journal's thread writes. Any thread reads.
 */
final class Segment {

    /** Where the first record is: after a mark of the format and the salt of the checksums. */
    static final int HEAD = 8;

    private static final int BLOCK = 1 << 20;
    private static final String SUFFIX = ".journal";
    /** Of a file that is being filled with zeros. */
    private static final String UNFINISHED = ".journal.new";
    /** Of a file from which something is missing, kept for whoever wants to look. */
    private static final String DAMAGED = ".damaged";

    private final int id;
    private final Path file;
    private final Disk disk;
    private final Disk.Content content;
    private final int salt;
    private final boolean marked;
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong liveBytes = new AtomicLong();
    private int size;
    private int end = HEAD;
    /** All before it is on the disk. */
    private int safeEnd = HEAD;
    /** Up to where it was tried to write. */
    private int touched = HEAD;

    private boolean damaged;

    private Segment(Disk disk, Path file, Disk.Content content, int salt, boolean marked) throws IOException {
        this.size = (int) content.size();
        this.id = id(file);
        this.file = file;
        this.disk = disk;
        this.content = content;
        this.salt = salt;
        this.marked = marked;
    }

    /** Makes a file of so many bytes. It has its name only when it is whole, so that a crash leaves no half-made file. */
    static Segment create(Disk disk, int id, int salt, int size) throws IOException {
        String number = String.format("%010d", id);
        Path unfinished = disk.path(number + UNFINISHED);
        disk.delete(unfinished);
        Disk.Content content = disk.create(unfinished);
        try {
            // one byte more than records can fill: a file that was closed in good order is known by its length
            long left = HEAD + size + 1L;
            int length = (int) Math.min(BLOCK, left);
            ByteBuffer block =
                    ByteBuffer.allocateDirect(length).putInt(0, Format.HEAD).putInt(Integer.BYTES, salt);
            for (long position = 0; left > 0; position += length, left -= length) {
                content.write(block.position(0).limit((int) Math.min(length, left)), position);
                block.clear().putLong(0, 0);
            }
            content.force();
            Path file = disk.path(number + SUFFIX);
            disk.rename(unfinished, file);
            return new Segment(disk, file, content, salt, true);
        } catch (IOException | RuntimeException e) {
            try (Disk.Content closed = content) {
                disk.delete(unfinished);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /**
     * Opens a file that is there.
     *
     * @param salts of the journal's files, one of which has to do where this file's beginning is damaged
     */
    static Segment open(Disk disk, Path file, Set<Integer> salts) throws IOException {
        Disk.Content content = disk.open(file);
        try {
            ByteBuffer head = content.read(0, HEAD);
            Format.refuseNewer(file, content);
            boolean whole = isWhole(head);
            int own = whole ? head.getInt(Integer.BYTES) : 0;
            int salt = own;
            if (!isReadable(content, own)) {
                for (int other : salts) {
                    salt = isReadable(content, other) ? other : salt;
                }
            }
            Segment segment = new Segment(disk, file, content, salt, whole && Format.hasMarks(head.getInt(0)));
            segment.damaged = !whole || salt != own;
            return segment;
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    /**
     * @return what the file says at its beginning, unless it is damaged there
     * @throws IOException also for a file that a newer Gatepost has written
     */
    static OptionalInt salt(Disk disk, Path file) throws IOException {
        try (Disk.Content content = disk.open(file)) {
            Format.refuseNewer(file, content);
            ByteBuffer head = content.read(0, HEAD);
            return isWhole(head) ? OptionalInt.of(head.getInt(Integer.BYTES)) : OptionalInt.empty();
        }
    }

    /** @return whether the first record is whole with that salt */
    private static boolean isReadable(Disk.Content content, int salt) throws IOException {
        ByteBuffer head = content.read(HEAD, Batch.HEADER);
        if (head.remaining() < Batch.HEADER || head.getInt(0) <= 0) {
            return false;
        }
        return Record.at(content.read(HEAD, Batch.HEADER + head.getInt(0)), salt) != null;
    }

    private static boolean isWhole(ByteBuffer head) {
        return head.remaining() == HEAD && Format.isKnown(head.getInt(0));
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().matches("\\d{10}\\" + SUFFIX);
    }

    static boolean isUnfinished(Path file) {
        return file.getFileName().toString().endsWith(UNFINISHED);
    }

    static boolean isPutAside(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX + DAMAGED);
    }

    static int id(Path file) {
        return Integer.parseInt(file.getFileName().toString().substring(0, 10));
    }

    int id() {
        return id;
    }

    Path file() {
        return file;
    }

    int salt() {
        return salt;
    }

    /**
     * @return whether it says what of it was synced and was not closed in good order: of the file that was written last, what is not whole
     *     and not said to be synced was being written when the machine stopped
     */
    boolean mayBeTorn() {
        return marked && !isSealed();
    }

    /** @return offset at which the next record goes */
    int end() {
        return end;
    }

    /** All up to there was found, and is on the disk. */
    void endsAt(int offset) {
        end = offset;
        safeEnd = offset;
        touched = offset;
    }

    /** @return bytes of the file */
    int size() {
        return size;
    }

    /** @return whether it was closed in good order, or put in order at a start: all that is in it was on the disk then */
    boolean isSealed() {
        return size % Location.ALIGNMENT == 0;
    }

    /** @return whether nothing was ever written there */
    boolean isBlank() throws IOException {
        for (int from = damaged ? 0 : HEAD; from < size; from += BLOCK) {
            if (!isZero(read(from, BLOCK))) {
                return false;
            }
        }
        return true;
    }

    /** @return whether there is nothing but zeros from the buffer's position on, which stays where it is */
    static boolean isZero(ByteBuffer bytes) {
        int at = bytes.position();
        while (at + Long.BYTES <= bytes.limit()) {
            if (bytes.getLong(at) != 0) {
                return false;
            }
            at += Long.BYTES;
        }
        while (at < bytes.limit()) {
            if (bytes.get(at++) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Adds it at the end. @return where it begins */
    int append(ByteBuffer bytes) throws IOException {
        int start = end;
        int next = start + bytes.remaining();
        touched = Math.max(touched, next);
        content.write(bytes, start);
        end = next;
        return start;
    }

    /** Returns when all that was appended is on the disk. */
    void force() throws IOException {
        content.force();
        safeEnd = end;
    }

    /** @return up to where it is on the disk */
    int safeEnd() {
        return safeEnd;
    }

    /** @return whether something was appended, or nearly, and not synced */
    boolean isUnsafe() {
        return touched > safeEnd;
    }

    /**
     * Takes away what was not synced, so that it cannot come back after the next start: those who sent it have been told that it
     * is not here. Opens the file anew, for it may be the channel that failed.
     */
    void cut() throws IOException {
        try (Disk.Content fresh = disk.open(file)) {
            fresh.truncate(safeEnd);
            fresh.force();
        }
        endsAt(safeEnd);
        size = safeEnd;
    }

    /**
     * Gives back the zeros after the end, or what is no record there, and syncs all that is before it: that first, for the new length says
     * that nothing of the file is in doubt, and a power cut may keep the length and lose the rest.
     */
    void trim() throws IOException {
        content.force();
        content.truncate(end);
        content.force();
        endsAt(end);
        size = end;
    }

    /** @return bytes from there, fewer where the file ends */
    ByteBuffer read(int offset, int length) throws IOException {
        return content.read(offset, length);
    }

    /** @return the record at that offset, of whatever size */
    Record record(int offset, int expectedSize) throws IOException {
        ByteBuffer bytes = read(offset, Math.max(expectedSize, Batch.HEADER));
        if (bytes.remaining() < Batch.HEADER) {
            throw new DamagedRecord(file + " ends before " + offset);
        }
        int size = Batch.HEADER + bytes.getInt(0);
        Record record = Record.at(size <= bytes.remaining() ? bytes : read(offset, size), salt);
        if (record == null) {
            throw new DamagedRecord("the record at " + offset + " of " + file + " is damaged");
        }
        return record;
    }

    void born(long location) {
        live.incrementAndGet();
        liveBytes.addAndGet(Location.size(location));
    }

    void died(long location) {
        live.decrementAndGet();
        liveBytes.addAndGet(-Location.size(location));
    }

    int live() {
        return live.get();
    }

    long liveBytes() {
        return liveBytes.get();
    }

    /** Something that was written is missing: the file is not deleted when it is of no more use, but put aside. */
    void damaged() {
        damaged = true;
    }

    boolean isDamaged() {
        return damaged;
    }

    /** Deletes it, or puts it aside; while that fails it can be read on. */
    void delete() throws IOException {
        if (damaged) {
            disk.rename(file, disk.path(file.getFileName() + DAMAGED));
        } else {
            disk.delete(file);
        }
        close();
    }

    void close() throws IOException {
        content.close();
    }
}
