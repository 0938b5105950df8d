package gatepost.store.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void anEmptyJournalIsGood() {
        assertEquals(0, run(folder.toString()));
        assertEquals("Nothing is damaged. 0 messages wait in 0 queues\n", printed.toString(UTF_8));
    }

    @Test
    void aDamagedOneSaysSoInItsStatusToo() throws Exception {
        Path journal = Files.createDirectory(folder.resolve("queues"));
        Files.write(journal.resolve("0000000007.journal"), "no journal at all, but long enough".getBytes(UTF_8));
        assertEquals(1, run(folder.toString(), "--queues"));
        assertTrue(
                printed.toString(UTF_8).startsWith("0000000007.journal  34 bytes, 0 records: damaged in "),
                printed.toString(UTF_8));
        assertEquals(
                "1 of 1 files are not whole. 0 messages wait in 0 queues",
                printed.toString(UTF_8).lines().skip(1).findFirst().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no/such/folder", "", "--queues", "--help"})
    void whatIsNoFolderIsSaidToBeNone(String argument) {
        assertEquals(2, run(argument.isEmpty() ? new String[0] : new String[] {argument}));
        assertEquals("", printed.toString(UTF_8));
        assertTrue(
                errors.toString(UTF_8)
                        .startsWith(
                                argument.startsWith("/") ? argument + " is no folder" : "expected FOLDER [--queues]"),
                errors.toString(UTF_8));
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintStream(printed, true, UTF_8), new PrintStream(errors, true, UTF_8));
    }
}
