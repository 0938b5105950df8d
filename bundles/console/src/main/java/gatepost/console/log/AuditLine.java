package gatepost.console.log;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of audit.log: {@code key="value"} with blanks between, quotes and backslashes escaped.
 *
 * @param at milliseconds since 1970
 * @param fields in the order in which they are written, as text that shows what was written
 */
record AuditLine(long at, Map<String, String> fields) {

    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9-]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

    /**
     * Which lines are asked for; empty is any.
     *
     * @param user whose they are; {@code name} of a revocation counts, too
     * @param event what happened: {@code denied}, {@code cut}, {@code allowed}, or an event such as {@code sign-in} or {@code operator}
     * @param outcome what came of it, such as {@code refused}
     * @param destination a part of it, or of what an operator did something to
     */
    record Filter(
            Optional<String> user, Optional<String> event, Optional<String> outcome, Optional<String> destination) {

        boolean accepts(LogEntry entry) {
            Map<String, String> fields = AuditLine.of(entry).fields();
            return is(user, fields, "user", "name")
                    && is(event, fields, "decision", "event")
                    && is(outcome, fields, "outcome", "decision")
                    && destination
                            .map(part -> has(fields, "destination", part) || has(fields, "on", part))
                            .orElse(true);
        }

        private static boolean is(Optional<String> wanted, Map<String, String> fields, String key, String other) {
            return wanted.map(value -> value.equals(fields.get(key)) || value.equals(fields.get(other)))
                    .orElse(true);
        }

        private static boolean has(Map<String, String> fields, String key, String part) {
            return fields.getOrDefault(key, "").toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
        }
    }

    /** A line that is none of ours is one field, {@code line}. */
    static AuditLine of(LogEntry entry) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(entry.text());
        while (field.find()) {
            // a key that is there twice would be forged, so the first one counts
            fields.putIfAbsent(field.group(1), ESCAPED.matcher(field.group(2)).replaceAll("$1"));
        }
        if (fields.isEmpty()) {
            fields.put("line", entry.text());
        }
        return new AuditLine(entry.at().toEpochMilli(), fields);
    }
}
