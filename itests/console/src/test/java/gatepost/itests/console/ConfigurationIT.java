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
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the configuration, and what stands behind it. */
@ExtendWith(Suite.class)
class ConfigurationIT {

    private static final String MAP = "gatepost.authorization.cfg";
    private static final String OWN = "entry.own-queue   = queue://user.{user}      read=users   admin=users";

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    private static String onDisk(String file) throws IOException {
        return Files.readString(Suite.gatepost().etc(file));
    }

    private static int lineOf(String text, String line) {
        return (int) text.substring(0, text.indexOf(line)).lines().count() + 1;
    }

    private static void awaitText(Page page, String selector, String expression) {
        page.until("/" + expression.replace("/", "\\/") + "/.test(document.querySelector('" + selector
                + "')?.textContent ?? '')");
    }

    private static String version(Operator operator, String file) {
        return Json.read(operator.get("/api/configuration/file?name=" + file).body())
                .get("version")
                .asText();
    }

    @Test
    void anEditOfTheEntryMapIsCheckedComparedAppliedAndTakenBack() throws IOException {
        String before = onDisk(MAP);
        try (Page page = open(browser, "/");
                StompClient alice = Transport.TCP.client(Suite.gatepost().stompPort())) {
            alice.connect("alice", "alice");
            alice.done(ClientFrame.subscribe("1", "/queue/user.alice"));
            signIn(page);
            page.click("#page-configuration");
            page.until("document.querySelector('#files a')");
            picture(page, "configuration", NARROW, TABLET, DESKTOP);
            page.click("#files a[href$='" + MAP + "']");
            page.until("document.getElementById('file-text')?.value.includes('entry.own-queue')");
            awaitText(page, "#file-state", "in force");

            String bad = "entry.bad = queue://>.x  read=users";
            page.type("#file-text", before.replace(OWN, bad));
            page.click("#file-check");
            awaitText(page, "#faults-card", "Line " + lineOf(before, OWN) + " · entry\\.bad: .+");
            assertTrue(page.evaluate("document.getElementById('file-apply').disabled")
                    .asBoolean());
            picture(page, "configuration-faults", NARROW, TABLET, DESKTOP);

            page.type("#file-text", before.replace(OWN, OWN.replace("read=users   ", "")));
            assertTrue(page.evaluate("document.getElementById('faults-card') === null")
                    .asBoolean());
            page.click("#file-check");
            awaitText(
                    page,
                    "#effects-card",
                    "A session of alice from \\S+ would be cut: it might no longer read queue://user.alice\\.");
            awaitText(page, "#difference-card .removed", "read=users   admin=users");
            awaitText(page, "#difference-card .added", "\\}      admin=users");
            picture(page, "configuration-difference", NARROW, TABLET, DESKTOP);
            alice.done(ClientFrame.send("/queue/app.inbox", "still there"));

            page.click("#file-apply");
            awaitText(page, "#file-said", "It is in force\\.");
            ServerFrame frame = alice.frame();
            while (frame.command().equals("MESSAGE")) {
                frame = alice.frame(); // what waited for alice
            }
            assertEquals("ERROR", frame.command());
            assertTrue(frame.header("message").contains("queue://user.alice"), frame.header("message"));
            AuditLog.awaitLine(
                    "event=\"operator\" outcome=\"done\" user=\"admin\" way=\"console\" address=\"127.0.0.1\"",
                    "action=\"configuration-apply\" on=\"etc/" + MAP + "\"");
            assertFalse(onDisk(MAP).contains(OWN));
            picture(page, "configuration-applied", NARROW, TABLET, DESKTOP);

            page.click("#file-undo");
            awaitText(page, "#file-said", "It is in force\\.");
            page.until("document.getElementById('file-text').value.includes('read=users   admin=users')");
            assertEquals(before, onDisk(MAP));
            AuditLog.awaitLine("action=\"configuration-undo\" on=\"etc/" + MAP + "\"");
            try (StompClient again = Transport.TCP.client(Suite.gatepost().stompPort())) {
                again.connect("alice", "alice");
                again.done(ClientFrame.subscribe("1", "/queue/user.alice"));
            }
            assertKeepsToItself(page);
        } finally {
            restore(MAP, before);
        }
    }

    private static void restore(String file, String text) throws IOException {
        if (!onDisk(file).equals(text)) {
            Suite.gatepost()
                    .awaitLog(
                            "etc/" + file + " is in force",
                            () -> Suite.gatepost().write(file, text));
        }
    }

    @Test
    void whatSomebodyElseHasChangedMeanwhileIsNotWrittenOver() throws IOException {
        String file = "gatepost.presence.cfg";
        String before = onDisk(file);
        try (Page page = open(browser, "/#/configuration/" + file)) {
            signIn(page);
            page.until("document.getElementById('file-text')?.value.includes('presence.grace')");
            page.type("#file-text", before.replace("presence.grace = 15", "presence.grace = 14"));
            page.click("#file-check");
            awaitText(page, "#file-said", "It would be taken");
            Suite.gatepost().apply(file, Map.of("presence.grace", "13"));
            page.click("#file-apply");
            awaitText(page, "#file-said", "etc/" + file + " has changed since you read it");
            assertTrue(onDisk(file).contains("presence.grace = 13"));
            AuditLog.awaitLine("outcome=\"refused\"", "action=\"configuration-apply\" on=\"etc/" + file + "\"");

            page.click("#file-again");
            page.until("document.querySelector('dialog')");
            page.click("dialog button[type=submit]");
            page.until("document.getElementById('file-text').value.includes('presence.grace = 13')");
        } finally {
            restore(file, before);
        }
    }

    @Test
    void aTextThatIsNotAppliedIsStillThereWhenItsPageIsOpenedAgain() {
        try (Page page = open(browser, "/#/configuration/gatepost.events.cfg")) {
            signIn(page);
            page.until("document.getElementById('file-text')?.value.includes('events.age')");
            page.type("#file-text", "# mine");
            page.click("#page-configuration");
            page.until("document.getElementById('files')");
            page.click("#files a[href$='gatepost.events.cfg']");
            awaitText(page, "#file-said", "it is not applied");
            assertEquals(
                    "# mine",
                    page.evaluate("document.getElementById('file-text').value").asText());
            // whoever comes next is somebody else
            page.click("#sign-out");
            signIn(page);
            page.until("document.getElementById('file-text')?.value.includes('events.age')");
        }
    }

    @Test
    void theListSaysWhatIsRefusedAndWhy() {
        try (Page page = open(browser, "/#/configuration")) {
            signIn(page);
            page.until("document.querySelector('#files')");
            Suite.gatepost().applyRefused("gatepost.welcome.cfg", Map.of("rate", "0"));
            try {
                page.until("/gatepost\\.welcome\\.cfg.*refused.*rate: expected a whole number from 1 to 10000/s"
                        + ".test(document.querySelector('#files tbody tr').innerText)");
                picture(page, "configuration-refused", NARROW, TABLET, DESKTOP);
            } finally {
                Suite.gatepost().apply("gatepost.welcome.cfg", Map.of("rate", "100"));
            }
            page.until("![...document.querySelectorAll('#files td')].some(e => e.textContent == 'refused')");
            assertTrue(
                    page.evaluate("[...document.querySelectorAll('#files tr')].some(e => /^gatepost.users.properties/"
                                    + ".test(e.innerText) && !e.querySelector('a'))")
                            .asBoolean());
        }
    }

    @Test
    void noSecretLeavesTheServerAndEachStaysInTheFile() throws IOException {
        String file = "gatepost.authentication.cfg";
        String before = onDisk(file);
        Operator admin = Operator.administrator();
        String with = before.replace("ldap.connection.password =\n", "ldap.connection.password = hunter22\n")
                + "#ldap.options = java.naming.security = hunter23\n";
        Suite.gatepost()
                .awaitLog("etc/" + file + " is in force", () -> Suite.gatepost().write(file, with));
        try {
            HttpResponse<String> read = admin.get("/api/configuration/file?name=" + file);
            assertFalse(read.body().contains("hunter2"), read.body());
            String shown = Json.read(read.body()).get("text").asText();
            String version = Json.read(read.body()).get("version").asText();
            assertTrue(shown.contains("\nldap.connection.password = ‹hidden 1›\n"), shown);
            assertTrue(shown.endsWith("\n#ldap.options = ‹hidden 2›\n"), shown);
            assertTrue(shown.contains("\npassword.hash.threads = 0\n"), shown);

            HttpResponse<String> moved = admin.post(
                    "/api/configuration/check",
                    Map.of(
                            "name",
                            file,
                            "version",
                            version,
                            "text",
                            shown.replace("ldap.user.filter = (uid=%u)", "ldap.user.filter = ‹hidden 1›")));
            assertEquals(422, moved.statusCode(), moved.body());

            HttpResponse<String> applied = admin.post(
                    "/api/configuration/apply",
                    Map.of("name", file, "version", version, "text", shown.replace("# The", "#The")));
            assertEquals(200, applied.statusCode(), applied.body());
            assertEquals(with.replace("# The", "#The"), onDisk(file));
        } finally {
            restore(file, before);
        }
    }

    @Test
    void aViewerSeesWhatBecameOfFilesAndNothingThatIsInThem() throws IOException {
        Operator viewer = Operator.viewer();
        HttpResponse<String> states = viewer.get("/api/configuration");
        assertEquals(200, states.statusCode());
        assertTrue(states.body().contains("\"file\":\"etc/" + MAP + "\",\"state\":\"taken\""), states.body());
        assertEquals(403, viewer.get("/api/configuration/file?name=" + MAP).statusCode());
        String before = onDisk(MAP);
        String version = version(Operator.administrator(), MAP);
        for (String what : List.of("check", "apply", "undo")) {
            HttpResponse<String> refused = viewer.post(
                    "/api/configuration/" + what, Map.of("name", MAP, "version", version, "text", before + "#\n"));
            assertEquals(403, refused.statusCode(), what);
        }
        assertEquals(before, onDisk(MAP));
        AuditLog.awaitLine("outcome=\"refused\" user=\"look\"", "on=\"/api/configuration/apply\"");
        try (Page page = open(browser, "/#/configuration")) {
            signIn(page, Suite.VIEWER, Suite.VIEWER);
            page.until("document.querySelector('#files tbody tr')");
            assertTrue(page.evaluate("document.querySelector('#files a[href*=\"configuration\"]') === null")
                    .asBoolean());
            picture(page, "configuration-viewer", NARROW, TABLET, DESKTOP);
            page.evaluate("location.hash = '#/configuration/" + MAP + "'");
            awaitText(page, "#configuration", "A viewer sees what became of a file, and not what is in it");
            assertTrue(
                    page.evaluate("document.querySelector('textarea') === null").asBoolean());
        }
    }

    @Test
    void eachFileThatShipsIsCheckedByWhoeverReadsIt() {
        Operator admin = Operator.administrator();
        int files = 0;
        for (JsonNode state : Json.read(admin.get("/api/configuration").body()).get("files")) {
            String name = state.get("name").asText();
            assertEquals(state.get("file").asText().endsWith(".cfg"), !name.isEmpty(), state.toString());
            if (!name.isEmpty()) {
                files++;
                JsonNode file = Json.read(
                        admin.get("/api/configuration/file?name=" + name).body());
                Map<String, String> change = new HashMap<>(Map.of(
                        "name",
                        name,
                        "version",
                        file.get("version").asText(),
                        "text",
                        file.get("text").asText()));
                assertEquals("[]", faults(admin, change), name);
                change.merge("text", "\nno.such.key = 1\n", String::concat);
                assertTrue(faults(admin, change).contains("\"key\":\"no.such.key\",\"reason\":\"unknown key"), name);
            }
        }
        assertEquals(12, files);
    }

    private static String faults(Operator admin, Map<String, String> change) {
        return Json.read(admin.post("/api/configuration/check", change).body())
                .get("faults")
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users.properties",
                "gatepost.users.properties",
                "../etc/" + MAP,
                "..%2Fetc%2F" + MAP,
                "/etc/passwd",
                "gatepost.nothing.cfg",
                ""
            })
    void aNameThatIsNoneOfItsFilesIsNoFile(String name) {
        HttpResponse<String> answer = Operator.administrator().get("/api/configuration/file?name=" + name);
        assertEquals(404, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("There are: gatepost.authentication.cfg, "), answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "no JSON, 400",
        "'{\"name\":\"gatepost.events.cfg\"}', 400",
        "'{\"name\":\"../users.properties\",\"version\":\"\",\"text\":\"\"}', 404",
        "'{\"name\":\"gatepost.events.cfg\",\"version\":\"0\",\"text\":\"\"}', 409"
    })
    void aChangeThatNamesNothingThatIsThereIsRefused(String body, int status) throws IOException {
        Path users = Suite.gatepost().etc("users.properties");
        String before = Files.readString(users);
        Operator admin = Operator.administrator();
        for (String what : List.of("check", "apply", "undo")) {
            assertEquals(
                    status,
                    admin.web()
                            .post("/api/configuration/" + what, body, "Cookie", admin.cookie())
                            .statusCode(),
                    what);
        }
        assertEquals(before, Files.readString(users));
    }

    @Test
    void onlyItsOwnPageChangesAnythingAndOnlyForWhoIsSignedIn() throws IOException {
        String before = onDisk(MAP);
        Operator admin = Operator.administrator();
        String body = Json.line(Map.of("name", MAP, "version", version(admin, MAP), "text", before + "# x\n"));
        for (String what : List.of("check", "apply", "undo")) {
            String path = "/api/configuration/" + what;
            assertEquals(
                    403,
                    admin.web()
                            .request("POST", path, body, "Origin", "http://localhost:3000", "Cookie", admin.cookie())
                            .statusCode());
            assertEquals(
                    403,
                    admin.web()
                            .request("POST", path, body, "Cookie", admin.cookie())
                            .statusCode());
            assertEquals(401, admin.web().post(path, body).statusCode());
        }
        assertEquals(before, onDisk(MAP));
    }
}
