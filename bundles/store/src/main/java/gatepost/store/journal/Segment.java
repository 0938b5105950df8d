package gatepost.store.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file of the journal. It is filled with zeros before it is used, so that a sync has only data to write and no new length.
 *
 * <p>The journal's thread writes. Any thread reads; a file of its own for that, since an interrupt of a reader closes a channel.
 */
final class Segment {

    /** Where the first record is: after a mark of the format and the salt of the checksums. */
    static final int HEAD = 8;

    private static final int BLOCK = 1 << 20;
    private static final int FORMAT = 0x47504a31;
    private static final String SUFFIX = ".journal";

    private final int id;
    private final Path file;
    private final int salt;
    private final FileChannel channel;
    private final RandomAccessFile reader;
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong liveBytes = new AtomicLong();
    private int end = HEAD;

    private Segment(int id, Path file) throws IOException {
        this.id = id;
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.reader = new RandomAccessFile(file.toFile(), "r");
        if (reader.length() < HEAD || reader.readInt() != FORMAT) {
            close();
            throw new IOException(file + " is no file of this journal, or its beginning is damaged");
        }
        this.salt = reader.readInt();
    }

    /** Makes a file of so many bytes; there is none of its name when that fails. */
    static Segment create(Path folder, int id, int salt, int size) throws IOException {
        Path file = folder.resolve(String.format("%010d", id) + SUFFIX);
        try (FileChannel zeros = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).putInt(FORMAT).putInt(salt);
            for (long left = HEAD + size; left > 0; left -= BLOCK) {
                block.clear().limit((int) Math.min(BLOCK, left));
                while (block.hasRemaining()) {
                    zeros.write(block);
                }
                block.putLong(0, 0);
            }
            zeros.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Segment(id, file);
    }

    static Segment open(Path file) throws IOException {
        return new Segment(id(file), file);
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().matches("\\d{10}\\" + SUFFIX);
    }

    static int id(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
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

    /** @return offset at which the next record goes */
    int end() {
        return end;
    }

    void endsAt(int offset) {
        end = offset;
    }

    /** Gives back the zeros after the end. */
    void trim() throws IOException {
        channel.truncate(end);
    }

    long capacity() throws IOException {
        return channel.size();
    }

    /** Writes at the end, and does not move the end. */
    void write(ByteBuffer bytes) throws IOException {
        int position = end;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** @return bytes from there, fewer where the file ends */
    ByteBuffer read(int offset, int length) throws IOException {
        synchronized (reader) {
            byte[] bytes = new byte[(int) Math.min(length, reader.length() - offset)];
            reader.seek(offset);
            reader.readFully(bytes);
            return ByteBuffer.wrap(bytes);
        }
    }

    /** @return the record at that offset, of whatever size */
    Record record(int offset, int expectedSize) throws IOException {
        ByteBuffer bytes = read(offset, Math.max(expectedSize, Batch.HEADER));
        if (bytes.remaining() < Batch.HEADER) {
            throw new EOFException(file + " ends at " + offset);
        }
        int size = Batch.HEADER + bytes.getInt(0);
        Record record = Record.at(size <= bytes.remaining() ? bytes : read(offset, size), salt);
        if (record == null) {
            throw new IOException("the record at " + offset + " of " + file + " is damaged");
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

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    void close() throws IOException {
        reader.close();
        channel.close();
    }
}
