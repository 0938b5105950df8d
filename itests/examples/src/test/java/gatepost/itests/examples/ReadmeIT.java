package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.library.Page;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's two snippets as they stand there, but for the ports. */
@ExtendWith(Suite.class)
class ReadmeIT {

    @Test
    void whatTheRubySnippetPublishesIsShownByTheJavaScriptSnippet() {
        Suite.browser()
                .serve(
                        "/readme.html",
                        "<!DOCTYPE html><title>README</title><body>"
                                + "<script src=\"/lib/stompjs-2.js\"></script>"
                                + "<script>"
                                + snippet(
                                        "javascript", "61614", Suite.gatepost().wsPort()) + "</script>");
        try (Page page = Suite.browser().open("/readme.html")) {
            page.until("client.connected");
            Command.run(
                    Path.of("."),
                    Map.of(),
                    "ruby",
                    "-e",
                    snippet("ruby", "61612", Suite.gatepost().stompPort()));
            page.until("document.body.textContent.endsWith('Welcome')");
            page.assertSound();
        }
    }

    private static String snippet(String language, String port, int here) {
        String text = Guide.README.blocks().stream()
                .filter(block -> block.language().equals(language))
                .findFirst()
                .orElseThrow()
                .text();
        assertTrue(text.contains(port), text);
        return text.replace(port, "" + here);
    }
}
