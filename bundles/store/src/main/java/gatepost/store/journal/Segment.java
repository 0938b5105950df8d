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

    private static final int BLOCK = 1 << 20;
    private static final String SUFFIX = ".journal";

    private final int id;
    private final Path file;
    private final FileChannel channel;
    private final RandomAccessFile reader;
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong liveBytes = new AtomicLong();
    private int end;

    private Segment(int id, Path file, int end) throws IOException {
        this.id = id;
        this.file = file;
        this.end = end;
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.reader = new RandomAccessFile(file.toFile(), "r");
    }

    /** Makes a file of so many bytes; there is none of its name when that fails. */
    static Segment create(Path folder, int id, int size) throws IOException {
        Path file = folder.resolve(String.format("%010d", id) + SUFFIX);
        try (FileChannel zeros = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            for (long left = size; left > 0; left -= BLOCK) {
                block.clear().limit((int) Math.min(BLOCK, left));
                while (block.hasRemaining()) {
                    zeros.write(block);
                }
            }
            zeros.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Segment(id, file, 0);
    }

    static Segment open(Path file) throws IOException {
        return new Segment(id(file), file, 0);
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
        Record record = Record.at(size <= bytes.remaining() ? bytes : read(offset, size));
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
