package gatepost.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {

    /** Unlike the status of a program that failed. */
    private static final int KEPT_OUT = 7;

    @TempDir
    private Path folder;

    /** Another process, since a lock of the operating system keeps out processes and not threads. */
    static final class Other {

        public static void main(String... arguments) throws Exception {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock() == null ? KEPT_OUT : 0);
            }
        }
    }

    @Test
    void nobodyElseHasATurnBeforeItIsOver() throws Exception {
        String file = folder.resolve("turns").toString();
        Turns turns = Turns.of(new Arguments("--turns=" + file));

        int meanwhile;
        try (Turns.Turn turn = turns.take()) {
            meanwhile = other(file);
        }

        assertEquals(KEPT_OUT, meanwhile);
        assertEquals(0, other(file));
    }

    private static int other(String file) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        file)
                .inheritIO()
                .start()
                .waitFor();
    }
}
