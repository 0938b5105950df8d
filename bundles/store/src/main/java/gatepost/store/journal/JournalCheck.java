package gatepost.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at all files of a journal and changes none. The journal may be in use meanwhile: then what is written during the look may be
 * missing from what it finds. For one thread; reads one file at a time into memory.
 */
public final class JournalCheck {

    private final Disk disk;
    private final Counting found;
    private final List<CheckedFile> checked = new ArrayList<>();
    private final Set<Integer> salts = new LinkedHashSet<>();

    private JournalCheck(Path folder, Journal.Replay replay) {
        this.disk = new ReadOnlyDisk(folder);
        this.found = new Counting(replay);
    }

    /**
     * @param replay told of all that is whole, as at a start
     * @return what was found in each file, by name
     * @throws IOException when the folder cannot be read; a file that cannot be is {@link CheckedFile.State#UNREADABLE}
     */
    public static List<CheckedFile> of(Path folder, Journal.Replay replay) throws IOException {
        JournalCheck check = new JournalCheck(folder, replay);
        List<Path> files = check.disk.files().stream().sorted().toList();
        files.stream().filter(Segment::isPutAside).forEach(check::putAside);
        check.files(files.stream().filter(Segment::isSegment).toList());
        return check.checked.stream()
                .sorted(Comparator.comparing(CheckedFile::name))
                .toList();
    }

    private void putAside(Path file) {
        checked.add(new CheckedFile(name(file), CheckedFile.State.PUT_ASIDE, length(file), 0, 0, 0, ""));
    }

    private void files(List<Path> files) {
        for (Path file : files) {
            try {
                Segment.salt(disk, file).ifPresent(salts::add);
            } catch (IOException e) {
                // said when its turn comes: it is opened again then
            }
        }
        Path last = null;
        for (Path file : files) {
            try {
                if (isBlank(file)) {
                    checked.add(new CheckedFile(name(file), CheckedFile.State.UNUSED, length(file), 0, 0, 0, ""));
                    continue;
                }
            } catch (NoSuchFileException e) {
                continue; // what was needed of it was written to another file meanwhile
            } catch (IOException e) {
                unreadable(file, e);
                continue;
            }
            look(last, false);
            last = file;
        }
        look(last, true);
    }

    private boolean isBlank(Path file) throws IOException {
        Segment segment = Segment.open(disk, file, salts);
        try {
            return segment.isBlank();
        } finally {
            segment.close();
        }
    }

    private void look(Path file, boolean last) {
        if (file == null) {
            return;
        }
        try {
            Segment segment = Segment.open(disk, file, salts);
            try {
                look(segment, last);
            } finally {
                segment.close();
            }
        } catch (NoSuchFileException e) {
            // cleaned away meanwhile
            return;
        } catch (IOException | UnknownRecord e) {
            unreadable(file, e);
        }
    }

    private void look(Segment segment, boolean last) throws IOException {
        SegmentScan scan = new SegmentScan(segment);
        long before = found.records;
        scan.replay(last && segment.mayBeTorn(), found);
        CheckedFile.State state = CheckedFile.State.WHOLE;
        String note = last && !segment.isSealed() ? "not closed: in use, or stopped by a crash" : "";
        if (scan.damages() > 0) {
            state = CheckedFile.State.DAMAGED;
            note = segment.isDamaged() && scan.end() == Segment.HEAD ? "nothing of it can be read" : note;
        } else if (scan.isTorn()) {
            state = CheckedFile.State.TORN;
            note = "after byte " + scan.end();
        }
        checked.add(new CheckedFile(
                name(segment.file()),
                state,
                segment.size(),
                found.records - before,
                scan.damages(),
                scan.damagedBytes(),
                note));
    }

    private void unreadable(Path file, Exception why) {
        checked.add(new CheckedFile(
                name(file), CheckedFile.State.UNREADABLE, length(file), 0, 0, 0, String.valueOf(why.getMessage())));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // it is gone, or its state says that it cannot be read
        }
    }

    /** Counts what it passes on. */
    private static final class Counting implements Journal.Replay {

        private final Journal.Replay next;
        private long records;

        Counting(Journal.Replay next) {
            this.next = next;
        }

        @Override
        public void queue(long queue, String name, long location) {
            records++;
            next.queue(queue, name, location);
        }

        @Override
        public void add(long queue, long sequence, long expiration, ByteBuffer message, long location) {
            records++;
            next.add(queue, sequence, expiration, message, location);
        }

        @Override
        public void remove(long queue, long sequence) {
            records++;
            next.remove(queue, sequence);
        }

        @Override
        public void drop(long queue) {
            records++;
            next.drop(queue);
        }
    }
}
