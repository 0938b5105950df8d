package gatepost.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackwardLinesTest {

    @TempDir
    private Path folder;

    private List<String> lines(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.log"), text);
        List<String> lines = new ArrayList<>();
        try (BackwardLines backward = new BackwardLines(file)) {
            for (String line = backward.previous(); line != null; line = backward.previous()) {
                lines.add(line);
            }
        }
        Collections.reverse(lines);
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "a\nb\n", "\n", "\n\na\n\n", "ü\né€\n"})
    void linesComeFromTheLastToTheFirst(String text) throws IOException {
        assertEquals(text.lines().toList(), lines(text));
    }

    @Test
    void whatIsStillBeingWrittenIsLeftOut() throws IOException {
        assertEquals(List.of("a"), lines("a\nhalf"));
        assertEquals(List.of(), lines("half"));
        assertEquals(List.of(), lines(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000})
    void blocksAreJoinedWhereverTheyEnd(int size) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < size; i++) {
            text.append("line ").append(i).append("ü\n");
        }
        text.append("x".repeat(size % 97)).append('\n');
        assertEquals(text.toString().lines().toList(), lines(text.toString()));
    }

    @Test
    void ofALongLineTheBeginningIsKept() throws IOException {
        String line = IntStream.range(0, 60_000).mapToObj(i -> i + ",").reduce("", String::concat);
        List<String> lines = lines("before\n" + line + "\nbehind\n");
        assertEquals(List.of("before", line.substring(0, BackwardLines.LONGEST), "behind"), lines);
    }

    @Test
    void aFileWithoutLinesIsNotReadToItsBeginning() throws IOException {
        Path file = Files.writeString(folder.resolve("x.log"), "x".repeat(3_000_000) + "\nend\n");
        try (BackwardLines backward = new BackwardLines(file)) {
            assertEquals("end", backward.previous());
            assertNull(backward.previous());
            assertTrue(backward.isEndless());
            assertNull(backward.previous());
        }
    }

    @Test
    void aLineTellsWhereItBegins() throws IOException {
        Path file = Files.writeString(folder.resolve("x.log"), "ab\nc\n\nhalf");
        try (BackwardLines backward = new BackwardLines(file)) {
            backward.previous();
            assertEquals(5, backward.at());
            assertEquals(6, backward.end());
            backward.previous();
            assertEquals(3, backward.at());
            backward.previous();
            assertEquals(0, backward.at());
        }
    }
}
