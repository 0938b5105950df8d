package gatepost.store.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final int SEGMENT = 4096;

    @TempDir
    private Path folder;

    private final List<String> replayed = new ArrayList<>();
    private final List<Long> locations = new ArrayList<>();

    @Test
    void whatWasAppendedIsReplayedInItsOrderAndReadWhereItIs() throws IOException {
        Journal journal = open();
        Batch batch = journal.batch();
        batch.queue(1, "user.alice");
        int offset = add(batch, 1, 10, "hello");
        batch.remove(1, 9);
        batch.drop(2);
        int start = journal.append(batch);
        assertEquals("hello", text(journal, journal.location(batch, start, offset)));
        journal.close();

        Journal again = open();

        assertEquals(List.of("queue 1 user.alice", "add 1 10", "remove 1 9", "drop 2"), replayed);
        assertEquals("hello", text(again, locations.get(0)));
        again.close();
    }

    @Test
    void theMembersOfAGroupAreReplayedAndReadAsIfTheyStoodAlone() throws IOException {
        Journal journal = open();
        Batch batch = journal.batch();
        batch.beginGroup();
        add(batch, 1, 1, "one");
        batch.remove(3, 4);
        add(batch, 2, 2, "three and more");
        batch.endGroup();
        add(batch, 1, 3, "after it");
        journal.append(batch);
        journal.close();

        Journal again = open();

        assertEquals(List.of("add 1 1", "remove 3 4", "add 2 2", "add 1 3"), replayed);
        assertEquals(
                List.of("one", "three and more", "after it"),
                List.of(text(again, locations.get(0)), text(again, locations.get(1)), text(again, locations.get(2))));
        again.close();
    }

    @Test
    void aGroupThatWasTornCountsForNothing() throws IOException {
        Journal journal = open();
        Batch batch = journal.batch();
        add(batch, 1, 1, "before");
        journal.append(batch);
        batch.clear();
        batch.beginGroup();
        add(batch, 1, 2, "a");
        add(batch, 1, 3, "b");
        batch.endGroup();
        int start = journal.append(batch);
        journal.close();
        damage(start + batch.size() - 9);

        open().close();

        // its first member is whole, and all the same it must not count
        assertEquals(List.of("add 1 1"), replayed);
    }

    @Test
    void aDamagedRecordIsPassedOverAndThoseAfterItAreRead() throws IOException {
        Journal journal = open();
        Batch batch = journal.batch();
        add(batch, 1, 1, "first");
        int damaged = add(batch, 1, 2, "second");
        add(batch, 1, 3, "third");
        int start = journal.append(batch);
        journal.close();
        damage(start + damaged + Batch.HEADER + 26);

        Journal again = open();

        assertEquals(List.of("add 1 1", "add 1 3"), replayed);
        assertEquals("third", text(again, locations.get(1)));
        again.close();
    }

    @Test
    void aRecordThatIsDamagedLaterIsNotTakenForAMessage() throws IOException {
        Journal journal = open();
        Batch batch = journal.batch();
        int offset = add(batch, 1, 1, "first");
        int start = journal.append(batch);
        damage(start + offset + Batch.HEADER + 26);

        assertThrows(IOException.class, () -> text(journal, journal.location(batch, start, offset)));
        journal.close();
    }

    @Test
    void aMessageThatLooksLikeARecordIsNotTakenForOneWhereTheRecordAroundItIsDamaged() throws IOException {
        assertEquals(List.of(), replayedWithForged(new Batch(0)));
    }

    @Test
    void onlyTheSecretSaltKeepsItFromThat() throws IOException {
        assertEquals(List.of("add 1 99"), replayedWithForged(null));
    }

    /** @param batch makes the record in the body, {@code null} for one of the journal's own */
    private List<String> replayedWithForged(Batch batch) throws IOException {
        Journal journal = open();
        Batch forged = batch == null ? journal.batch() : batch;
        add(forged, 1, 99, "forged");
        byte[] body = new byte[7 + forged.size()];
        forged.bytes().get(body, 7, forged.size());
        Batch honest = journal.batch();
        // 25 bytes of an ADD's own and 7 of this: the body begins where records may begin
        honest.add(1, 1, 0, body, 0, body.length);
        int start = journal.append(honest);
        journal.close();
        damage(start);
        open().close();
        return replayed;
    }

    @Test
    void whatDoesNotFitGoesToTheNextFileHoweverLargeItIs() throws IOException {
        Journal journal = open();
        for (int i = 0; i < 5; i++) {
            Batch batch = journal.batch();
            add(batch, 1, i, "x".repeat(i == 3 ? 3 * SEGMENT : SEGMENT / 2));
            journal.append(batch);
        }
        journal.close();

        open().close();

        assertEquals(List.of("add 1 0", "add 1 1", "add 1 2", "add 1 3", "add 1 4"), replayed);
    }

    @Test
    void filesWithNothingInThemAreRemovedAtTheStartAndUnusedSpaceIsGivenBack() throws IOException {
        Journal journal = open();
        Batch batch = journal.batch();
        add(batch, 1, 1, "first");
        journal.append(batch);
        journal.close();
        for (int i = 0; i < 3; i++) {
            open().close();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all::toString);
            assertEquals(Segment.HEAD + batch.size(), Files.size(all.get(0)));
        }
    }

    private Journal open() throws IOException {
        replayed.clear();
        locations.clear();
        Journal journal = new Journal(folder, SEGMENT);
        journal.open(new Replay() {
            @Override
            public void queue(long queue, String name, long location) {
                replayed.add("queue " + queue + " " + name);
            }

            @Override
            public void add(long queue, long sequence, long expiration, ByteBuffer message, long location) {
                replayed.add("add " + queue + " " + sequence);
                locations.add(location);
            }

            @Override
            public void remove(long queue, long sequence) {
                replayed.add("remove " + queue + " " + sequence);
            }

            @Override
            public void drop(long queue) {
                replayed.add("drop " + queue);
            }
        });
        return journal;
    }

    private static int add(Batch batch, long queue, long sequence, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return batch.add(queue, sequence, 0, bytes, 0, bytes.length);
    }

    private static String text(Journal journal, long location) throws IOException {
        return UTF_8.decode(journal.message(location)).toString();
    }

    private void damage(int offset) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path last = files.filter(Segment::isSegment).max(Path::compareTo).orElseThrow();
            try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
                file.seek(offset);
                int old = file.read();
                file.seek(offset);
                file.write(old ^ 0x55);
            }
        }
    }
}
