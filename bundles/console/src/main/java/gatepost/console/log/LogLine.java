package gatepost.console.log;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of gatepost.log, as etc/org.ops4j.pax.logging.cfg has it written.
 *
 * @param at milliseconds since 1970
 * @param level empty where the layout is another one, as thread and logger are
 * @param message all that follows
 * @param more further lines, such as where an exception came from
 */
record LogLine(long at, String level, String thread, String logger, String message, List<String> more) {

    /** From the least to the most important one. */
    static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

    private static final Pattern LAYOUT = Pattern.compile("([A-Z]{4,5}) +\\[(.*?)] (\\S+) - (.*)");

    static LogLine of(LogEntry entry) {
        Matcher parts = LAYOUT.matcher(entry.text());
        long at = entry.at().toEpochMilli();
        return parts.matches()
                ? new LogLine(at, parts.group(1), parts.group(2), parts.group(3), parts.group(4), entry.more())
                : new LogLine(at, "", "", "", entry.text(), entry.more());
    }

    /** Whether an entry is of this level or a more important one; one that has none is. */
    static boolean isAtLeast(LogEntry entry, String level) {
        int blank = entry.text().indexOf(' ');
        int its = blank < 0 ? -1 : LEVELS.indexOf(entry.text().substring(0, blank));
        return its < 0 || its >= LEVELS.indexOf(level);
    }

    /** Whether a text is in any of its lines, in small or capital letters; without one, it is. */
    static boolean isIn(LogEntry entry, Optional<String> text) {
        String wanted = text.orElse("").toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || entry.text().toLowerCase(Locale.ROOT).contains(wanted)
                || entry.more().stream()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
