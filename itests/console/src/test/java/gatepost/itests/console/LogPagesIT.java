package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.DESKTOP;
import static gatepost.itests.console.ConsolePage.NARROW;
import static gatepost.itests.console.ConsolePage.TABLET;
import static gatepost.itests.console.ConsolePage.assertKeepsToItself;
import static gatepost.itests.console.ConsolePage.open;
import static gatepost.itests.console.ConsolePage.picture;
import static gatepost.itests.console.ConsolePage.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the log and of the audit log, and what stands behind them. */
@ExtendWith(Suite.class)
class LogPagesIT {

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    private static String row(String table, String expression) {
        return "[...document.querySelectorAll('#" + table + " tbody tr')].some(e => /" + expression.replace("/", "\\/")
                + "/.test(e.innerText))";
    }

    private static String rows(String table) {
        return "document.querySelectorAll('#" + table + " tbody tr').length";
    }

    /** Has something refused, which stands in the audit log. */
    private static void denied(String user, String password, String destination) {
        try (StompClient client = Transport.TCP.client(Suite.gatepost().stompPort())) {
            client.connect(user, password);
            assertEquals(
                    "ERROR",
                    client.request(ClientFrame.subscribe("1", destination)).command());
        }
    }

    /** Somebody comes with a wrong password. */
    static void refused(String user) {
        try (StompClient client = Transport.TCP.client(Suite.gatepost().stompPort())) {
            client.send("CONNECT\naccept-version:1.2\nhost:x\nlogin:" + user + "\npasscode:wrong\n\n\0");
            client.expect("ERROR");
        }
    }

    @Test
    void theLogIsSearchedAndFollowed() {
        try (Page page = open(browser, "/#/log")) {
            signIn(page);
            page.until(row("log-table", "INFO\\s+ConfigurationReports\\s+etc/gatepost.console.cfg is in force"));
            page.until("/Looked back to/.test(document.getElementById('tail-said').textContent)");

            page.evaluate("document.getElementById('field-level').value = 'ERROR'");
            page.type("#field-text", "gatepost.WELCOME.cfg");
            page.press("Enter");
            page.until("location.hash == '#/log?level=ERROR&text=gatepost.WELCOME.cfg'");
            Suite.gatepost().applyRefused("gatepost.welcome.cfg", Map.of("rate", "0"));
            try {
                page.until(
                        row("log-table", "ERROR\\s+ConfigurationReports\\s+refused, .*gatepost.welcome.cfg: rate = 0"));
            } finally {
                Suite.gatepost().apply("gatepost.welcome.cfg", Map.of("rate", "100"));
            }
            assertFalse(page.evaluate(row("log-table", "is in force")).asBoolean());
            picture(page, "log-search", NARROW, TABLET, DESKTOP);

            page.reload();
            page.until(row("log-table", "gatepost.welcome.cfg: rate = 0"));
            assertEquals(
                    "gatepost.WELCOME.cfg",
                    page.evaluate("document.getElementById('field-text').value").asText());
            assertKeepsToItself(page);
        }
    }

    @Test
    void theAuditLogIsSearchedByWhoWhatAndWhere() {
        denied("alice", "alice", "/queue/user.bob");
        denied("dora", "secret", "/queue/user.bob");
        refused("dora");
        try (Page page = open(browser, "/#/audit?user=dora")) {
            signIn(page);
            page.until(row("audit-table", "read\\s+denied\\s+dora\\s+queue://user.bob\\s[^]*no entry allows it"));
            page.until(row("audit-table", "sign-in\\s+refused\\s+dora"));
            assertFalse(page.evaluate(row("audit-table", "alice")).asBoolean());
            page.evaluate("document.getElementById('field-event').value = 'denied'");
            page.type("#field-destination", "USER.BOB");
            page.press("Enter");
            page.until("!" + row("audit-table", "sign-in"));
            page.until(row("audit-table", "denied\\s+dora"));
            picture(page, "audit", NARROW, TABLET, DESKTOP);
            page.type("#field-since", "2099-01-01T00:00");
            page.press("Enter");
            page.until(row("audit-table", "There is nothing of that kind"));
            assertKeepsToItself(page);
        }
    }

    @Test
    void whatAClientChoseIsTextAndNothingElse() {
        refused("<img src=x onerror=alert(1)>");
        try (Page page = open(browser, "/#/audit?event=sign-in&outcome=refused")) {
            signIn(page);
            page.until(row("audit-table", "sign-in\\s+refused\\s+<img src=x onerror=alert\\(1\\)>"));
            assertEquals(
                    0,
                    page.evaluate("document.querySelectorAll('#audit-table img').length")
                            .asInt());
            page.assertSound();
        }
    }

    @Test
    void whatWasRotatedCountsAndOlderEntriesAreHadOnRequest() throws IOException {
        Path rotated = AuditLog.file().resolveSibling("audit-1.log");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1200; i++) {
            lines.append(String.format(
                    "2020-01-01T%02d:%02d:%02d.000Z event=\"sign-in\" outcome=\"accepted\" user=\"old\" address=\"%d\"%n",
                    i / 3600, i / 60 % 60, i % 60, i));
        }
        Files.writeString(rotated, lines);
        try (Page page = open(browser, "/#/audit?user=old")) {
            signIn(page);
            page.until(rows("audit-table") + " == 500");
            page.click("#older");
            page.until(rows("audit-table") + " == 999");
            page.click("#older");
            page.until(rows("audit-table") + " == 1200");
            page.until("document.getElementById('older').hidden");
            page.until("/That is all there is/.test(document.getElementById('tail-said').textContent)");
        } finally {
            Files.delete(rotated);
        }
    }

    @Test
    void aViewerReadsThemAndAStrangerDoesNot() {
        Operator viewer = Operator.viewer();
        for (String path : new String[] {"/api/log", "/api/audit"}) {
            JsonNode answer =
                    Json.read(viewer.get(path + "?since=2026-01-01T00:00:00Z").body());
            assertTrue(answer.get("entries").size() > 0, path);
            JsonNode next = Json.read(viewer.get(path + "?since=2099-01-01T00:00:00Z&after="
                            + answer.get("position").asText())
                    .body());
            assertEquals(0, next.get("entries").size());
            assertEquals(401, viewer.web().get(path).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/log?level=LOUD, 'level is LOUD: expected one of TRACE, DEBUG'",
        "/api/log?since=yesterday, 'since is yesterday: expected a time such as '",
        "/api/audit?until=1, until is 1: expected a time",
        "/api/audit?after=../../etc/passwd, after is ../../etc/passwd: expected the position of an earlier answer"
    })
    void aQuestionThatCannotBeAnsweredIsToldSo(String path, String message) {
        HttpResponse<String> answer = Operator.viewer().get(path);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains(message), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/log", "/api/audit"})
    void aLongQuestionIsRefused(String path) {
        assertEquals(
                400,
                Operator.viewer()
                        .get(path + "?text=" + "x".repeat(600) + "&user=" + "x".repeat(600))
                        .statusCode());
    }
}
