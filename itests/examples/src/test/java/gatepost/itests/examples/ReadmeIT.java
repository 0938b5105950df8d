package gatepost.itests.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Command;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.library.GemHome;
import gatepost.itests.harness.library.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's two snippets as they stand there, but for the port. */
@ExtendWith(Suite.class)
class ReadmeIT {

    @Test
    void whatTheRubySnippetPublishesIsShownByTheElement() {
        Suite.browser()
                .serve(
                        "/notifications/session",
                        "{\"url\":\"ws://localhost:" + Suite.gatepost().wsPort()
                                + "/stomp\",\"user\":\"alice\",\"token\":\"" + Token.of("alice", "users") + "\"}");
        Suite.browser().serve("/readme.html", "<!DOCTYPE html><title>README</title><body>" + snippet("html"));
        try (GemHome gems = new GemHome();
                Page page = Suite.browser().open("/readme.html")) {
            SameApplication.awaitConnected(page);
            Command.run(Path.of("."), gems.environment(), "ruby", "-e", snippet("ruby"));
            page.until("[...document.querySelector('gatepost-inbox').shadowRoot.querySelectorAll('[part=content]')]"
                    + ".some(e => e.textContent === 'Your order is on its way')");
            page.assertSound();
        }
    }

    private static String snippet(String language) {
        String text = Guide.README.blocks().stream()
                .filter(block -> block.language().equals(language))
                .findFirst()
                .orElseThrow()
                .text();
        assertTrue(text.contains(":61614"), text);
        return text.replace("61614", "" + Suite.gatepost().wsPort());
    }
}
