package gatepost.authorization.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EnginePurityTest {

    @Test
    void theEngineUsesNothingButPlainJava() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/gatepost/authorization/engine"))) {
            List<Path> files = sources.toList();
            assertFalse(files.isEmpty());
            for (Path file : files) {
                assertEquals(
                        List.of(),
                        Files.readAllLines(file).stream()
                                .filter(line ->
                                        line.startsWith("import ") && !line.matches("import (static )?java\\..*"))
                                .toList());
            }
        }
    }
}
