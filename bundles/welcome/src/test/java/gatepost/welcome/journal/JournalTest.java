package gatepost.welcome.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final List<String> NAMES = List.of(
            "alice",
            "bob@example.com",
            "a\nb",
            "\r",
            "\\",
            "\\n",
            " a b ",
            "\u0000",
            "M\u00fcller",
            "\ud83d\ude00",
            "\ud83d",
            "\u2028",
            "",
            "00000000 GREETED 1 eve");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve(Journal.FILE);
    }

    private interface Use {
        void of(Journal journal) throws IOException;
    }

    private void open(Use use) throws IOException {
        try (Journal journal = Journal.open(folder)) {
            use.of(journal);
        }
    }

    @Test
    void whatWasWrittenIsThereAgainWhateverTheName() throws IOException {
        open(journal -> {
            NAMES.forEach(name -> journal.owe(name, 1));
            NAMES.stream().skip(1).forEach(name -> journal.greeted(name, 2));
            NAMES.stream().skip(2).forEach(name -> journal.seen(name, 3));
            assertEquals(new Known(1, 2, 3), journal.known("\\"));
        });
        open(journal -> {
            assertEquals(new Known(1, 0, 0), journal.known("alice"));
            assertEquals(new Known(1, 2, 0), journal.known("bob@example.com"));
            NAMES.stream().skip(2).forEach(name -> assertEquals(new Known(1, 2, 3), journal.known(name), name));
            assertEquals(List.of("alice"), journal.owed());
            assertFalse(journal.known("eve").isGreeted());
        });
    }

    @Test
    void installationIsMadeOnce() throws IOException {
        String[] id = new String[1];
        open(journal -> id[0] = journal.installation());
        open(journal -> assertEquals(id[0], journal.installation()));
        Files.delete(file());
        open(journal -> assertNotEquals(id[0], journal.installation()));
    }

    @Test
    void nothingIsOnTheDiskBeforeASyncAndEverythingAfterIt() throws IOException {
        open(journal -> {
            journal.greeted("alice", 1);
            assertTrue(journal.isDirty());
            byte[] before = Files.readAllBytes(file());
            journal.sync();
            assertFalse(journal.isDirty());
            byte[] after = Files.readAllBytes(file());
            assertTrue(after.length > before.length);
            journal.sync();
            assertEquals(after.length, Files.size(file()));
        });
    }

    @Test
    void recordThatACrashLeftTornIsDroppedWhereverItWasCut() throws IOException {
        open(journal -> {
            journal.greeted("alice", 1);
            journal.greeted("bob", 2);
        });
        byte[] whole = Files.readAllBytes(file());
        int last = whole.length - 2;
        while (whole[last - 1] != '\n') {
            last--;
        }
        for (int length = last; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            open(journal -> {
                assertTrue(journal.known("alice").isGreeted());
                assertFalse(journal.known("bob").isGreeted());
                journal.greeted("carol", 3);
            });
            open(journal -> assertTrue(
                    journal.known("carol").isGreeted() && journal.known("alice").isGreeted()));
        }
    }

    @Test
    void recordThatIsSpoiltIsDroppedAndThoseAfterItAreNot() throws IOException {
        open(journal -> {
            journal.greeted("alice", 1);
            journal.greeted("bob", 2);
        });
        byte[] bytes = Files.readAllBytes(file());
        String text = Files.readString(file());
        bytes[text.indexOf("alice")] = 'A';
        Files.write(file(), bytes);
        open(journal -> {
            assertFalse(journal.known("alice").isGreeted());
            assertFalse(journal.known("Alice").isGreeted());
            assertTrue(journal.known("bob").isGreeted());
        });
    }

    @Test
    void overtakenRecordsAreLeftOutInTheEnd() throws IOException {
        String[] id = new String[1];
        open(journal -> {
            id[0] = journal.installation();
            journal.owe("owed", 7);
            journal.greeted("alice", 1);
            for (int i = 0; i < 10_000; i++) {
                journal.seen("alice", i);
                if (i % 100 == 0) {
                    journal.sync();
                }
            }
        });
        assertTrue(Files.readAllLines(file()).size() < 1200);
        open(journal -> {
            assertEquals(new Known(0, 1, 9999), journal.known("alice"));
            assertEquals(new Known(7, 0, 0), journal.known("owed"));
            assertEquals(id[0], journal.installation());
        });
        try (var files = Files.list(folder)) {
            assertEquals(Set.of(file()), Set.copyOf(files.toList()));
        }
    }

    @Test
    void crashWhileItWasMadeSmallerLosesNothing() throws IOException {
        open(journal -> journal.greeted("alice", 1));
        Files.writeString(folder.resolve(Journal.FILE + ".next"), "half of wh");
        open(journal -> {
            assertTrue(journal.known("alice").isGreeted());
            for (int i = 0; i < 1100; i++) {
                journal.seen("alice", i);
            }
        });
        open(journal -> assertEquals(new Known(0, 1, 1099), journal.known("alice")));
    }

    @Test
    void hundredThousandNamesAreThereInAMoment() throws IOException {
        open(journal -> IntStream.range(0, 100_000).forEach(i -> journal.greeted("user-" + i + "@example.com", i + 1)));
        // a second on an idle machine is ten times what it takes; the limit only catches what does not scale
        assertTimeout(
                Duration.ofSeconds(20),
                () -> open(journal ->
                        assertTrue(journal.known("user-99999@example.com").isGreeted())));
    }
}
