package gatepost.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of the machine's own disk. */
final class FolderDisk implements Disk {

    private static final Logger LOG = LoggerFactory.getLogger(FolderDisk.class);

    private final Path folder;
    private volatile boolean foldersAreSynced = true;

    FolderDisk(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Path> files() throws IOException {
        Files.createDirectories(folder);
        try {
            syncFolder();
        } catch (IOException e) {
            foldersAreSynced = false;
            LOG.warn(
                    "{} is on a file system that cannot sync a folder: after a power cut a file may be missing or come back",
                    folder,
                    e);
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Override
    public Path path(String name) {
        return folder.resolve(name);
    }

    @Override
    public Content create(Path file) throws IOException {
        return new OpenFile(file, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public Content open(Path file) throws IOException {
        return new OpenFile(file, StandardOpenOption.WRITE);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceFolder();
        }
    }

    /** Without this a power cut may bring a deleted file back, or take a new one's name. */
    private void forceFolder() throws IOException {
        if (foldersAreSynced) {
            syncFolder();
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** A file of its own for reading, since an interrupt of a reader closes a channel. */
    private static final class OpenFile implements Content {

        private final FileChannel channel;
        private final RandomAccessFile reader;

        OpenFile(Path file, StandardOpenOption how) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, how);
            try {
                reader = new RandomAccessFile(file.toFile(), "r");
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public ByteBuffer read(long position, int length) throws IOException {
            synchronized (reader) {
                byte[] bytes = new byte[(int) Math.max(0, Math.min(length, reader.length() - position))];
                reader.seek(position);
                reader.readFully(bytes);
                return ByteBuffer.wrap(bytes);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
            // the file's length is written with it where it has changed
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            try (RandomAccessFile closed = reader) {
                channel.close();
            }
        }
    }
}
