package gatepost.console.log;

import gatepost.console.log.LogFiles.LogFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the last entries of a log, from its end on and within bounds: so many entries and characters of an answer, so many bytes of files,
 * and so much time. For any thread.
 */
final class LogTail {

    private static final Pattern POSITION = Pattern.compile("([0-9a-zA-Z._-]{1,64}):(\\d{1,18})");
    /** Lines that belong to one entry; further ones are left out. */
    private static final int MOST_LINES = 100;

    private final LogFiles files;
    private final Bounds bounds;

    /**
     * How much is done for one answer.
     *
     * @param characters of the entries together
     * @param bytes of the files that are read
     */
    record Bounds(int entries, int characters, long bytes, Duration time) {}

    /**
     * What is asked for.
     *
     * @param wanted which entries
     * @param since what is older is not looked at
     * @param after the position that an earlier answer gave: what was there by then is not looked at
     */
    record Question(Predicate<LogEntry> wanted, Instant since, Optional<String> after) {}

    /**
     * An answer.
     *
     * @param entries the newest first
     * @param position where the log ended, for {@link Question#after}
     * @param end why there are no older ones: {@code beginning} of what there is, {@code since}, {@code after}, or a bound: {@code entries},
     *     {@code bytes} or {@code time}
     * @param looked until when it was looked back; nothing where nothing was read
     */
    record Answer(List<LogEntry> entries, String position, String end, Optional<Instant> looked) {}

    LogTail(LogFiles files, Bounds bounds) {
        this.files = files;
        this.bounds = bounds;
    }

    /** Whether a text may be the position of an answer. */
    static boolean isPosition(String text) {
        return POSITION.matcher(text).matches();
    }

    Answer read(Question question) throws IOException {
        Reading reading = new Reading(question);
        for (LogFile file : files.newestFirst()) {
            reading.read(file);
            if (reading.end != null) {
                break;
            }
        }
        return reading.answer();
    }

    /** What has become of one question so far. */
    private final class Reading {

        private final Question question;
        private final List<LogEntry> found = new ArrayList<>();
        private final Deque<String> more = new ArrayDeque<>();
        private final long begun = System.nanoTime();
        private final String afterKey;
        private final long afterOffset;
        private String position = "";
        private Instant looked;
        private int characters;
        private long bytes;
        private String end;

        Reading(Question question) {
            this.question = question;
            Matcher after = POSITION.matcher(question.after().orElse(""));
            boolean known = after.matches();
            afterKey = known ? after.group(1) : "";
            afterOffset = known ? Long.parseLong(after.group(2)) : 0;
        }

        void read(LogFile file) throws IOException {
            try (BackwardLines lines = new BackwardLines(file.path())) {
                String line = lines.previous();
                if (position.isEmpty()) {
                    position = file.key() + ":" + Math.max(0, lines.end());
                }
                long before = lines.end();
                while (line != null && end == null) {
                    if (file.key().equals(afterKey) && lines.at() < afterOffset) {
                        end = "after";
                        return;
                    }
                    bytes += before - lines.at();
                    before = lines.at();
                    take(line);
                    line = end == null ? lines.previous() : null;
                }
                if (end == null && lines.isEndless()) {
                    end = "bytes";
                } else if (end == null && file.key().equals(afterKey)) {
                    end = "after";
                }
            } catch (NoSuchFileException e) {
                // it is the next one of the list by now, or gone
            }
        }

        private void take(String line) {
            Optional<LogEntry> entry = LogEntry.of(line, List.copyOf(more));
            if (entry.isEmpty()) {
                more.addFirst(line);
                if (more.size() > MOST_LINES) {
                    more.removeLast();
                }
            } else {
                more.clear();
                take(entry.get());
            }
            if (end == null && bytes >= bounds.bytes()) {
                end = "bytes";
            } else if (end == null && System.nanoTime() - begun >= bounds.time().toNanos()) {
                end = "time";
            }
        }

        private void take(LogEntry entry) {
            if (entry.at().isBefore(question.since())) {
                end = "since";
                return;
            }
            looked = entry.at();
            if (!question.wanted().test(entry)) {
                return;
            }
            characters += entry.length();
            if (!found.isEmpty() && characters > bounds.characters()) {
                end = "entries";
                return;
            }
            found.add(entry);
            if (found.size() >= bounds.entries()) {
                end = "entries";
            }
        }

        Answer answer() {
            return new Answer(
                    List.copyOf(found), position, end == null ? "beginning" : end, Optional.ofNullable(looked));
        }
    }
}
