package gatepost.itests.ruby;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.library.GemHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code clients/ruby} by itself: its own tests, its style, and what its README shows. */
class SourceIT {

    private static final Map<String, String> UTF_8 = Map.of("LANG", "C.UTF-8");

    @Test
    void itsOwnTestsPassWithoutAWarningOfTheirs() {
        String printed = Command.run(GemHome.SOURCE, UTF_8, "ruby", "-w", "test/all.rb");
        assertTrue(printed.contains(" 0 failures, 0 errors, 0 skips"), printed);
        assertTrue(printed.contains("LaterTest") || !printed.contains("not tried"), printed);
        List<String> warnings = printed.lines()
                .filter(line -> line.startsWith(GemHome.SOURCE + "/") && line.contains("warning:"))
                .toList();
        assertTrue(warnings.isEmpty(), warnings::toString);
    }

    @Test
    void rubocopFindsNothing() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.exists(Path.of(folder, "rubocop"))),
                "rubocop is not there");
        Command.run(GemHome.SOURCE, UTF_8, "rubocop", "--cache", "false");
    }

    @Test
    void whatTheReadmeShowsIsTheTextOfAFileThatIsTried() throws IOException {
        String tried;
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".rb")).toList()) {
                all.append(Files.readString(file)).append('\0');
            }
            tried = all.toString();
        }
        Matcher blocks =
                Pattern.compile("(?s)```ruby\n(.*?)```").matcher(Files.readString(GemHome.SOURCE.resolve("README.md")));
        int found = 0;
        while (blocks.find()) {
            assertTrue(tried.contains(blocks.group(1)), blocks.group(1));
            found++;
        }
        assertTrue(found > 0);
    }
}
