package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing stands in a guide that no test has tried. */
class GuidesTest {

    /** Whose files are run by tests of this module, and the clients' by those of {@code itests/javascript} and {@code itests/ruby}. */
    private static final List<String> TRIED = List.of(
            "clients/javascript/examples/",
            "examples/browser/",
            "examples/java/",
            "examples/python/",
            "examples/rails/",
            "itests/ruby/src/test/",
            "karaf-assembly/src/main/distribution/contrib/");

    private static final Pattern COMMAND =
            Pattern.compile("\\./(run|test)\\b.*|mvn -pl \\S+ -am (package|verify)\\b.*");

    /** Commands are run by {@link OperatorsGuideIT}, {@link DebianPackageIT}, {@link KarIT} and {@link DevelopersGuideIT}, which leave none out. */
    @ParameterizedTest
    @EnumSource(names = {"OPERATORS", "DEVELOPERS"})
    void everyBlockIsRunOrTheTextOfAFileThatIsTried(Guide guide) {
        for (Guide.Block block : guide.blocks()) {
            if (!block.language().equals("sh")) {
                assertTrue(
                        TRIED.stream().anyMatch(block.source()::startsWith),
                        () -> block + " names no file that a test tries");
                assertTrue(
                        Guide.read(Suite.ROOT.resolve(block.source())).contains(block.text()),
                        () -> block + " is not the text of " + block.source());
            }
        }
    }

    /** {@link ReadmeIT} runs the two snippets. */
    @Test
    void theReadmeHasTwoSnippetsAndOtherwiseNothingButTheCommandsThatBuildAndTest() {
        List<String> languages = Guide.README.blocks().stream()
                .map(Guide.Block::language)
                .filter(name -> !name.isEmpty())
                .toList();
        assertEquals(List.of("ruby", "html"), languages);
        for (Guide.Block block : Guide.README.blocks()) {
            if (block.language().isEmpty()) {
                block.text()
                        .lines()
                        .forEach(line -> assertTrue(COMMAND.matcher(line).matches(), line));
                Matcher module = Pattern.compile("-pl (\\S+)").matcher(block.text());
                while (module.find()) {
                    assertTrue(Files.exists(Suite.ROOT.resolve(module.group(1)).resolve("pom.xml")), module.group());
                }
            }
        }
    }

    @Test
    void everyAlertIsExplainedAndNoOther() {
        Set<String> shipped = find(
                "(?m)^ *- alert: (\\S+)$",
                Guide.read(Suite.ROOT.resolve("karaf-assembly/src/main/distribution/contrib/prometheus-rules.yml")));
        assertEquals(shipped, find("(?m)^\\| `(Gatepost\\w+)` \\|", Guide.OPERATORS.text()));
    }

    private static Set<String> find(String expression, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(expression).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
