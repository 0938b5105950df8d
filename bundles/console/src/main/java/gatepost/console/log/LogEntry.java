package gatepost.console.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What was written to a log at a time: a line that begins with it, and those that follow and do not, such as where an exception came from.
 *
 * @param at the time
 * @param text what stands behind it in the first line
 * @param more the other lines
 */
record LogEntry(Instant at, String text, List<String> more) {

    /** @return a line's entry, if one begins with it */
    static Optional<LogEntry> of(String line, List<String> more) {
        int blank = line.indexOf(' ');
        if (blank < 0 || line.isEmpty() || !Character.isDigit(line.charAt(0))) {
            return Optional.empty();
        }
        try {
            Instant at = OffsetDateTime.parse(line.substring(0, blank)).toInstant();
            return Optional.of(new LogEntry(at, line.substring(blank + 1), List.copyOf(more)));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // it only looks like one
        }
    }

    int length() {
        return text.length() + more.stream().mapToInt(String::length).sum();
    }
}
