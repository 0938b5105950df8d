package gatepost.itests.console;

import static gatepost.itests.console.ConfigurationIT.MAP;
import static gatepost.itests.console.ConfigurationIT.awaitText;
import static gatepost.itests.console.ConfigurationIT.onDisk;
import static gatepost.itests.console.ConfigurationIT.restore;
import static gatepost.itests.console.ConsolePage.DESKTOP;
import static gatepost.itests.console.ConsolePage.NARROW;
import static gatepost.itests.console.ConsolePage.TABLET;
import static gatepost.itests.console.ConsolePage.open;
import static gatepost.itests.console.ConsolePage.picture;
import static gatepost.itests.console.ConsolePage.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody gets from the console about files of {@code etc}, and what nobody can make it do to them. */
@ExtendWith(Suite.class)
class ConfigurationGuardIT {

    private static String version(Operator operator, String file) {
        return Json.read(operator.get("/api/configuration/file?name=" + file).body())
                .get("version")
                .asText();
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
        try (Browser browser = Browser.start();
                Page page = open(browser, "/#/configuration")) {
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
