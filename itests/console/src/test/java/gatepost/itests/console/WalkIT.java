package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.DESKTOP;
import static gatepost.itests.console.ConsolePage.NARROW;
import static gatepost.itests.console.ConsolePage.TABLET;
import static gatepost.itests.console.ConsolePage.go;
import static gatepost.itests.console.ConsolePage.picture;
import static gatepost.itests.console.ConsolePage.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every page, as administrator and as viewer, beneath the prefix of a proxy, at three widths and in both colour schemes. */
@ExtendWith(Suite.class)
class WalkIT {

    @TempDir
    static Path folder;

    @AutoClose
    private static Browser browser;

    @AutoClose
    private static Prefix prefix;

    @AutoClose
    private static StompClient dora;

    @BeforeAll
    static void start() {
        prefix = Prefix.of(Suite.gatepost(), folder);
        browser = Browser.start();
        Suite.gatepost().write("routes/walk.yaml", RoutesPageIT.route("walk", "gatepost:app.walk"));
        LogPagesIT.refused("walker");
        dora = Transport.TCP.client(Suite.gatepost().stompPort());
        dora.connect("dora", "secret");
        dora.done(ClientFrame.subscribe("1", "/queue/user.dora", "ack:client-individual", "gatepost-device:laptop"));
        try (StompClient system = Transport.TCP.client(Suite.gatepost().stompPort())) {
            system.connect("system", "manager");
            for (int i = 0; i < 3; i++) {
                system.done(ClientFrame.send("/queue/user.dora", "your order " + i, "gatepost-id:walk-" + i));
            }
            system.done(ClientFrame.send(
                    "/queue/app.inbox",
                    "{\"text\":\"<b>bold</b>\"}",
                    "content-type:application/json",
                    "order:<i>17</i>"));
        }
    }

    @AfterAll
    static void empty() throws IOException {
        Files.delete(Suite.gatepost().etc("routes/walk.yaml"));
        Suite.gatepost().shell("gatepost:queue-purge app.inbox");
    }

    private static Page open(String hash) {
        return browser.open(prefix.address() + hash);
    }

    private static void walk(Page page, String role) {
        for (Walk.Stop stop : Walk.STOPS) {
            go(page, stop.hash());
            page.until(stop.shown());
            assertEquals(
                    stop.hash().replaceAll("#/(\\w+).*", "$1"),
                    page.evaluate("document.querySelector('#pages [aria-current]').id.replace('page-', '')")
                            .asText());
            picture(page, role + "-" + stop.name(), NARROW, TABLET, DESKTOP);
        }
        page.assertSound();
        for (String request : page.requests()) {
            assertTrue(prefix.isOwn(request), request);
        }
    }

    @Test
    void anAdministratorWalksOverEveryPage() {
        try (Page page = open("")) {
            signIn(page);
            walk(page, "admin");
        }
    }

    @Test
    void aViewerWalksOverEveryPageAndFindsNothingThatChangesAnything() {
        try (Page page = open("")) {
            signIn(page, Suite.VIEWER, Suite.VIEWER);
            assertEquals(
                    "look (viewer)",
                    page.evaluate("document.getElementById('who').textContent").asText());
            walk(page, "viewer");
            for (Walk.Stop stop : Walk.STOPS) {
                go(page, stop.hash());
                page.until(stop.shown());
                assertEquals(
                        "",
                        page.evaluate(
                                        "[...document.querySelectorAll('#view button.danger, #deeds button, #send, #file-apply, #routes-table button')]"
                                                + ".map(button => button.textContent).join()")
                                .asText(),
                        stop.name());
            }
        }
    }

    @Test
    void aLinkOpenedAfreshLeadsThereAfterSigningInAndTheWayBackIsThatOfTheBrowser() {
        try (Page page = open("#/users/dora")) {
            signIn(page);
            page.until(Walk.text("sessions", "queue://user.dora"));
            assertEquals("dora · Gatepost", page.evaluate("document.title").asText());
            page.click("#page-queues");
            page.until(Walk.text("queues-list", "app.inbox"));
            page.run("history.back()");
            page.until("document.title == 'dora · Gatepost'");
            page.until(Walk.text("sessions", "queue://user.dora"));
            page.reload();
            page.until(Walk.text("sessions", "queue://user.dora"));
        }
    }

    @Test
    void theCookieBelongsToThePrefixAlone() {
        try (Page page = open("")) {
            signIn(page);
            assertEquals("", page.evaluate("document.cookie").asText());
            page.reload();
            page.until("document.getElementById('live')?.textContent == 'live'");
            page.click("#sign-out");
            page.reload();
            page.until("document.getElementById('sign-in')?.hidden === false");
        }
    }

    @Test
    void whatIsInAMessageIsTextAndNothingElse() {
        try (Page page = open("#/queues/app.inbox")) {
            signIn(page);
            page.until(Walk.text("messages", "{\"text\":\"<b>bold</b>\"}"));
            page.until(Walk.text("messages", "order: <i>17</i>"));
            assertEquals(
                    0,
                    page.evaluate("document.querySelectorAll('#messages b, #messages i').length")
                            .asInt());
        }
    }
}
