package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.signIn;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the console says while Gatepost does not answer, when it is broken, and when it has restarted; on a distribution of its own. */
class RestartIT {

    private static final String USER = "boss";

    private static String text(String id) {
        return "document.getElementById('" + id + "').textContent";
    }

    @Test
    void oldNumbersAreGreyAndARestartSaysThatItWasOne() {
        try (Gatepost gatepost = Gatepost.unpack();
                Browser browser = Browser.start()) {
            gatepost.configure("users.properties", Map.of(USER, USER + ",admin"));
            gatepost.start();
            Suite.awaitConsole(gatepost);
            try (Page page = browser.open("http://localhost:" + gatepost.httpPort() + "/#/overview?span=hour")) {
                signIn(page, USER, USER);
                page.until("document.querySelectorAll('#changes tbody tr').length > 3");
                String colour = "getComputedStyle(document.querySelector('#chart-users .value b')).color";
                String live = page.evaluate(colour).asText();

                gatepost.stop();
                page.until("/^What is shown is from .*, \\d+ s ago: nothing has come since\\.$/.test(" + text("stale")
                        + ")");
                page.until(text("live") + " == 'no live data'");
                page.until(text("strip") + ".includes('Gatepost does not answer.')");
                assertTrue(!page.evaluate(colour).asText().equals(live), live);
                ConsolePage.picture(page, "stopped", ConsolePage.NARROW, ConsolePage.TABLET, ConsolePage.DESKTOP);

                gatepost.start();
                page.until("!document.getElementById('sign-in').hidden");
                page.until(text("sign-in-why")
                        + " == 'The session is over: it was idle or old, or Gatepost has restarted.'");
                signIn(page, USER, USER);
                page.until("/^\\s*Gatepost has restarted: it was started at /.test(" + text("restarted") + ")");
                ConsolePage.picture(page, "restarted", ConsolePage.NARROW, ConsolePage.TABLET, ConsolePage.DESKTOP);
                page.click("#restart-seen");
                page.until("document.getElementById('restarted').hidden");
                page.reload();
                page.until("document.getElementById('live')?.textContent == 'live'");
                assertTrue(page.evaluate("document.getElementById('restarted').hidden")
                        .asBoolean());
            }
        }
    }

    @Test
    void theChartsKeepThePastThroughAReloadAndWhatIsBrokenStandsOnEveryPage() throws IOException {
        try (Gatepost gatepost = Gatepost.unpack();
                Browser browser = Browser.start()) {
            gatepost.configure("users.properties", Map.of(USER, USER + ",admin"));
            gatepost.start();
            Suite.awaitConsole(gatepost);
            try (Page page = browser.open("http://localhost:" + gatepost.httpPort() + "/#/overview?span=hour")) {
                signIn(page, USER, USER);
                // kept before anybody looked
                String points =
                        "(document.querySelector('#chart-users path').getAttribute('d').match(/[ML]/g) ?? []).length";
                page.until(points + " >= 3");
                page.reload();
                page.until("document.querySelector('#chart-users path') !== null && " + points + " >= 3");

                Path connector = gatepost.etc("gatepost.connector-ws.cfg");
                String before = Files.readString(connector);
                Files.delete(connector);
                page.until(text("strip") + ".includes('No connector for WebSocket is open.')");
                page.evaluate("location.hash = '#/queues'");
                page.until("document.querySelector('#view .title').textContent == 'Queues and inboxes'");
                assertTrue(!page.evaluate("document.getElementById('strip').hidden")
                        .asBoolean());
                ConsolePage.picture(page, "broken", ConsolePage.NARROW, ConsolePage.TABLET, ConsolePage.DESKTOP);
                Files.writeString(connector, before);
                page.until("document.getElementById('live').textContent == 'live'");
                page.until("document.getElementById('strip').hidden");
            }
        }
    }
}
