package gatepost.itests.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table of limits in docs/operators.md says what ships. */
@ExtendWith(Suite.class)
class LimitsTableIT {

    private static final Pattern ROW =
            Pattern.compile("\\| [^|]+ \\| [^|]+ \\| `(\\d+)` \\| `(gatepost\\.[a-z]+)`: `([a-z.]+)` "
                    + "\\| `(gatepost_[a-z_]+)` \\| [^|]+ \\|");
    /** Keys that by their names are limits of what a client may make Gatepost spend. */
    private static final Pattern LIMIT =
            Pattern.compile("(?m)^([a-z.]*(?:\\.max|per\\.user|per\\.address|^user\\.[a-z]+|^rate\\.[a-z.]+)) = \\d+");
    /** Those that only look like one: how long an administrator's own session or anybody's punishment lasts. */
    private static final Set<String> OTHERS = Set.of("session.max", "throttle.wait.max");

    private final List<Matcher> rows = rows();

    @Test
    void eachDefaultIsWhatShips() {
        assertTrue(rows.size() > 50, "only " + rows.size() + " rows can be read");
        for (Matcher row : rows) {
            assertTrue(
                    Pattern.compile("(?m)^" + Pattern.quote(row.group(3) + " = " + row.group(1)) + "$")
                            .matcher(configuration(row.group(2)))
                            .find(),
                    row.group());
        }
    }

    @Test
    void eachMetricIsThere() {
        // a counter by connector is not there before somebody has come and gone
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.connect("reader-11", "reader-11");
        }
        Set<String> names = Awaitility.await()
                .until(
                        () -> Suite.web().metrics().families(),
                        families -> families.contains("gatepost_connections_closed_total"));
        for (Matcher row : rows) {
            assertTrue(names.contains(row.group(4)), row.group(4) + " of " + row.group(3) + " is not among " + names);
        }
    }

    @Test
    void eachKeyThatIsALimitIsInTheTable() {
        Set<String> described = new TreeSet<>();
        rows.forEach(row -> described.add(row.group(2) + " " + row.group(3)));
        for (String pid : List.of(
                "gatepost.connector",
                "gatepost.broker",
                "gatepost.authentication",
                "gatepost.console",
                "gatepost.routes")) {
            Matcher key = LIMIT.matcher(configuration(pid));
            while (key.find()) {
                assertTrue(
                        OTHERS.contains(key.group(1)) || described.contains(pid + " " + key.group(1)),
                        pid + " " + key.group(1));
            }
        }
    }

    @Test
    void noRowIsThereTwice() {
        Set<String> seen = new TreeSet<>();
        rows.forEach(row -> assertTrue(seen.add(row.group(2) + " " + row.group(3)), row.group()));
        assertFalse(seen.isEmpty());
    }

    private static List<Matcher> rows() {
        String guide = read(Path.of("../../docs/operators.md"));
        String section = guide.substring(guide.indexOf("## Limits"), guide.indexOf("## Tuning"));
        List<String> lines = section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| What "))
                .toList();
        List<Matcher> rows =
                lines.stream().map(ROW::matcher).filter(Matcher::matches).toList();
        assertEquals(lines.size(), rows.size(), "a row has another form than " + ROW);
        return rows;
    }

    private static String configuration(String pid) {
        return read(Path.of("../../etc", (pid.equals("gatepost.connector") ? pid + "-ws" : pid) + ".cfg"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
