package gatepost.load.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void theMedianIsTheMiddleOne() {
        assertEquals(new Spread(3, 1, 9), Spread.of(List.of(9.0, 1.0, 3.0)));
        assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 1.0, 3.0, 2.0)));
    }

    @Test
    void ratiosPairWhatWasMeasuredInTheSameRepetition() {
        // the machine was twice as fast in the second repetition, and the third was not finished
        assertEquals(
                new Spread(2, 2, 2),
                Spread.ofRatios(new TreeMap<>(Map.of(1, 100.0, 2, 200.0, 3, 7.0)), Map.of(1, 50.0, 2, 100.0)));
        assertNull(Spread.ofRatios(new TreeMap<>(Map.of(1, 100.0)), Map.of(2, 50.0)));
        assertNull(Spread.ofRatios(new TreeMap<>(Map.of(1, 100.0)), Map.of(1, 0.0)));
    }

    @Test
    void aRepetitionThatWasMadeAgainCountsOnce() {
        Results results = new Results(Stream.of("a\t5\t1\tend\tlost\t3", "a\t5\t1\tend\tlost\t0")
                .map(Result::of)
                .toList());
        assertEquals(Map.of(1, 0.0), results.values("a", 5, "end", "lost"));
    }

    @Test
    void moreMessagesAreBetterAndTheCeilingIsNoPeer() {
        String table = new Table(lines("full:persistent:1", "messages_per_s", 300, 200, 100, 5000)).markdown();
        assertTrue(
                table.contains(
                        "| persistent msg/s, 1 publisher | 300 | **200** | 100 | 5,000 | 1.50 (1.50..1.50) rabbitmq |"
                                + " 0.06 (0.06..0.06) |"),
                table);
    }

    @Test
    void lessTimeIsBetter() {
        String table = new Table(lines("rate:persistent:1000", "from_due_p99_ms", 3, 2, 1.5, 0.5)).markdown();
        assertTrue(
                table.contains(
                        "| p99 ms at 1,000 msg/s, persistent, from due | 3 | 2 | **1.50** | 0.50 | 2.00 (2.00..2.00) artemis |"),
                table);
    }

    @Test
    void theSpreadIsThatOfAllRepetitions() {
        String table = new Table(Stream.of(
                        "gatepost\t9\t1\tconnect\tconnected_per_s\t100",
                        "artemis\t9\t1\tconnect\tconnected_per_s\t50",
                        "gatepost\t9\t2\tconnect\tconnected_per_s\t30",
                        "artemis\t9\t2\tconnect\tconnected_per_s\t40",
                        "gatepost\t9\t3\tconnect\tconnected_per_s\t60",
                        "artemis\t9\t3\tconnect\tconnected_per_s\t60"))
                .markdown();
        assertTrue(table.contains("| 60 | **50** | 1.00 (0.75..2.00) artemis |"), table);
    }

    @Test
    void faultsAreShownAndNotCompared() {
        String table = new Table(lines("end", "lost", 0, 1, 2, 3)).markdown();
        assertTrue(table.contains("| messages lost | 0 | 1 | 2 | 3 |  |  |"), table);
    }

    @Test
    void whatNobodyMeasuredHasNoLine() {
        assertEquals(
                3,
                new Table(lines("end", "lost", 0, 1, 2, 3))
                        .markdown()
                        .lines()
                        .filter(line -> line.startsWith("|"))
                        .count());
    }

    @Test
    void aLineThatIsNoResultIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Table(Stream.of("gatepost\t9\t1")));
    }

    private static Stream<String> lines(
            String phase, String figure, double gatepost, double rabbitmq, double artemis, double ceiling) {
        String work = "\t1000\t1\t" + phase + "\t" + figure + "\t";
        return Stream.of(
                "gatepost" + work + gatepost,
                "rabbitmq" + work + rabbitmq,
                "artemis" + work + artemis,
                "ceiling" + work + ceiling);
    }
}
