package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.assertKeepsToItself;
import static gatepost.itests.console.ConsolePage.go;
import static gatepost.itests.console.ConsolePage.open;
import static gatepost.itests.console.ConsolePage.picture;
import static gatepost.itests.console.ConsolePage.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console's page in Chromium. */
@ExtendWith(Suite.class)
class ConsoleIT {

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    private static String text(Page page, String selector) {
        return page.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    /** Waits until a table has a row with this in it. */
    private static void awaitRow(Page page, String table, String expression) {
        page.until("[...document.querySelectorAll('#" + table + " tbody tr')].some(e => /"
                + expression.replace("/", "\\/") + "/.test(e.innerText))");
    }

    private static void ask(Page page, String user, String operation, String destination, String groups) {
        page.type("#gate-user", user);
        page.evaluate("document.getElementById('gate-operation').value = '" + operation + "'");
        page.type("#gate-groups", groups);
        page.type("#gate-destination", destination);
        page.press("Enter");
    }

    @Test
    void itShowsWhatHappens() {
        // what another test has left
        if (!Suite.gatepost().shell("gatepost:inbox-list --no-format dora").isBlank()) {
            Suite.gatepost().shell("gatepost:inbox-purge --yes dora");
        }
        try (Page page = open(browser, "/");
                StompClient system = Transport.TCP.client(Suite.gatepost().stompPort());
                StompClient dora = Transport.TCP.client(Suite.gatepost().stompPort());
                StompClient bob = Transport.TCP.client(Suite.gatepost().stompPort())) {
            signIn(page);
            String usersBefore = text(page, "#chart-users .value b");

            system.connect("system", "manager");
            dora.connect("dora", "secret");
            bob.connect("bob", "bob");
            page.until("+document.querySelector('#chart-users .value b').textContent >= " + usersBefore + " + 3");

            // dora reads and does not acknowledge
            dora.done(ClientFrame.subscribe("1", "/queue/user.dora", "ack:client-individual"));
            for (int i = 0; i < 40; i++) {
                system.done(ClientFrame.send("/queue/user.dora", "lies there " + i));
                system.done(ClientFrame.send("/queue/user.gone", "lies there " + i));
            }
            system.done(ClientFrame.send("/queue/user.gone", "one more"));
            for (int i = 1; i <= 12; i++) {
                system.done(ClientFrame.send("/queue/user.shallow" + i, "lies there"));
            }
            page.until("parseFloat(document.querySelector('#chart-messages .value b').textContent) > 5");
            page.until("parseFloat(document.querySelector('#chart-delivery .value b').textContent) > 0");
            page.until("+document.querySelector('#chart-waiting .value b').textContent >= 93");
            page.until("document.querySelector('#chart-messages path').getAttribute('d').split('L').length > 4");
            awaitRow(page, "queues", "^user\\.gone\\s+41\\s+0\\s+\\d+ s");
            page.until("document.querySelectorAll('#queues tbody tr').length == 10");
            page.until("document.querySelector('#queues tbody td').textContent == 'user.gone'");
            awaitRow(page, "slow", "^dora\\s+127\\.0\\.0\\.1:\\d+\\s.*\\s4[01]$");

            assertEquals(
                    "ERROR",
                    bob.request(ClientFrame.subscribe("1", "/queue/user.dora")).command());
            awaitRow(page, "denials", "bob\\s+read queue://user.dora\\s+no entry allows it");

            ask(page, "alice", "read", "queue://user.alice", "");
            page.until("document.getElementById('answer').className == 'allowed'");
            picture(page, "console");
            assertKeepsToItself(page);
        }
    }

    @Test
    void everythingIsWithinReachOfTheKeyboard() {
        try (Page page = open(browser, "/")) {
            signIn(page);
            for (String id : new String[] {"", "", "gate-user", "gate-operation", "gate-destination", "gate-groups"}) {
                page.press("Tab");
                assertEquals(id, page.evaluate("document.activeElement.id").asText());
            }
            page.press("Tab");
            assertEquals(
                    "Ask the gate",
                    page.evaluate("document.activeElement.textContent").asText());
            // back over the fields, the two links of the charts and the seven of the navigation
            for (int i = 0; i < 14; i++) {
                page.press("Shift+Tab");
            }
            assertEquals("sign-out", page.evaluate("document.activeElement.id").asText());
            page.press("Shift+Tab");
            assertEquals("skip", page.evaluate("document.activeElement.id").asText());
            page.press("Enter");
            assertEquals("main", page.evaluate("document.activeElement.id").asText());
        }
    }

    @Test
    void itTellsWhatHappenedToMessagesAsTheShellDoes() {
        try (Page page = open(browser, "/");
                StompClient system = Transport.TCP.client(Suite.gatepost().stompPort())) {
            signIn(page);
            go(page, "#/users/nobody-knows");
            page.until("document.getElementById('told').textContent == 'Nothing is known of messages for them.'");

            system.connect("system", "manager");
            system.done(ClientFrame.send("/queue/user.erna", "x", "gatepost-id:<b>order-1"));
            system.done(ClientFrame.send("/queue/user.erna", "x", "gatepost-id:order-2"));
            go(page, "#/users/erna");
            page.until("document.querySelectorAll('#told li').length == 2");
            String last = text(page, "#told li");
            assertTrue(last.matches("order-2 from system: stored at .* UTC; it waits: nobody reads it\\."), last);
            assertEquals(
                    List.of(
                            page.evaluate("document.querySelectorAll('#told li')[1].textContent")
                                    .asText(),
                            last),
                    Suite.gatepost()
                            .shell("gatepost:message-trace erna")
                            .strip()
                            .lines()
                            .toList());
            page.click("#sign-out");
            page.until("document.getElementById('view').textContent == ''");
        }
    }

    @Test
    void itAnswersWhatTheShellAnswers() {
        try (Page page = open(browser, "/")) {
            signIn(page);
            ask(page, "alice", "read", "/queue/user.alice", "");
            page.until("document.getElementById('answer').className == 'allowed'");
            assertEquals(
                    "Allowed by own-queue: alice in [users] may read queue://user.alice.", text(page, "#answer p"));
            assertEquals("own-queue = queue://user.{user} read=users admin=users", text(page, "#answer li.deciding"));

            ask(page, "alice", "read", "queue://user.bob", "");
            page.until("document.getElementById('answer').className == 'denied'");
            assertEquals(
                    "Denied, no entry allows it: alice in [users] may not read queue://user.bob.",
                    text(page, "#answer p"));

            ask(page, "carol", "write", "queue://user.bob", "admins");
            page.until("document.getElementById('answer').className == 'allowed'");
            assertEquals("Allowed by admins: carol in [admins] may write queue://user.bob.", text(page, "#answer p"));

            ask(page, "carol", "write", "queue://user.bob", "");
            page.until("document.querySelector('#answer .refusal') != null");
            assertEquals("The groups of carol are not known, as they have no session.", text(page, "#answer p"));
        }
    }

    @Test
    void itShowsAChangeOfTheConfigurationAndOneThatWasRefused() {
        try (Page page = open(browser, "/")) {
            signIn(page);
            Suite.gatepost().applyRefused("gatepost.welcome.cfg", Map.of("rate", "0"));
            try {
                awaitRow(page, "changes", "gatepost\\.welcome\\.cfg\\s+refused: rate: expected a whole number");
                page.until("/^etc.gatepost.welcome.cfg was refused, .* rate: expected a whole number/.test("
                        + "document.getElementById('strip').textContent)");
            } finally {
                Suite.gatepost().apply("gatepost.welcome.cfg", Map.of("rate", "100"));
            }
            awaitRow(page, "changes", "gatepost\\.welcome\\.cfg\\s+in force");
            page.until("document.getElementById('strip').hidden");
        }
    }

    @Test
    void itSaysWhatIsMissingAndGoesOnByItselfWhenThatIsBack() {
        try (Page page = open(browser, "/")) {
            signIn(page);
            String map = Suite.gatepost()
                    .awaitLog(
                            "in force",
                            () -> Suite.gatepost()
                                    .configure(
                                            "gatepost.authorization.cfg",
                                            Map.of("entry.console", "topic://gatepost.other read=admins")));
            assertTrue(map.contains("gatepost.authorization.cfg"), map);
            try {
                page.until("document.getElementById('live').textContent == 'no live data'");
                page.until(
                        "/entry\\.console|topic:..gatepost\\.console/.test(document.getElementById('strip').textContent)");
            } finally {
                Suite.gatepost()
                        .apply(
                                "gatepost.authorization.cfg",
                                Map.of(
                                        "entry.console",
                                        "topic://gatepost.console read=gatepost-console-page  write=gatepost-console  admin=gatepost-console"));
            }
            page.until("document.getElementById('live').textContent == 'live'");
            page.until("document.getElementById('strip').hidden");
        }
    }

    @Test
    void whoHasSignedInStaysSoAfterAReloadAndIsOutAfterSigningOut() {
        try (Page page = open(browser, "/")) {
            signIn(page);
            page.reload();
            page.until("document.getElementById('live')?.textContent == 'live'");
            page.click("#sign-out");
            page.until("!document.getElementById('sign-in').hidden && document.getElementById('view').hidden");
            page.reload();
            page.until("document.getElementById('sign-in')?.hidden === false");
        }
    }
}
