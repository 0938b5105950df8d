package gatepost.itests.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessGroupTest {

    @TempDir
    private Path folder;

    @Test
    void whatAProgramStartedEndsWithIt() throws Exception {
        ProcessGroup group = start("sleep 1000 & echo $! > child; exec sleep 1000");
        ProcessHandle child = child();
        assertTrue(group.isAlive());

        group.terminate(Duration.ofSeconds(10));

        assertFalse(group.isAlive());
        child.onExit().get();
    }

    @Test
    void aProgramThatHearsNothingIsKilled() throws Exception {
        ProcessGroup group = start("trap '' TERM; sleep 1000 & echo $! > child; wait");
        ProcessHandle child = child();

        group.kill();

        assertFalse(group.isAlive());
        child.onExit().get();
    }

    private ProcessGroup start(String script) throws Exception {
        return ProcessGroup.start(folder, Map.of(), folder.resolve("out"), "sh", "-c", script);
    }

    private ProcessHandle child() throws Exception {
        Path file = folder.resolve("child");
        Awaitility.await()
                .until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
        return ProcessHandle.of(Long.parseLong(Files.readString(file).trim())).orElseThrow();
    }
}
