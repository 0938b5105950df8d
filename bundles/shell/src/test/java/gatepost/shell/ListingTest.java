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
    void wantsAValueForEachColumn() {
        assertThrows(IllegalArgumentException.class, () -> new Listing("One", "Two").row(1));
    }

    private static String printed(Listing listing, boolean format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        listing.print(new PrintStream(out, true, StandardCharsets.UTF_8), format);
        return out.toString(StandardCharsets.UTF_8);
    }
}
