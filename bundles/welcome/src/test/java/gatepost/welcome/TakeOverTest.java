package gatepost.welcome;

import static gatepost.welcome.WelcomeSettingsTest.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOverTest {

    private static final String OLD_FILE =
            "767ed4da INSTALLATION 0 3ab11253-e648-42cb-8d90-106745953cd5\n0e2eb632 OWED 1795850000000 frank\n7a0ac2c8 GREETED 1795850000000 alice\n709a26bd GREETED 1795850000001 M\u00fcller\ndb253305 GREETED 1795850000002 \\005c \\d83d\\de00\nb97fc80e SEEN 1795850000000 alice\n";

    @TempDir
    private Path data;

    private Path folder;
    private final TestRecords records = new TestRecords();
    private final GreetedUsers users = new GreetedUsers(() -> records);

    @BeforeEach
    void start() throws IOException {
        folder = data.resolve("gatepost-welcome");
        users.change(settings());
    }

    private void old(String... lines) throws IOException {
        Files.createDirectories(folder);
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            CRC32 crc = new CRC32();
            crc.update(line.getBytes(StandardCharsets.UTF_8));
            text.append(String.format("%08x %s\n", crc.getValue(), line));
        }
        Files.writeString(folder.resolve(GreetedJournal.FILE), text);
    }

    private boolean complete() {
        return new TakeOver(folder).complete(users);
    }

    @Test
    void withoutAnOldFileThereIsNothingToDo() {
        records.trouble = "the broker is not running";
        assertTrue(complete());
        assertFalse(Files.exists(folder));
    }

    /** Byte for byte what the version before wrote: the checksums are its own. */
    @Test
    void aFileThatTheVersionBeforeWroteIsRead() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(GreetedJournal.FILE), OLD_FILE);
        assertTrue(complete());
        assertEquals(
                Set.of("user.alice welcome", "user.M\u00fcller welcome", "user.\\ \ud83d\ude00 welcome"), records.sent);
        assertEquals(Map.of("user.alice", 1795850000000L), records.seen);
        assertFalse(Files.exists(folder));
    }

    @Test
    void whoWasGreetedIsTakenOverAndWhoWasNotIsNot() throws IOException {
        old(
                "INSTALLATION 0 73d6",
                "OWED 5 frank",
                "OWED 5 alice",
                "GREETED 6 alice",
                "SEEN 7 alice",
                "SEEN 9 alice",
                "SEEN 8 root",
                "GREETED 6 bob");
        Files.writeString(folder.resolve(GreetedJournal.FILE + ".next"), "half of wh");
        assertTrue(complete());
        assertEquals(Set.of("user.alice welcome", "user.bob welcome"), records.sent);
        assertEquals(Map.of("user.alice", 9L), records.seen);
        assertFalse(Files.exists(folder));
    }

    @Test
    void whoWasSeenSinceIsNotTakenForAway() throws IOException {
        old("GREETED 6 alice", "SEEN 9 alice");
        records.seen.put("user.alice", 10L);
        assertTrue(complete());
        assertEquals(Map.of("user.alice", 10L), records.seen);
    }

    @Test
    void theOldFileStaysUntilAllIsOnTheDisk() throws IOException {
        old("GREETED 6 alice");
        TakeOver takeOver = new TakeOver(folder);
        records.trouble = "the broker is not running";
        assertFalse(takeOver.complete(users));
        records.trouble = "";
        records.failing = true;
        assertFalse(takeOver.complete(users));
        assertTrue(Files.exists(folder.resolve(GreetedJournal.FILE)));
        records.failing = false;
        assertTrue(takeOver.complete(users));
        assertFalse(Files.exists(folder));
        assertEquals(Set.of("user.alice welcome"), records.sent);
    }

    @Test
    void whatIsNotWholeIsLeftOutAndTheRestIsTakenOver() throws IOException {
        old("GREETED 6 alice", "GREETED 6 bob", "GREETED 6 carol");
        Path file = folder.resolve(GreetedJournal.FILE);
        Files.writeString(file, Files.readString(file).replace("bob", "Bob") + "12345678 GREETED 6 da");
        assertTrue(complete());
        assertEquals(Set.of("user.alice welcome", "user.carol welcome"), records.sent);
    }

    @Test
    void whoCanHaveNoInboxIsLeftOut() throws IOException {
        old("GREETED 6 alice", "GREETED 6 x");
        records.prefix = "user.a";
        users.change(settings("destination", "queue://user.a{user}"));
        records.prefix = "user.a";
        assertTrue(complete());
        assertEquals(Set.of("user.aalice welcome", "user.ax welcome"), records.sent);
        old("GREETED 6 bob");
        users.change(settings("destination", "queue://user.{user}"));
        assertTrue(complete());
        assertEquals(2, records.sent.size());
        assertFalse(Files.exists(folder));
    }
}
