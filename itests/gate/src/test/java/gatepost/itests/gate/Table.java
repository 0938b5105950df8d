package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A file of rows, {@code user | operation | destination | header | answer}; {@code #} begins a comment. */
final class Table {

    private final List<Row> rows;

    private Table(List<Row> rows) {
        this.rows = rows;
    }

    /** @param name of a file beside this class */
    static Table read(String name) {
        try (InputStream file = Table.class.getResourceAsStream(name)) {
            return new Table(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Table::row)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return rows.size();
    }

    /** Plays every row, each in a session of its own. */
    Stream<DynamicTest> played(Function<String, Client> signIn) {
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.toString(), () -> row.play(signIn)));
    }

    private static Row row(String line) {
        String[] cells = line.split("\\|", -1);
        assertEquals(5, cells.length, line);
        return new Row(
                cells[0].strip(),
                Row.Operation.valueOf(cells[1].strip().toUpperCase(Locale.ROOT)),
                cells[2].strip(),
                cells[3].strip(),
                cells[4].strip());
    }
}
