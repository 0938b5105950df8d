package gatepost.store.journal;

import java.io.IOException;
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
    private final Replay replay;
    private final List<CheckedFile> checked = new ArrayList<>();
    private final Set<Integer> salts = new LinkedHashSet<>();

    private JournalCheck(Path folder, Replay replay) {
        this.disk = new ReadOnlyDisk(folder);
        this.replay = replay;
    }

    /**
     * @param replay told of all that is whole, as at a start
     * @return what was found in each file, by name
     * @throws IOException when the folder cannot be read; a file that cannot be is {@link CheckedFile.State#UNREADABLE}
     */
    public static List<CheckedFile> of(Path folder, Replay replay) throws IOException {
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
        Segment last = null;
        for (Path file : files) {
            try {
                Segment next = openUnlessBlank(file);
                if (next != null) {
                    look(last, false);
                    last = next;
                }
            } catch (NoSuchFileException e) {
                // gone meanwhile: what was needed of it was written to another file
            } catch (IOException e) {
                unreadable(file, e);
            }
        }
        look(last, true);
    }

    private Segment openUnlessBlank(Path file) throws IOException {
        Segment segment = Segment.open(disk, file, salts);
        try {
            if (!segment.isBlank()) {
                return segment;
            }
        } catch (IOException e) {
            segment.close();
            throw e;
        }
        checked.add(new CheckedFile(name(file), CheckedFile.State.UNUSED, segment.size(), 0, 0, 0, ""));
        segment.close();
        return null;
    }

    private void look(Segment segment, boolean last) {
        if (segment == null) {
            return;
        }
        try {
            try {
                scan(segment, last);
            } finally {
                segment.close();
            }
        } catch (IOException | UnknownRecord e) {
            unreadable(segment.file(), e);
        }
    }

    private void scan(Segment segment, boolean last) throws IOException {
        SegmentScan scan = new SegmentScan(segment);
        scan.replay(last && segment.mayBeTorn(), replay);
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
                scan.records(),
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
}
