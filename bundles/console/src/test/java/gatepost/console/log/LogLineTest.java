package gatepost.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {

    private static final LogEntry WARNING =
            entry("WARN  [gatepost-etc] Thing - it is [late] - \"so\"", "\tat Place.java");
    private static final LogEntry DENIED = entry("decision=\"denied\" user=\"al\\\"i\\\\ce\" groups=\"users\" "
            + "operation=\"read\" destination=\"queue://User.bob\" reason=\"user=\\\"eve\\\" may\" user=\"eve\"");

    private static LogEntry entry(String text, String... more) {
        return new LogEntry(Instant.EPOCH, text, List.of(more));
    }

    private static boolean accepts(String user, String event, String outcome, String destination) {
        return new AuditLine.Filter(given(user), given(event), given(outcome), given(destination)).accepts(DENIED);
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text);
    }

    @Test
    void aLineOfTheLogIsTakenApart() {
        assertEquals(
                new LogLine(0, "WARN", "gatepost-etc", "Thing", "it is [late] - \"so\"", List.of("\tat Place.java")),
                LogLine.of(WARNING));
        assertEquals(
                new LogLine(0, "", "", "", "of another layout", List.of()), LogLine.of(entry("of another layout")));
    }

    @ParameterizedTest
    @CsvSource({"TRACE, true", "INFO, true", "WARN, true", "ERROR, false"})
    void aLevelIsOneOfThatImportanceOrMore(String level, boolean is) {
        assertEquals(is, LogLine.isAtLeast(WARNING, level));
        assertTrue(LogLine.isAtLeast(entry("of another layout"), level));
    }

    @Test
    void aTextIsFoundInAnyOfItsLines() {
        for (String text : List.of("IT IS", "place.JAVA", "")) {
            assertTrue(LogLine.isIn(WARNING, Optional.of(text)), text);
        }
        assertTrue(LogLine.isIn(WARNING, Optional.empty()));
        assertFalse(LogLine.isIn(WARNING, Optional.of("elsewhere")));
    }

    @Test
    void aLineOfTheAuditLogIsTakenApartAndNobodyForgesAField() {
        Map<String, String> fields = AuditLine.of(DENIED).fields();
        assertEquals("al\"i\\ce", fields.get("user"));
        assertEquals("user=\"eve\" may", fields.get("reason"));
        assertEquals(
                List.of("decision", "user", "groups", "operation", "destination", "reason"),
                List.copyOf(fields.keySet()));
        assertEquals(
                Map.of("line", "another line"),
                AuditLine.of(entry("another line")).fields());
    }

    @Test
    void linesAreFoundByWhoWhatAndWhere() {
        assertTrue(accepts(null, null, null, null));
        assertTrue(accepts("al\"i\\ce", "denied", "denied", "user.BOB"));
        assertFalse(accepts("eve", null, null, null));
        assertFalse(accepts("al", null, null, null));
        assertFalse(accepts(null, "cut", null, null));
        assertFalse(accepts(null, null, "refused", null));
        assertFalse(accepts(null, null, null, "user.eve"));
    }

    @Test
    void whatAnOperatorDidIsFoundByWhatItWasDoneTo() {
        LogEntry deed =
                entry("event=\"operator\" outcome=\"done\" user=\"admin\" action=\"queue-purge\" on=\"orders\"");
        Optional<String> none = Optional.empty();
        assertTrue(new AuditLine.Filter(
                        Optional.of("admin"), Optional.of("operator"), Optional.of("done"), Optional.of("ord"))
                .accepts(deed));
        assertFalse(new AuditLine.Filter(none, Optional.of("sign-in"), none, none).accepts(deed));
    }
}
