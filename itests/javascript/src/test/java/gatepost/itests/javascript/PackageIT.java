package gatepost.itests.javascript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The package of npm: its own tests, and the examples that stand in the guides. */
@ExtendWith(Suite.class)
class PackageIT {

    @BeforeAll
    static void install() {
        Command.run(
                Site.CLIENT, Map.of(), "npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    @Test
    void itsOwnTestsPass() {
        String output = Command.run(Site.CLIENT, Map.of(), "npm", "test");
        assertTrue(output.matches("(?s).*\\b(tests|pass) [1-9]\\d+.*"), output);
    }

    @Test
    void aPageInReactNeedsNothingButTheHook(@TempDir Path folder) throws IOException {
        Path script = folder.resolve("react.js");
        Command.run(
                Path.of("src", "web"),
                Map.of(
                        "NODE_PATH",
                        Site.CLIENT
                                .resolve("node_modules")
                                .toAbsolutePath()
                                .normalize()
                                .toString()),
                Site.CLIENT
                        .resolve("node_modules/.bin/esbuild")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "react.jsx",
                "--bundle",
                "--format=esm",
                "--jsx=automatic",
                "--define:process.env.NODE_ENV=\"production\"",
                "--alias:gatepost="
                        + Site.CLIENT.resolve("src/index.js").toAbsolutePath().normalize(),
                "--outfile=" + script);
        Suite.site().serve("/react.js", Files.readAllBytes(script));
        String user = Suite.user();
        Suite.publish(user, "one");
        try (Page page = Suite.browser().open(Suite.site().page("react.html", user))) {
            page.until("document.getElementById('badge')?.textContent === '1 new'");
            Suite.publish(user, "two");
            page.until("document.getElementById('badge').textContent === '2 new'");
            assertEquals(
                    "one two",
                    page.evaluate("[...document.querySelectorAll('#list li')].map(each => each.textContent).join(' ')")
                            .asText());
            page.click("button");
            page.until("document.getElementById('badge').textContent === '0 new'");
            page.assertSound();
        }
    }

    @Test
    void theExampleShowsWhatComesAndHowMuchIsNew() throws IOException {
        String user = Suite.user();
        Path examples = Site.CLIENT.resolve("examples");
        // what a bundler or an import map does of a name; and the application knows who is signed in
        String script = Files.readString(examples.resolve("page.js"))
                .replace("'gatepost'", "'/src/index.js'")
                .replace("'/notifications/session'", "'/notifications/session?user=" + user + "'");
        Suite.site().serve("/example.js", script.getBytes(StandardCharsets.UTF_8));
        Suite.site()
                .serve(
                        "/example.html",
                        Files.readString(examples.resolve("page.html"))
                                .replace("page.js", "example.js")
                                .getBytes(StandardCharsets.UTF_8));
        try (Page page = Suite.browser().open(Suite.site().page("example.html", user))) {
            Suite.publish(user, "one", "two");
            page.until("document.getElementById('unseen').textContent === '2 new'");
            page.until("document.querySelectorAll('#messages li').length === 2");
            page.click("#seen");
            page.until("document.getElementById('unseen').textContent === ''");
            page.assertSound();
        }
    }
}
