package gatepost.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each change leaves size and time as they were, where it can. */
class FileStampTest {

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = old(Files.writeString(folder.resolve("file"), "one"));
    }

    @Test
    void aFileThatNobodyTouchedIsTheSame() {
        assertEquals(FileStamp.of(file), FileStamp.of(file));
    }

    @Test
    void aFileThatWasReplacedIsAnother() throws IOException {
        FileStamp before = FileStamp.of(file);
        Files.move(
                old(Files.writeString(folder.resolve("fresh"), "two")),
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        assertNotEquals(before, FileStamp.of(file));
    }

    @Test
    void aFileThatWasWrittenInPlaceIsAnother() throws IOException {
        FileStamp before = FileStamp.of(file);
        do {
            // the file system's clock moves only some hundred times a second
            old(Files.writeString(file, "two"));
        } while (Files.getAttribute(file, "unix:ctime").equals(before.changed()));
        assertEquals(before.key(), FileStamp.of(file).key());
        assertNotEquals(before, FileStamp.of(file));
    }

    @Test
    void aLinkThatWasSwitchedIsAnother() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
        FileStamp before = FileStamp.of(link);
        assertEquals(FileStamp.of(file), before);

        switchTo(link, old(Files.writeString(folder.resolve("other"), "two")));
        assertNotEquals(before, FileStamp.of(link));
    }

    @Test
    void aLinkOnTheWayThatWasSwitchedIsAnother() throws IOException {
        Path one = Files.createDirectory(folder.resolve("..one"));
        Path two = Files.createDirectory(folder.resolve("..two"));
        old(Files.writeString(one.resolve("secret"), "one"));
        old(Files.writeString(two.resolve("secret"), "two"));
        Path data = Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
        Path secret = Files.createSymbolicLink(folder.resolve("secret"), Path.of("..data", "secret"));
        FileStamp before = FileStamp.of(secret);

        switchTo(data, two);
        assertNotEquals(before, FileStamp.of(secret));
    }

    @Test
    void oneThatIsNotThereHasNoContentNorHasOneThatLeadsNowhere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        assertFalse(FileStamp.of(link).exists());
        assertFalse(FileStamp.of(folder.resolve("none")).exists());
        assertFalse(FileStamp.of(folder.resolve("none")).hasContent());
        assertTrue(FileStamp.of(file).exists());
        assertTrue(FileStamp.of(file).hasContent());
    }

    @Test
    void anEmptyOneIsThereAndHasNoContent() throws IOException {
        Files.writeString(file, "");
        assertTrue(FileStamp.of(file).exists());
        assertFalse(FileStamp.of(file).hasContent());
    }

    private void switchTo(Path link, Path target) throws IOException {
        Path next = Files.createSymbolicLink(folder.resolve("next"), target.getFileName());
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, TIME);
    }
}
