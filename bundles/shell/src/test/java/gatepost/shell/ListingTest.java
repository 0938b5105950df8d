package gatepost.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ListingTest {

    @Test
    void printsEachValueAsAPersonReadsIt() {
        Listing listing = new Listing("Name", "Count", "Since", "Age", "Tags", "Other")
                .row(
                        "alice",
                        3,
                        Instant.parse("2026-01-02T03:04:05.678901Z"),
                        Duration.ofSeconds(3_725),
                        List.of("a", "b"),
                        Optional.empty())
                .note("and 7 more");

        String table = printed(listing, true);
        assertTrue(table.matches("(?s).*alice.*3.*2026-01-02T03:04:05.678Z.*1h 2m.*a b.*and 7 more\n"), table);
        assertFalse(printed(listing, false).contains("more"), "a script gets rows and nothing else");
    }

    @Test
    void saysSoWhereThereIsNothing() {
        assertTrue(printed(new Listing("Name").ifEmpty("There is nobody"), true).contains("There is nobody"));
    }

    @Test
    void givesProgramsNumbersAndTexts() {
        Map<String, Object> object = new Listing("Bytes waiting", "Since", "Age", "Tags", "Other")
                .row(5L, Instant.EPOCH, Duration.ofMillis(1500), List.of("a"), Optional.empty())
                .objects()
                .get(0);

        assertEquals(List.of("bytesWaiting", "since", "age", "tags", "other"), List.copyOf(object.keySet()));
        assertEquals(5L, object.get("bytesWaiting"));
        assertEquals("1970-01-01T00:00:00Z", object.get("since"));
        assertEquals(1.5, object.get("age"));
        assertEquals(List.of("a"), object.get("tags"));
        assertEquals(null, object.get("other"));
    }

    @Test
    void letsNoControlCharacterThrough() {
        String table = printed(new Listing("Name").row("a\u001b[2Jb\nc\u202Ed"), true);

        assertTrue(table.contains("a\\u001b[2Jb\\u000ac\\u202ed"), table);
    }

    @Test
    void bytesAreReadableForPeopleAndExactForPrograms() {
        Listing listing = new Listing("Size").row(new Bytes(10L << 30));

        assertTrue(printed(listing, true).endsWith("10 GiB\n"), printed(listing, true));
        assertTrue(printed(listing, false).strip().endsWith("10737418240"), printed(listing, false));
        assertEquals(
                "4096",
                printed(new Listing("Size").row(Optional.of(new Bytes(4096))), false)
                        .strip());
        assertEquals(10L << 30, listing.objects().get(0).get("size"));
        assertEquals(
                "0 B,1023 B,1 KiB,1.5 KiB,10 KiB,1 MiB,8 EiB",
                Stream.of(0L, 1023L, 1024L, 1536L, 10_300L, (1L << 20) - 1, Long.MAX_VALUE)
                        .map(number -> new Bytes(number).toString())
                        .collect(Collectors.joining(",")));
    }

    @Test
    void longCellsGoOnInTheNextLine() {
        String table = printed(new Listing("Name", "Text").row("alice", "many words ".repeat(20) + "end"), true);

        assertTrue(table.lines().allMatch(line -> line.length() <= 120), table);
        assertTrue(table.lines().count() > 3, table);
        assertEquals(20, table.split("many", -1).length - 1, table);
        assertTrue(table.contains("end"), table);
        assertEquals(
                1,
                printed(new Listing("Text").row("word ".repeat(60)), false)
                        .lines()
                        .count());
    }

    @Test
    void whatDoesNotFitEvenSoIsPrintedRowByRow() {
        Listing listing = new Listing("Session", "Client id", "Subscriptions")
                .row("s".repeat(60), "c".repeat(60), Optional.empty())
                .note("and 7 more");

        assertEquals(
                "-- 1 -------------\nSession        " + "s".repeat(60) + "\nClient id      " + "c".repeat(60)
                        + "\nand 7 more\n",
                printed(listing, true));
    }

    @Test
    void wantsAValueForEachColumn() {
        assertThrows(IllegalArgumentException.class, () -> new Listing("One", "Two").row(1));
    }

    private static String printed(Listing listing, boolean format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        listing.print(new PrintStream(out, true, StandardCharsets.UTF_8), format);
        return out.toString(StandardCharsets.UTF_8);
    }
}
