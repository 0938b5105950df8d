package gatepost.welcome.journal;

import gatepost.welcome.journal.Entry.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers who was greeted, in a file to which lines are added. What was added is known at once and is on the disk after the
 * next {@link #sync}. A line that a crash left torn is dropped when the file is opened. When most lines have been overtaken by
 * later ones the file is written anew, beside the old one, and takes its place at once.
 *
 * <p>For one thread.
 */
public final class Journal implements AutoCloseable {

    /** The name of the file. */
    public static final String FILE = "greeted.journal";

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int FEWEST_LINES_TO_COMPACT = 1000;

    private final Path folder;
    private final Map<String, Known> users = new HashMap<>();
    private final List<Entry> added = new ArrayList<>();
    private String installation = "";
    private FileChannel file;
    private long length;
    private int lines;
    private int notBefore;

    private Journal(Path folder) {
        this.folder = folder;
    }

    /** Opens the journal of a folder, or makes both. */
    public static Journal open(Path folder) throws IOException {
        Journal journal = new Journal(folder);
        Files.createDirectories(folder);
        journal.file = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            journal.load(Files.readAllBytes(folder.resolve(FILE)));
            if (journal.installation.isEmpty()) {
                journal.installation = UUID.randomUUID().toString();
                journal.added.add(new Entry(Kind.INSTALLATION, 0, journal.installation));
                journal.sync();
                syncFolder(folder);
            }
        } catch (IOException | RuntimeException e) {
            journal.file.close();
            throw e;
        }
        return journal;
    }

    /** @return made once, when there was no journal yet */
    public String installation() {
        return installation;
    }

    public Known known(String user) {
        return users.getOrDefault(user, Known.NOTHING);
    }

    /** @return those who are to be greeted without being in the users file */
    public List<String> owed() {
        return users.entrySet().stream()
                .filter(user -> user.getValue().isOwed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A user who is in no file is to be greeted. */
    public void owe(String user, long time) {
        add(new Entry(Kind.OWED, time, user));
    }

    /** The broker has a user's greeting. */
    public void greeted(String user, long time) {
        add(new Entry(Kind.GREETED, time, user));
    }

    /** A user is, or was until now, signed in. */
    public void seen(String user, long time) {
        add(new Entry(Kind.SEEN, time, user));
    }

    /** Whether there is something that a crash would lose. */
    public boolean isDirty() {
        return !added.isEmpty();
    }

    /**
     * Returns once everything that was added is on the disk. When it fails nothing is lost: the next call tries again, and writes
     * over whatever the failed one has left behind.
     */
    public void sync() throws IOException {
        if (added.isEmpty()) {
            return;
        }
        length = write(file, length, added);
        lines += added.size();
        added.clear();
        if (lines > Math.max(FEWEST_LINES_TO_COMPACT, 3 * users.size()) && lines > notBefore) {
            try {
                compact();
            } catch (IOException e) {
                notBefore = 2 * lines;
                LOG.warn("{} cannot be made smaller for now", folder.resolve(FILE), e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            sync();
        } finally {
            file.close();
        }
    }

    private void add(Entry entry) {
        added.add(entry);
        learn(entry);
    }

    private void learn(Entry entry) {
        if (entry.kind() == Kind.INSTALLATION) {
            installation = entry.name();
        } else {
            users.merge(entry.name(), Known.NOTHING.with(entry), (before, ignored) -> before.with(entry));
        }
    }

    private void load(byte[] bytes) throws IOException {
        int start = 0;
        int broken = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                Optional<Entry> entry = Entry.decode(bytes, start, i - start);
                entry.ifPresent(this::learn);
                broken += entry.isPresent() ? 0 : 1;
                lines++;
                start = i + 1;
            }
        }
        if (start < bytes.length || broken > 0) {
            LOG.warn(
                    "{}: {} broken lines and a torn end of {} bytes are left out",
                    folder.resolve(FILE),
                    broken,
                    bytes.length - start);
        }
        length = start;
        file.truncate(length);
    }

    private static long write(FileChannel to, long position, List<Entry> entries) throws IOException {
        List<byte[]> encoded = entries.stream().map(Entry::encode).toList();
        ByteBuffer buffer = ByteBuffer.allocate(
                encoded.stream().mapToInt(line -> line.length).sum());
        encoded.forEach(buffer::put);
        buffer.flip();
        long end = position;
        while (buffer.hasRemaining()) {
            end += to.write(buffer, end);
        }
        to.force(false);
        return end;
    }

    private void compact() throws IOException {
        List<Entry> live = new ArrayList<>();
        live.add(new Entry(Kind.INSTALLATION, 0, installation));
        users.forEach((user, known) -> {
            if (known.isOwed()) {
                live.add(new Entry(Kind.OWED, known.owed(), user));
            }
            if (known.isGreeted()) {
                live.add(new Entry(Kind.GREETED, known.greeted(), user));
            }
            if (known.seen() > 0) {
                live.add(new Entry(Kind.SEEN, known.seen(), user));
            }
        });
        Path next = folder.resolve(FILE + ".next");
        FileChannel fresh = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        long end;
        try {
            end = write(fresh, 0, live);
            Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        file.close();
        file = fresh;
        length = end;
        lines = live.size();
        syncFolder(folder);
    }

    /** Else a file's name may be lost in a crash though its content is on the disk. */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
