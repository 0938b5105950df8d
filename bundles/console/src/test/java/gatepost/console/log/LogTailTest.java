package gatepost.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.console.log.LogTail.Answer;
import gatepost.console.log.LogTail.Bounds;
import gatepost.console.log.LogTail.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    private static final Bounds WIDE = new Bounds(100, 100_000, 1 << 20, Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    private Path write(String name, String text, int written) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000 + written));
        return file;
    }

    private static String line(int minute, String text) {
        return String.format("2026-11-29T10:%02d:00.000+00:00 %s%n", minute, text);
    }

    private Answer read(Bounds bounds, Predicate<LogEntry> wanted, String since, String after) throws IOException {
        return new LogTail(new LogFiles(folder, "audit"), bounds)
                .read(new Question(
                        wanted,
                        since.isEmpty() ? Instant.MIN : Instant.parse(since),
                        after.isEmpty() ? Optional.empty() : Optional.of(after)));
    }

    private Answer all() throws IOException {
        return read(WIDE, entry -> true, "", "");
    }

    private static List<String> texts(Answer answer) {
        return answer.entries().stream().map(LogEntry::text).toList();
    }

    @Test
    void theNewestEntryIsTheFirstAndLinesWithoutATimeBelongToTheOneBefore() throws IOException {
        write("audit.log", "left over\n" + line(1, "one") + "\tat somewhere\n 2026 is no time\n" + line(2, "two"), 0);
        Answer answer = all();
        assertEquals(List.of("two", "one"), texts(answer));
        assertEquals(
                List.of("\tat somewhere", " 2026 is no time"),
                answer.entries().get(1).more());
        assertEquals("beginning", answer.end());
        assertEquals(Instant.parse("2026-11-29T10:01:00Z"), answer.looked().orElseThrow());
    }

    @Test
    void whatWasRotatedCountsInTheOrderInWhichItWasWritten() throws IOException {
        // whether the highest number is the newest or the oldest file is a setting of Log4j's
        write("audit-1.log", line(1, "one"), 1);
        write("audit-2.log", line(2, "two"), 2);
        write("audit.log.1", line(3, "three"), 3);
        write("audit.log", line(4, "four"), 0);
        write("audit-3.log.gz", line(5, "packed"), 5);
        write("audit-other.log", line(6, "other"), 6);
        write("auditor.log", line(7, "other"), 7);
        assertEquals(List.of("four", "three", "two", "one"), texts(all()));
    }

    @Test
    void aFileThatIsThereUnderTwoNamesWhileItIsRenamedCountsOnce() throws IOException {
        Files.createLink(folder.resolve("audit-1.log"), write("audit.log", line(1, "one"), 0));
        assertEquals(List.of("one"), texts(all()));
    }

    @Test
    void anEntryThatWentOnInTheNextFileStaysWhole() throws IOException {
        write("audit-1.log", line(1, "one"), 1);
        write("audit.log", "\tat somewhere\n" + line(2, "two"), 2);
        assertEquals(List.of("\tat somewhere"), all().entries().get(1).more());
    }

    @Test
    void whereThereIsNoLogThereIsNothing() throws IOException {
        Answer answer = all();
        assertEquals(List.of(), answer.entries());
        assertEquals("beginning", answer.end());
        assertEquals(
                List.of(),
                new LogTail(new LogFiles(folder.resolve("none"), "audit"), WIDE)
                        .read(new Question(entry -> true, Instant.MIN, Optional.empty()))
                        .entries());
    }

    @Test
    void whatIsOlderThanAskedForIsNotLookedAt() throws IOException {
        write("audit.log", line(1, "one") + line(2, "two") + line(3, "three"), 0);
        Answer answer = read(WIDE, entry -> true, "2026-11-29T10:02:00Z", "");
        assertEquals(List.of("three", "two"), texts(answer));
        assertEquals("since", answer.end());
    }

    @Test
    void anAnswerHasItsBounds() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(line(i, "entry " + i));
        }
        write("audit.log", text.toString(), 0);
        Answer few = read(new Bounds(3, 100_000, 1 << 20, Duration.ofSeconds(20)), entry -> true, "", "");
        assertEquals(List.of("entry 59", "entry 58", "entry 57"), texts(few));
        assertEquals("entries", few.end());
        Answer small = read(new Bounds(100, 20, 1 << 20, Duration.ofSeconds(20)), entry -> true, "", "");
        assertEquals(List.of("entry 59", "entry 58"), texts(small));
        assertEquals("entries", small.end());
        Answer read = read(new Bounds(100, 100_000, 400, Duration.ofSeconds(20)), entry -> true, "", "");
        assertEquals(11, read.entries().size());
        assertEquals("bytes", read.end());
        Answer late = read(new Bounds(100, 100_000, 1 << 20, Duration.ZERO), entry -> true, "", "");
        assertEquals("time", late.end());
        assertEquals(1, late.entries().size());
    }

    @Test
    void whatDoesNotMatchIsPassedOver() throws IOException {
        write("audit.log", line(1, "one") + line(2, "two"), 0);
        assertEquals(List.of("one"), texts(read(WIDE, entry -> entry.text().equals("one"), "", "")));
    }

    @Test
    void whoeverFollowsGetsWhatHasComeSince() throws IOException {
        write("audit.log", line(1, "one"), 0);
        String position = all().position();
        assertTrue(LogTail.isPosition(position), position);
        Answer nothing = read(WIDE, entry -> true, "", position);
        assertEquals(List.of(), nothing.entries());
        assertEquals("after", nothing.end());
        assertEquals(position, nothing.position());

        write("audit.log", line(2, "two") + "half of a li", 0);
        Answer one = read(WIDE, entry -> true, "", position);
        assertEquals(List.of("two"), texts(one));
        write("audit.log", "ne\n" + line(3, "three"), 0);
        assertEquals(List.of("three"), texts(read(WIDE, entry -> true, "", one.position())));
    }

    @Test
    void whoeverFollowsMissesNothingWhenTheLogIsRotated() throws IOException {
        write("audit.log", line(1, "one"), 0);
        String position = all().position();
        write("audit.log", line(2, "two"), 0);
        Files.move(folder.resolve("audit.log"), folder.resolve("audit-1.log"));
        write("audit.log", line(3, "three"), 2);
        Answer answer = read(WIDE, entry -> true, "", position);
        assertEquals(List.of("three", "two"), texts(answer));
        assertEquals("after", answer.end());
    }

    @Test
    void whoeverWasAwayForTooLongIsToldSo() throws IOException {
        write("audit.log", line(1, "one"), 0);
        Answer answer = read(WIDE, entry -> true, "", "0:17");
        assertEquals(List.of("one"), texts(answer));
        assertEquals("beginning", answer.end());
    }
}
