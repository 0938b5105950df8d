package gatepost.store.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.store.journal.CheckedFile.State;
import gatepost.store.queue.StoreCheck;
import gatepost.store.queue.StoreCheck.WaitingIn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is looked at while it is open, and as a crash or a stop left it; each time nothing of it is changed. */
class StoreCheckTest {

    private static final int SEGMENT = 4096;
    private static final String FIRST = "0000000001.journal";
    private static final long ALICE = 1;
    private static final long BOB = 2;

    @TempDir
    private Path data;

    private Path folder;
    private Journal journal;
    private boolean open = true;

    @BeforeEach
    void open() throws IOException {
        folder = data.resolve(StoreCheck.FOLDER);
        journal = new Journal(folder, SEGMENT);
        journal.open(new Nobody());
        Batch batch = journal.batch();
        batch.queue(ALICE, "user.alice");
        batch.queue(BOB, "user.bob");
        add(batch, ALICE, 1);
        add(batch, ALICE, 2);
        add(batch, BOB, 3);
        batch.remove(ALICE, 1);
        journal.append(batch);
        journal.force();
    }

    @AfterEach
    void close() throws IOException {
        if (open) {
            open = false;
            journal.close();
        }
    }

    @Test
    void whatWaitsIsToldOfAnOpenJournalAndOfOneThatIsClosed() throws IOException {
        add(4, ALICE);
        StoreCheck check = check();

        assertTrue(check.isGood());
        assertEquals(List.of(new WaitingIn("user.alice", 2, 0), new WaitingIn("user.bob", 1, 0)), check.queues());
        assertEquals("Nothing is damaged. 3 messages wait in 2 queues", check.summary());
        CheckedFile first = first(check);
        assertEquals(State.WHOLE, first.state());
        assertEquals(7, first.records());
        assertEquals("not closed: in use, or stopped by a crash", first.note());

        close();
        assertEquals("", first(check()).note());
    }

    @Test
    void aFileThatWasMadeAheadOfTimeIsUnused() throws IOException {
        Files.write(folder.resolve("0000000009.journal"), new byte[SEGMENT]);
        Files.write(folder.resolve("0000000010.journal.new"), new byte[10]);

        StoreCheck check = check();

        assertEquals(List.of(State.WHOLE, State.UNUSED), states(check));
        assertTrue(check.isGood());
    }

    @Test
    void whatWasBeingWrittenWhenTheMachineStoppedIsNoDamage() throws IOException {
        int torn = add(4, ALICE);
        flip(FIRST, torn + Batch.HEADER + 20);

        StoreCheck check = check();

        assertTrue(check.isGood());
        assertEquals(State.TORN, first(check).state());
        assertEquals("after byte " + torn, first(check).note());
        assertEquals(2, check.messages());
    }

    @Test
    void whatWasConfirmedAndIsNotWholeIsDamage() throws IOException {
        int damaged = add(4, ALICE);
        journal.force();
        Batch batch = journal.batch();
        journal.mark(batch);
        add(batch, BOB, 5);
        journal.append(batch);
        flip(FIRST, damaged + Batch.HEADER + 20);

        StoreCheck check = check();

        assertFalse(check.isGood());
        assertEquals(State.DAMAGED, first(check).state());
        assertEquals(1, first(check).damages());
        assertTrue(first(check).damagedBytes() > 0);
        assertEquals("1 of 1 files are not whole. 3 messages wait in 2 queues", check.summary());
    }

    @Test
    void aFileOfWhichNothingCanBeReadIsDamageAndCostsNoOther() throws IOException {
        Files.write(
                folder.resolve("0000000000.journal"),
                "of something else".repeat(10).getBytes(UTF_8));

        StoreCheck check = check();

        assertEquals(List.of(State.DAMAGED, State.WHOLE), states(check));
        assertEquals("nothing of it can be read", check.files().get(0).note());
        assertEquals(2, check.messages());
    }

    @Test
    void aRecordOfANewerGatepostIsNamed() throws IOException {
        ByteBuffer record = ByteBuffer.allocate(Batch.HEADER + 8);
        record.putInt(0, 8).put(Batch.HEADER, (byte) 63);
        Batch batch = journal.batch();
        int salt = Segment.salt(new ReadOnlyDisk(folder), folder.resolve(FIRST)).orElseThrow();
        record.putInt(
                Integer.BYTES,
                Batch.checksum(new CRC32C(), salt, record.duplicate().position(Batch.HEADER)));
        int end = journal.append(batch);
        write(FIRST, end, record.array());

        CheckedFile first = first(check());

        assertEquals(State.UNREADABLE, first.state());
        assertEquals(
                "the record at " + end + " of " + folder.resolve(FIRST) + " is of the unknown type 63", first.note());
    }

    @Test
    void whatAStartHasPutAsideIsNamed() throws IOException {
        Files.write(folder.resolve("0000000000.journal.damaged"), new byte[10]);
        StoreCheck check = check();
        assertEquals(List.of(State.PUT_ASIDE, State.WHOLE), states(check));
        assertFalse(check.isGood());
    }

    @Test
    void whereThereIsNoFolderThereIsNothingToCheck() {
        assertThrows(NotDirectoryException.class, () -> StoreCheck.of(data.resolve("none")));
    }

    /** By the data folder; by the journal's own it is the same. */
    private StoreCheck check() throws IOException {
        Map<String, String> before = contents();
        StoreCheck check = StoreCheck.of(data);
        assertEquals(check, StoreCheck.of(folder));
        assertEquals(before, contents());
        return check;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                contents.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file) + " "
                                + ByteBuffer.wrap(Files.readAllBytes(file)).hashCode());
            }
        }
        return contents;
    }

    private static List<State> states(StoreCheck check) {
        return check.files().stream().map(CheckedFile::state).toList();
    }

    private static CheckedFile first(StoreCheck check) {
        return check.files().stream()
                .filter(file -> file.name().equals(FIRST))
                .findFirst()
                .orElseThrow();
    }

    private int add(long sequence, long queue) throws IOException {
        Batch batch = journal.batch();
        add(batch, queue, sequence);
        return journal.append(batch);
    }

    private static void add(Batch batch, long queue, long sequence) {
        byte[] message = ("message " + sequence).repeat(10).getBytes(UTF_8);
        batch.add(queue, sequence, 0, message, 0, message.length);
    }

    private void flip(String name, int offset) throws IOException {
        byte[] all = Files.readAllBytes(folder.resolve(name));
        write(name, offset, new byte[] {(byte) (all[offset] ^ 0x40)});
    }

    private void write(String name, int offset, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        }
    }

    /** There is nothing yet. */
    private static final class Nobody implements Replay {

        @Override
        public void queue(long queue, String name, long location) {
            throw new AssertionError(name);
        }

        @Override
        public void add(long queue, long sequence, long expiration, ByteBuffer message, long location) {
            throw new AssertionError(sequence);
        }

        @Override
        public void remove(long queue, long sequence) {
            throw new AssertionError(sequence);
        }

        @Override
        public void drop(long queue) {
            throw new AssertionError(queue);
        }
    }
}
