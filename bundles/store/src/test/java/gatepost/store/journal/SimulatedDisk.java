package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that does what disks do at worst. What was not synced is there after a power cut in any part, down to pieces of 64
 * bytes and in any order; a sync that fails loses what it was to write, and the next one succeeds all the same; it is full, or writes
 * half of something and fails. What is where follows from the seed alone.
 */
public final class SimulatedDisk implements Disk {

    /** The power is cut, or the process killed: nothing that happens after it happens. */
    public static final class Cut extends Error {

        private static final long serialVersionUID = 1;

        Cut() {
            super("the power is cut", null, false, false);
        }
    }

    private static final int PIECE = 64;

    private final Random random;
    private final Map<Path, File> files = new TreeMap<>();
    private int callsUntilCut = Integer.MAX_VALUE;
    private double failing;
    private long room = Long.MAX_VALUE;
    private long appends;

    public SimulatedDisk(Random random) {
        this.random = random;
    }

    /** Cuts the power at one of the next calls. */
    public void cutAfter(int calls) {
        callsUntilCut = calls;
    }

    /** @param probability with which each call that writes fails from now on */
    public void failing(double probability) {
        failing = probability;
    }

    /** @param bytes that all files together may take */
    public void room(long bytes) {
        room = bytes;
    }

    /** @return how often something was written to a file of the journal, so far, without a failure */
    public long appends() {
        return appends;
    }

    public long size() {
        return files.values().stream().mapToLong(file -> file.length).sum();
    }

    /** Loses what was not synced, or some of it. */
    public void powerCut() {
        restore();
        double kept = List.of(0.0, 0.1, 0.5, 0.9, 1.0).get(random.nextInt(5));
        files.values().forEach(file -> file.powerCut(kept));
    }

    /** Loses nothing: the process was killed, not the machine; unless a sync had failed, after which the machine is restarted, too. */
    public void kill() {
        if (files.values().stream().anyMatch(file -> file.unreliable)) {
            powerCut();
        }
        restore();
    }

    private void restore() {
        callsUntilCut = Integer.MAX_VALUE;
        failing = 0;
        room = Long.MAX_VALUE;
    }

    /** Flips one bit of what was written and synced. @return whether there was one */
    public boolean flip() {
        List<File> written = files.entrySet().stream()
                .filter(entry -> Segment.isSegment(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(file -> file.written > Segment.HEAD && file.unsynced.isEmpty())
                .toList();
        if (written.isEmpty()) {
            return false;
        }
        File file = written.get(random.nextInt(written.size()));
        int at = Segment.HEAD + random.nextInt(Math.min(file.written, file.length) - Segment.HEAD);
        byte bit = (byte) (1 << random.nextInt(Byte.SIZE));
        file.cached[at] ^= bit;
        file.durable[at] ^= bit;
        return true;
    }

    @Override
    public List<Path> files() {
        call();
        return new ArrayList<>(files.keySet());
    }

    @Override
    public Path path(String name) {
        return Path.of(name);
    }

    @Override
    public Content create(Path file) throws IOException {
        call();
        fail();
        if (files.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        File made = new File(file);
        files.put(file, made);
        return made;
    }

    @Override
    public Content open(Path file) throws IOException {
        call();
        File opened = files.get(file);
        if (opened == null) {
            throw new NoSuchFileException(file.toString());
        }
        return opened;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        boolean late = random.nextBoolean();
        call(late);
        fail();
        File file = files.remove(from);
        if (file == null) {
            throw new NoSuchFileException(from.toString());
        }
        file.name = to;
        files.put(to, file);
        cut(late);
    }

    @Override
    public void delete(Path file) throws IOException {
        boolean late = random.nextBoolean();
        call(late);
        fail();
        files.remove(file);
        cut(late);
    }

    private void call() {
        call(false);
    }

    private void call(boolean late) {
        callsUntilCut--;
        if (!late) {
            cut(true);
        }
    }

    private void cut(boolean now) {
        if (now && callsUntilCut <= 0) {
            throw new Cut();
        }
    }

    private void fail() throws IOException {
        if (failing > 0 && random.nextDouble() < failing) {
            throw new IOException("input/output error");
        }
    }

    private final class File implements Content {

        private Path name;
        private byte[] cached = {};
        private byte[] durable = {};
        private int length;
        private int durableLength;
        private int written;
        private boolean unreliable;
        private final BitSet unsynced = new BitSet();

        File(Path name) {
            this.name = name;
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            callsUntilCut--;
            boolean cut = callsUntilCut <= 0;
            boolean failed = !cut && failing > 0 && random.nextDouble() < failing;
            long left = room - SimulatedDisk.this.size();
            boolean full = position + bytes.remaining() > length && left < position + bytes.remaining() - length;
            int count = cut || failed ? random.nextInt(bytes.remaining() + 1) : bytes.remaining();
            if (full) {
                count = (int) Math.max(0, Math.min(count, length - position + left));
            }
            put(bytes, (int) position, count);
            cut(cut);
            if (failed) {
                throw new IOException("input/output error");
            }
            if (full) {
                throw new IOException("no space left on device");
            }
            if (Segment.isSegment(name)) {
                appends++;
                written = Math.max(written, (int) position + count);
            }
        }

        private void put(ByteBuffer bytes, int position, int count) {
            if (position + count > cached.length) {
                cached = Arrays.copyOf(cached, position + count);
                durable = Arrays.copyOf(durable, position + count);
            }
            bytes.get(cached, position, count);
            length = Math.max(length, position + count);
            if (count > 0) {
                unsynced.set(position / PIECE, (position + count - 1) / PIECE + 1);
            }
        }

        @Override
        public ByteBuffer read(long position, int wanted) {
            int from = (int) Math.min(position, length);
            int count = Math.min(wanted, length - from);
            return ByteBuffer.wrap(Arrays.copyOfRange(cached, from, from + count));
        }

        @Override
        public void truncate(long size) throws IOException {
            call();
            fail();
            if (size < length) {
                Arrays.fill(cached, (int) size, length, (byte) 0);
                unsynced.set((int) size / PIECE, (length - 1) / PIECE + 1);
                length = (int) size;
                written = Math.min(written, length);
            }
        }

        @Override
        public void force() throws IOException {
            callsUntilCut--;
            cut(true);
            if (failing > 0 && random.nextDouble() < failing) {
                // what the system could not write it takes for written from now on
                persist(random.nextDouble());
                unreliable = true;
                throw new IOException("input/output error");
            }
            persist(1);
        }

        void powerCut(double kept) {
            persist(kept);
            cached = durable.clone();
            unreliable = false;
            length = durableLength;
            written = Math.min(written, length);
        }

        private void persist(double kept) {
            for (int piece = unsynced.nextSetBit(0); piece >= 0; piece = unsynced.nextSetBit(piece + 1)) {
                if (kept >= 1 || random.nextDouble() < kept) {
                    int from = piece * PIECE;
                    int to = Math.min(from + PIECE, cached.length);
                    if (kept < 1 && random.nextInt(4) == 0) {
                        to = from + random.nextInt(to - from + 1);
                    }
                    System.arraycopy(cached, from, durable, from, to - from);
                }
            }
            unsynced.clear();
            if (kept >= 1 || random.nextDouble() < kept) {
                durableLength = length;
            }
        }

        @Override
        public void close() {
            // it is not the disk that forgets
        }
    }
}
