package gatepost.console.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {

    private static String difference(String before, String after) {
        return LineDifference.between(before, after).stream()
                .map(line -> switch (line.kind()) {
                    case "removed" -> "-" + line.before() + " " + line.text();
                    case "added" -> "+" + line.after() + " " + line.text();
                    case "gap" -> "...";
                    default -> " " + line.before() + "/" + line.after() + " " + line.text();
                })
                .collect(Collectors.joining("\n"));
    }

    @Test
    void textsThatAreTheSameHaveNone() {
        assertEquals("", difference("a\nb\n", "a\nb\n"));
        assertEquals("", difference("", ""));
        assertEquals("", difference("a\r\nb", "a\nb\n"));
    }

    @Test
    void aLineThatChangesGoesAndComes() {
        assertEquals(" 1/1 a\n-2 b\n+2 x\n 3/3 c", difference("a\nb\nc\n", "a\nx\nc\n"));
    }

    @Test
    void whatStaysBetweenTwoChangesStaysThere() {
        assertEquals("-1 a\n 2/1 b\n-3 c\n 4/2 d\n+3 e", difference("a\nb\nc\nd\n", "b\nd\ne\n"));
    }

    @Test
    void onlyLinesNearAChangeAreTold() {
        String before =
                IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        assertEquals(
                " 2/2 line 2\n 3/3 line 3\n 4/4 line 4\n-5 line 5\n+5 x\n 6/6 line 6\n 7/7 line 7\n 8/8 line 8\n...\n"
                        + " 22/22 line 22\n 23/23 line 23\n 24/24 line 24\n+25 new\n 25/26 line 25\n 26/27 line 26\n"
                        + " 27/28 line 27",
                difference(before, before.replace("line 5\n", "x\n").replace("line 24\n", "line 24\nnew\n")));
    }

    @Test
    void aTextThatIsNewOrGoneIsAllDifferent() {
        assertEquals("+1 a\n+2 b", difference("", "a\nb\n"));
        assertEquals("-1 a\n-2 b", difference("a\nb", ""));
    }

    @Test
    void theLinesThatStayAndComeAreTheSecondText() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            List<String> before = lines(random);
            List<String> after = lines(random);
            List<LineDifference.Line> all =
                    LineDifference.between(String.join("\n", before) + "\n", String.join("\n", after) + "\n");
            all.stream()
                    .filter(line -> line.after() > 0)
                    .forEach(line -> assertEquals(after.get(line.after() - 1), line.text()));
            all.stream()
                    .filter(line -> line.before() > 0)
                    .forEach(line -> assertEquals(before.get(line.before() - 1), line.text()));
            long added =
                    all.stream().filter(line -> line.kind().equals("added")).count();
            long removed =
                    all.stream().filter(line -> line.kind().equals("removed")).count();
            assertEquals(after.size() - before.size(), added - removed);
        }
    }

    @Test
    void textsOfManyLinesThatAreAllDifferentAreToldSoon() {
        String before = "a\n".repeat(30_000);
        assertEquals(
                60_000, LineDifference.between(before, "b\n".repeat(30_000)).size());
    }

    private static List<String> lines(Random random) {
        return IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(i -> "l" + random.nextInt(5))
                .toList();
    }
}
