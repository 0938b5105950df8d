package gatepost.itests.console;

import static gatepost.itests.console.ConsolePage.open;
import static gatepost.itests.console.ConsolePage.picture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Browser;
import gatepost.itests.harness.library.Json;
import gatepost.itests.harness.library.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets into the console, and who does not. */
@ExtendWith(Suite.class)
class SignInIT {

    private final Web web = Suite.web();

    private HttpResponse<String> signIn(String user, String password) {
        return web.post("/session", Json.line(Map.of("user", user, "password", password)));
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElse("");
    }

    @Test
    void anAdministratorGetsACookieThatNoScriptSeesAndNoOtherSiteSends() {
        HttpResponse<String> answer = signIn("admin", ConsolePage.password());
        assertEquals(200, answer.statusCode());
        assertTrue(cookie(answer).matches("gatepost-console=[\\w-]{43};.*"), cookie(answer));
        for (String attribute : new String[] {"HttpOnly", "SameSite=Strict"}) {
            assertTrue(cookie(answer).contains(attribute), cookie(answer));
        }
        assertFalse(cookie(answer).contains("Expires"), cookie(answer));
        // that of /session, whatever prefix a proxy has put before it
        assertFalse(cookie(answer).contains("Path"), cookie(answer));
        String session = cookie(answer).split(";")[0];
        assertEquals(
                "{\"role\":\"admin\",\"user\":\"admin\"}",
                web.get("/session", "Cookie", session).body());
        assertEquals(200, web.post("/api/live", "{}", "Cookie", session).statusCode());

        assertEquals(
                200,
                web.request("DELETE", "/session", "", "Origin", web.origin(), "Cookie", session)
                        .statusCode());
        assertEquals("{\"user\":\"\"}", web.get("/session", "Cookie", session).body());
        assertEquals(401, web.post("/api/live", "{}", "Cookie", session).statusCode());
    }

    @ParameterizedTest
    @CsvSource({"/api/live", "/api/access", "/api/check", "/api/trace", "/api/queues/messages", "/api/whatever", "/api/"
    })
    void withoutASessionThereIsNothingToBeHad(String path) {
        assertEquals(401, web.post(path, "{}").statusCode());
        assertEquals(401, web.get(path).statusCode());
        assertEquals(
                401,
                web.post(path, "{}", "Cookie", "gatepost-console=" + "A".repeat(43))
                        .statusCode());
    }

    @Test
    void theUsersOfTheMessagesAreNoAdministrators() {
        assertEquals(401, signIn("system", "manager").statusCode());
        assertEquals(401, signIn("alice", "alice").statusCode());
    }

    @Test
    void whoMayUseTheShellButIsNeitherAdministratorNorViewerIsRefused() throws IOException {
        Path users = Suite.gatepost().etc("users.properties");
        String before = Files.readString(users, StandardCharsets.ISO_8859_1);
        Files.writeString(
                users,
                before + "\nclerk = works,manager,ssh\nchief = rules,viewer,admin\n",
                StandardCharsets.ISO_8859_1);
        try {
            assertEquals(401, signIn("clerk", "works").statusCode());
            assertEquals(
                    "{\"role\":\"admin\",\"user\":\"chief\"}",
                    signIn("chief", "rules").body());
        } finally {
            Files.writeString(users, before, StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "{}",
        "[]",
        "no JSON",
        "'{\"user\":\"admin\"}'",
        "'{\"user\":\" \",\"password\":\"x\"}'",
        "'{\"user\":\"admin\",\"password\":\"\"}'"
    })
    void whatIsNoSignInIsRefusedUnchecked(String request) {
        assertEquals(400, web.post("/session", request).statusCode());
        assertEquals(
                400,
                web.post("/session", "{\"user\":\"" + "x".repeat(20_000) + "\"}")
                        .statusCode());
    }

    @Test
    void guessingIsSlowedDownAndOthersAreNot() {
        for (int i = 0; i < 5; i++) {
            assertEquals(401, signIn("mallory", "guess" + i).statusCode());
        }
        HttpResponse<String> soon = signIn("mallory", "guess");
        assertEquals(429, soon.statusCode());
        assertTrue(soon.body().contains("Too many failed attempts. Try again in"), soon.body());
        assertTrue(Integer.parseInt(soon.headers().firstValue("Retry-After").orElseThrow()) <= 2);
        assertEquals(200, signIn("admin", ConsolePage.password()).statusCode());
    }

    @Test
    void whoSignsInAndWhoTriesToStandsInTheAuditLog() throws IOException {
        signIn("admin", ConsolePage.password());
        signIn("trudy \"quoted\"", "guess");
        String log = Files.readString(Suite.gatepost().home().resolve("data/log/audit.log"));
        String way = "way=\"console\" address=\"127.0.0.1\" action=\"sign-in\" on=\"";
        assertTrue(log.contains("event=\"operator\" outcome=\"done\" user=\"admin\" " + way + "admin\""), log);
        assertTrue(
                log.lines().anyMatch(line -> line.contains("outcome=\"refused\" user=\"trudy ") && line.contains(way)),
                log);
        assertFalse(log.contains("guess"), log);
    }

    @Test
    void thePageSaysWhyNotAndShowsNothing() {
        try (Browser browser = Browser.start();
                Page page = open(browser, "/")) {
            page.until("!document.getElementById('sign-in').hidden");
            page.type("#user", "eve");
            page.type("#password", "wrong");
            page.press("Enter");
            page.until("document.getElementById('sign-in-refusal').textContent"
                    + " == 'That is not the name and password of an administrator or a viewer.'");
            picture(page, "sign-in");
            assertTrue(page.evaluate("document.getElementById('view').hidden").asBoolean());
            assertEquals(
                    "",
                    page.evaluate("document.getElementById('password').value").asText());
        }
    }

    @Test
    void aPagesTokenReadsTheConsolesTopicAndNothingElse() {
        String session = cookie(signIn("admin", ConsolePage.password())).split(";")[0];
        String token = Json.read(web.post("/api/live", "{}", "Cookie", session).body())
                .get("token")
                .asText();
        try (StompClient page = Transport.TCP.client(Suite.gatepost().stompPort())) {
            page.connect("gatepost-console-page", token);
            page.done(ClientFrame.subscribe("1", "/topic/gatepost.console"));
            assertTrue(page.expect("MESSAGE").text().contains("\"queues\""));
        }
        for (ClientFrame denied : new ClientFrame[] {
            ClientFrame.subscribe("1", "/queue/user.alice"),
            ClientFrame.send("/topic/gatepost.console", "forged"),
            ClientFrame.subscribe("1", "/topic/>")
        }) {
            try (StompClient page = Transport.TCP.client(Suite.gatepost().stompPort())) {
                page.connect("gatepost-console-page", token);
                assertTrue(page.request(denied).header("message").startsWith("Denied: "), denied.toString());
            }
        }
        try (StompClient alice = Transport.TCP.client(Suite.gatepost().stompPort())) {
            alice.connect("alice", "alice");
            assertEquals(
                    "Denied: read topic://gatepost.console",
                    alice.request(ClientFrame.subscribe("1", "/topic/gatepost.console"))
                            .header("message"));
        }
    }

    @Test
    void noSecretIsInTheLogOrInAPage() {
        String password = ConsolePage.password();
        signIn("admin", password + "x");
        HttpResponse<String> answer = signIn("admin", password);
        String session = cookie(answer).split(";")[0];
        String live = web.post("/api/live", "{}", "Cookie", session).body();
        String token = Json.read(live).get("token").asText();
        String log = Suite.gatepost().log();
        for (String secret : new String[] {password, session.substring(session.indexOf('=') + 1), token}) {
            assertFalse(log.contains(secret));
            assertFalse(web.get("/", "Cookie", session).body().contains(secret));
        }
        assertFalse(live.contains(password));
    }
}
