package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A disk in memory that does something of the test's own before each read. */
public final class HookedDisk implements Disk {

    /** What comes before a read; may block as a slow disk does, or fail. */
    public interface Hook {

        void beforeRead() throws IOException;
    }

    private final Disk disk;
    private volatile Hook hook = () -> {};

    public HookedDisk(SimulatedDisk disk) {
        this.disk = disk;
    }

    public void hook(Hook next) {
        hook = next;
    }

    public Journal journal(int segmentSize) {
        return new Journal(this, segmentSize, new SpareSegment(this, Runnable::run));
    }

    @Override
    public List<Path> files() throws IOException {
        return disk.files();
    }

    @Override
    public Path path(String name) {
        return disk.path(name);
    }

    @Override
    public Content create(Path file) throws IOException {
        return new Hooked(disk.create(file));
    }

    @Override
    public Content open(Path file) throws IOException {
        return new Hooked(disk.open(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    private final class Hooked implements Content {

        private final Content content;

        Hooked(Content content) {
            this.content = content;
        }

        @Override
        public ByteBuffer read(long position, int length) throws IOException {
            hook.beforeRead();
            return content.read(position, length);
        }

        @Override
        public long size() throws IOException {
            return content.size();
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            content.write(bytes, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            content.truncate(size);
        }

        @Override
        public void force() throws IOException {
            content.force();
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
