package gatepost.itests.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.library.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server refuses to a viewer, whatever the page shows, and to pages of other origins. */
@ExtendWith(Suite.class)
class ViewerIT {

    private final Web web = Suite.web();
    private String viewer;
    private String administrator;

    private String session(String user, String password) {
        HttpResponse<String> answer = web.post("/session", Json.line(Map.of("user", user, "password", password)));
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    @BeforeEach
    void signIn() {
        viewer = session(Suite.VIEWER, Suite.VIEWER);
        administrator = session("admin", ConsolePage.password());
    }

    private HttpResponse<String> change(String method, String path, String body, String cookie, String origin) {
        return web.request(method, path, body, "Cookie", cookie, "Origin", origin);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/queues/messages?queue=user.alice",
        "POST, /api/queues/messages",
        "POST, /api/queues",
        "DELETE, /api/user?name=alice",
        "POST, /api/live/",
        "POST, /api/whatever"
    })
    void aViewerChangesNothing(String method, String path) throws IOException {
        HttpResponse<String> answer = change(method, path, "{}", viewer, web.origin());
        assertEquals(403, answer.statusCode());
        assertEquals("{\"error\":\"A viewer changes nothing.\"}", answer.body());
        String log = Files.readString(Suite.gatepost().home().resolve("data/log/audit.log"));
        assertTrue(
                log.contains(
                        "event=\"operator\" outcome=\"refused\" user=\"look\" way=\"console\" address=\"127.0.0.1\" action=\""
                                + method + "\" on=\"" + path.replaceAll("\\?.*", "") + "\""),
                log);
    }

    @Test
    void aViewerSeesEverythingButWhatIsInMessages() {
        try (StompClient system = Transport.TCP.client(Suite.gatepost().stompPort())) {
            system.connect("system", "manager");
            system.done(ClientFrame.send("/queue/user.viewed", "a secret of theirs", "secret-header:another"));
        }
        for (String path : new String[] {
            "/api/status",
            "/api/users?search=viewed",
            "/api/user?name=viewed",
            "/api/trace?user=viewed",
            "/api/queues?search=viewed",
            "/api/queue?name=user.viewed",
            "/api/check?user=alice&operation=read&destination=queue://user.alice"
        }) {
            HttpResponse<String> answer = web.get(path, "Cookie", viewer);
            assertEquals(200, answer.statusCode(), path);
            assertFalse(answer.body().contains("secret"), answer.body());
        }
        assertTrue(
                web.get("/api/queue?name=user.viewed", "Cookie", viewer).body().contains("\"messages\":1"));
        HttpResponse<String> content = web.get("/api/queues/messages?queue=user.viewed", "Cookie", viewer);
        assertEquals(403, content.statusCode());
        assertFalse(content.body().contains("secret"), content.body());
        assertTrue(web.get("/api/queues/messages?queue=user.viewed", "Cookie", administrator)
                .body()
                .contains("a secret of theirs"));
        Suite.gatepost().shell("gatepost:queue-purge user.viewed");
    }

    private JsonNode access(String cookie) {
        return Json.read(web.post("/api/access", "{}", "Cookie", cookie).body());
    }

    private int call(String cookie, String method, String path, String body) {
        String token = access(cookie).get("token").asText();
        String[] headers = body.isEmpty()
                ? new String[] {"Authorization", "Bearer " + token}
                : new String[] {"Authorization", "Bearer " + token, "Content-Type", "application/json"};
        return new Web(Suite.gatepost().wsPort())
                .request(method, "/gatepost/api/v1/" + path, body, headers)
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 200 | GET    | online                          | ''",
                "200 | 200 | GET    | presence?users=alice            | ''",
                "200 | 403 | GET    | users?user=alice                | ''",
                "200 | 403 | GET    | users/messages?user=alice       | ''",
                "200 | 403 | GET    | users/sessions?user=alice       | ''",
                "200 | 403 | DELETE | users/sessions?user=nobody-here | ''",
                "404 | 404 | DELETE | sessions/ID:none                | ''",
                "200 | 403 | GET    | revocations?user=alice          | ''",
                "404 | 403 | DELETE | revocations?user=nobody-here    | ''",
                "200 | 403 | POST   | messages                        | '{\"to\":{\"users\":[\"purged\"]},\"body\":\"x\"}'"
            })
    void theirTokensMayOverHttpWhatTheirRolesMay(
            int administrators, int viewers, String method, String path, String body) {
        assertEquals(administrators, call(administrator, method, path, body));
        assertEquals(viewers, call(viewer, method, path, body));
    }

    @Test
    void aViewersTokenReadsNoMessagesOverStompEither() {
        String token = access(viewer).get("token").asText();
        for (ClientFrame denied : new ClientFrame[] {
            ClientFrame.subscribe("1", "/queue/user.alice"),
            ClientFrame.subscribe("1", "/queue/>"),
            ClientFrame.subscribe("1", "/topic/gatepost.console"),
            ClientFrame.send("/queue/user.alice", "x")
        }) {
            try (StompClient page = Transport.TCP.client(Suite.gatepost().stompPort())) {
                page.connect("gatepost-console-viewer.look", token);
                assertTrue(page.request(denied).header("message").startsWith("Denied: "), denied.toString());
            }
        }
    }

    @Test
    void withoutItsEntriesInTheMapATokenMayNothing() {
        Map<String, String> entry = Map.of(
                "entry.console-admin", Suite.gatepost().setting("gatepost.authorization.cfg", "entry.console-admin"));
        Suite.gatepost()
                .apply(
                        "gatepost.authorization.cfg",
                        Map.of("entry.console-admin", "queue://nothing.here read=gatepost-console-admin"));
        try {
            assertEquals(403, call(administrator, "GET", "users/sessions?user=alice", ""));
        } finally {
            Suite.gatepost().apply("gatepost.authorization.cfg", entry);
        }
        assertEquals(200, call(administrator, "GET", "users/sessions?user=alice", ""));
    }

    @Test
    void aPageOfAnotherOriginChangesNothingInAnAdministratorsName() {
        Suite.gatepost().shell("gatepost:message-send user.alice 'stays'");
        String before = messages();
        for (String origin :
                new String[] {"http://127.0.0.1:1", "https://attacker.example", "null", "http://localhost"}) {
            HttpResponse<String> answer =
                    change("DELETE", "/api/queues/messages?queue=user.alice", "", administrator, origin);
            assertEquals(403, answer.statusCode(), origin);
            assertTrue(answer.body().contains("other origins"), answer.body());
        }
        assertEquals(
                403,
                web.request("DELETE", "/api/queues/messages?queue=user.alice", "", "Cookie", administrator)
                        .statusCode());
        assertEquals(
                403,
                web.get(
                                "/api/queues/messages?queue=user.alice",
                                "Cookie",
                                administrator,
                                "Sec-Fetch-Site",
                                "same-site",
                                "Sec-Fetch-Mode",
                                "no-cors")
                        .statusCode());
        assertEquals(before, messages());
    }

    /** How many wait for alice. */
    private String messages() {
        String queue =
                web.get("/api/queue?name=user.alice", "Cookie", administrator).body();
        String count = queue.replaceAll("(?s).*\"messages\":(\\d+).*", "$1");
        assertTrue(count.matches("[1-9]\\d*"), queue);
        return count;
    }
}
