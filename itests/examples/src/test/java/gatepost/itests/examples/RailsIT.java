package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Token;
import gatepost.itests.harness.library.GemHome;
import gatepost.itests.harness.library.Page;
import gatepost.itests.harness.library.RailsApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/rails}, with the gem as it would be published, and Turbo. */
class RailsIT extends ServedApplication {

    private static final Path FILES = Suite.EXAMPLES.resolve("rails");
    private static final int MOST_LINES = 29;

    @TempDir
    private static Path work;

    private static GemHome gems;
    private static RailsApplication rails;

    @BeforeAll
    static void start() throws IOException {
        gems = new GemHome();
        Map<String, String> environment = gems.environment();
        environment.put("GATEPOST_URL", Suite.url("system", "manager"));
        environment.put("GATEPOST_SIGNING_SECRET", Token.SECRET);
        environment.put("GATEPOST_WEBHOOK_SECRET", WEBHOOK_SECRET);
        environment.put("GATEPOST_CLIENT_URL", Suite.http() + "/client.js");
        rails = new RailsApplication(work, environment, List.of(FILES, Path.of("src/test/rails")));
        Files.copy(Suite.TURBO, rails.root().resolve("public/turbo.js"));
        rails.start(Map.of(), "");
    }

    @AfterAll
    static void stop() {
        rails.close();
        gems.close();
    }

    @Override
    String address() {
        return rails.address();
    }

    @Override
    Set<String> missed() throws IOException {
        Path missed = rails.root().resolve("tmp/mailed");
        return Files.exists(missed) ? Set.copyOf(Files.readAllLines(missed)) : Set.of();
    }

    @Test
    void aTurboStreamChangesThePageInAllTabs() {
        String user = user();
        try (Page other = open(user());
                Page first = open(user);
                Page second = openBeside(first, user)) {
            tell(other, user, "<b>one</b>");
            for (Page page : List.of(first, second)) {
                page.until("document.querySelector('#notifications p')?.textContent === '<b>one</b>'");
                awaitList(page, "<b>one</b>");
                awaitBadge(page, "1");
                page.assertSound();
            }
        }
    }

    @Test
    void whatADeveloperWritesForAllOfThatIsShort() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            List<String> lines = files.filter(file -> file.toString().matches(".*\\.(rb|erb)"))
                    .flatMap(RailsIT::lines)
                    .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                    .toList();
            assertTrue(lines.size() > 20 && lines.size() <= MOST_LINES, lines.size() + " lines: " + lines);
        }
    }

    private static Stream<String> lines(Path file) {
        return Guide.read(file).lines();
    }
}
