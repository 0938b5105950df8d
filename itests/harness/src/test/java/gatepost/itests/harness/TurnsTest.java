package gatepost.itests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.library.Program;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {

    @TempDir
    private Path folder;

    private Path story;

    @BeforeEach
    void begin() throws Exception {
        story = Files.createFile(folder.resolve("story"));
    }

    @Test
    void mostRunBesideOneAnother() {
        try (Program one = suite("one", false);
                Program other = suite("other", false)) {
            assertEquals("asks", one.line());
            assertEquals("asks", other.line());
            assertEquals("has a turn", one.line());
            assertEquals("has a turn", other.line());
        }
    }

    @Test
    void whoIsToBeAloneWaitsForOthersAndTheyForThem() throws Exception {
        try (Program first = suite("first", false)) {
            assertEquals("asks", first.line());
            assertEquals("has a turn", first.line());
            try (Program alone = suite("alone", true)) {
                waits(alone, "first begins");
                first.finish();
                assertEquals("has a turn", alone.line());
                try (Program last = suite("last", false)) {
                    waits(last, "first begins", "first ends", "alone begins");
                    alone.finish();
                    assertEquals("has a turn", last.line());
                    last.finish();
                }
            }
        }
        assertEquals(
                List.of("first begins", "first ends", "alone begins", "alone ends", "last begins", "last ends"),
                Files.readAllLines(story));
    }

    /** A while that goes by without a turn shows that there is none. */
    private void waits(Program suite, String... sofar) {
        assertEquals("asks", suite.line());
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> Files.readAllLines(story).equals(List.of(sofar)));
    }

    private Program suite(String name, boolean alone) {
        return Beside.start(Suite.class, name, "" + alone, folder.toString());
    }

    /** Takes a turn, and gives it back when its input ends. */
    static final class Suite {

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[2]);
            System.out.println("asks");
            try (FileChannel file = Turns.open(folder.resolve("lock"));
                    AutoCloseable turn = Turns.take(file, Boolean.parseBoolean(arguments[1]))) {
                tell(folder, arguments[0] + " begins");
                System.out.println("has a turn");
                while (System.in.read() >= 0) {
                    // nobody says anything
                }
                tell(folder, arguments[0] + " ends");
            }
        }

        private static void tell(Path folder, String line) throws Exception {
            Files.writeString(folder.resolve("story"), line + "\n", StandardOpenOption.APPEND);
        }
    }
}
