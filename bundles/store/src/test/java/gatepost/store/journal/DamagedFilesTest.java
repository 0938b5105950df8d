package gatepost.store.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedFilesTest {

    private static final int SEGMENT = 4096;

    @TempDir
    private Path folder;

    private final List<String> replayed = new ArrayList<>();
    private final List<Journal> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (Journal journal : List.copyOf(opened)) {
            close(journal);
        }
    }

    @Test
    void aFileThatACrashLeftHalfMadeIsForgotten() throws IOException {
        write(open(), 1, "first");
        Files.createFile(folder.resolve("0000000002.journal"));
        Files.write(folder.resolve("0000000003.journal"), new byte[SEGMENT]);
        Files.write(folder.resolve("0000000004.journal.new"), new byte[100]);

        Journal again = open();

        assertEquals(List.of("add 1"), replayed);
        assertEquals(List.of("0000000001.journal"), names());
        assertEquals(0, again.damage());
    }

    @Test
    void ofWhatWasTornNothingCountsThatComesAfterTheTear() throws IOException {
        Journal journal = open();
        write(journal, 1, "first");
        Batch batch = journal.batch();
        int torn = add(batch, 2, "moved to another queue");
        batch.remove(1, 1);
        int start = journal.append(batch);
        flip("0000000001.journal", start + torn + Batch.HEADER + 20);

        Journal again = open();

        // the message is still where it was
        assertEquals(List.of("add 1"), replayed);
        assertEquals(0, again.damage());
        write(again, 9, "next");
        open();
        assertEquals(List.of("add 1", "add 9"), replayed);
    }

    @Test
    void whatIsDamagedBeforeSomethingThatSaysItWasSyncedIsPassedOverAndCounted() throws IOException {
        Journal journal = open();
        int damaged = write(journal, 1, "first");
        write(journal, 9, "second");
        Batch batch = journal.batch();
        journal.mark(batch);
        journal.append(batch);
        journal.force();
        flip("0000000001.journal", damaged + Batch.HEADER + 20);

        Journal again = open();

        assertEquals(List.of("add 9"), replayed);
        assertEquals(1, again.damage());
    }

    @Test
    void aMarkOfAnotherFileSaysNothing() throws IOException {
        Journal journal = open();
        write(journal, 1, "x".repeat(SEGMENT / 2));
        Batch batch = journal.batch();
        journal.mark(batch);
        int torn = add(batch, 2, "x".repeat(SEGMENT - 300));
        add(batch, 3, "after it");
        int start = journal.append(batch);
        assertTrue(start == Segment.HEAD, "it is in a file of its own");
        flip("0000000002.journal", start + torn + Batch.HEADER + 20);

        Journal again = open();

        assertEquals(List.of("add 1"), replayed);
        assertEquals(0, again.damage());
    }

    @Test
    void aFileWhoseBeginningIsDamagedIsReadAsTheOthers() throws IOException {
        for (int at : new int[] {1, 5}) {
            Journal journal = open();
            write(journal, 1, "x".repeat(SEGMENT - 100));
            write(journal, 9, "x".repeat(SEGMENT - 100));
            close(journal);
            flip("0000000001.journal", at);

            Journal again = open();

            assertEquals(List.of("add 1", "add 9"), replayed);
            assertEquals(1, again.damage());
            close(again);
            deleteAll();
        }
    }

    @Test
    void aFileOfWhichNothingCanBeReadIsPutAside() throws IOException {
        Journal journal = open();
        write(journal, 1, "first");
        close(journal);
        flip("0000000001.journal", 5);

        Journal again = open();

        assertEquals(List.of(), replayed);
        assertEquals(List.of("0000000001.journal.damaged"), names());
        assertTrue(again.damage() > 0);
    }

    @Test
    void aDamagedFileIsPutAsideAndNotDeletedOnceNothingOfItIsNeeded() throws IOException {
        Journal journal = open();
        write(journal, 1, "first");
        write(journal, 2, "second");
        write(journal, 3, "x".repeat(SEGMENT));
        close(journal);
        flip("0000000001.journal", Segment.HEAD + 3);
        Journal again = open();
        assertFalse(names().contains("0000000001.journal.damaged"));

        write(again, 9, "last");
        again.drop(again.wasteful());

        assertTrue(names().contains("0000000001.journal.damaged"), names()::toString);
    }

    @Test
    void whatWasRefusedDoesNotComeBackThoughALaterSyncSucceeds() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new Random(1));
        Journal journal = new Journal(disk, SEGMENT, new SpareSegment(disk, Runnable::run));
        journal.open(new Replayed());
        write(journal, 1, "first");
        Batch refused = journal.batch();
        add(refused, 2, "refused");
        journal.append(refused);
        disk.failing(1);
        assertThrows(IOException.class, journal::force);
        journal.abandon();
        assertThrows(IOException.class, () -> write(journal, 3, "while the disk fails"));
        journal.abandon();
        disk.failing(0);
        write(journal, 9, "last");
        disk.powerCut();

        new Journal(disk, SEGMENT, new SpareSegment(disk, Runnable::run)).open(new Replayed());

        assertEquals(List.of("add 1", "add 9"), replayed);
    }

    /** It would be said to be damage, and what comes after the tear would count. */
    @Test
    void aPowerCutDuringAStartLeavesNoTearThatIsTakenForDamage() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            SimulatedDisk disk = new SimulatedDisk(new Random(seed));
            Journal journal = on(disk);
            journal.open(new Replayed());
            write(journal, 1, "first");
            for (int sequence = 2; sequence < 20; sequence++) {
                Batch batch = journal.batch();
                add(batch, sequence, "not synced");
                journal.append(batch);
            }
            disk.kill();
            disk.cutAfter(1 + seed % 12);
            try {
                on(disk).open(new Replayed());
            } catch (SimulatedDisk.Cut e) {
                assertFalse(replayed.size() > 19, () -> "something came twice: " + replayed);
            }
            disk.powerCut();

            Journal again = on(disk);
            again.open(new Replayed());

            assertEquals(0, again.damage(), "seed " + seed);
            assertEquals(
                    IntStream.rangeClosed(1, replayed.size())
                            .mapToObj(sequence -> "add " + sequence)
                            .toList(),
                    replayed);
        }
    }

    private static Journal on(SimulatedDisk disk) {
        return new Journal(disk, SEGMENT, new SpareSegment(disk, Runnable::run));
    }

    private int write(Journal journal, long sequence, String text) throws IOException {
        Batch batch = journal.batch();
        add(batch, sequence, text);
        int start = journal.append(batch);
        journal.force();
        return start;
    }

    private static int add(Batch batch, long sequence, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return batch.add(1, sequence, 0, bytes, 0, bytes.length);
    }

    private Journal open() throws IOException {
        Journal journal = new Journal(folder, SEGMENT);
        journal.open(new Replayed());
        opened.add(journal);
        return journal;
    }

    private void close(Journal journal) throws IOException {
        opened.remove(journal);
        journal.close();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void deleteAll() throws IOException {
        for (String name : names()) {
            Files.delete(folder.resolve(name));
        }
    }

    private void flip(String name, int offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.seek(offset);
            int old = file.read();
            file.seek(offset);
            file.write(old ^ 0x40);
        }
    }

    private final class Replayed implements Replay {

        Replayed() {
            replayed.clear();
        }

        @Override
        public void queue(long queue, String name, long location) {
            replayed.add("queue " + queue);
        }

        @Override
        public void add(long queue, long sequence, long expiration, ByteBuffer message, long location) {
            replayed.add("add " + sequence);
        }

        @Override
        public void remove(long queue, long sequence) {
            replayed.add("remove " + sequence);
        }

        @Override
        public void drop(long queue) {
            replayed.add("drop " + queue);
        }
    }
}
