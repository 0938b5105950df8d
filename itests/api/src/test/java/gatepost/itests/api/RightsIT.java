package gatepost.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may call what: each row of {@code rights.table} is a call, with its status for each caller. */
@ExtendWith(Suite.class)
class RightsIT {

    private static final String SECRET = "a-password-that-nobody-has";

    private static final String REVOKED_ID = "of-the-rights-table";

    private final Gatepost gatepost = Suite.gatepost();
    private final String owner = Suite.OWNER;
    private final String other = Suite.OTHER;
    private final String token = Token.of(owner, "users", Duration.ofHours(1));
    private final String revoked = Token.withId(REVOKED_ID, owner, "users");
    private int ids;
    private final String page = "http://localhost:" + gatepost.wsPort();

    private final List<Map.Entry<String, Supplier<Caller>>> callers = List.of(
            Map.entry("publisher", () -> Caller.PUBLISHER),
            Map.entry("administrator", () -> Caller.ADMINISTRATOR),
            Map.entry("owner", () -> Caller.basic(owner, owner)),
            Map.entry("owner with a token", () -> Caller.bearer(token)),
            Map.entry("another user", () -> Caller.basic(other, other)),
            Map.entry("token that has expired", () -> Caller.bearer(Token.of(owner, "users", Duration.ofHours(-1)))),
            Map.entry("token that was revoked", () -> Caller.bearer(revoked)),
            Map.entry("nobody", () -> Caller.NOBODY),
            Map.entry("wrong password", () -> Caller.basic(owner, SECRET)),
            Map.entry("page of elsewhere", () -> Caller.bearer(token).with("Origin", "https://evil.example")),
            Map.entry("page with a password", () -> Caller.basic(owner, owner).with("Origin", page)),
            Map.entry("page with a token", () -> Caller.bearer(token).with("Origin", page)));

    @TestFactory
    Stream<DynamicTest> everyCallOfEverybody() throws IOException {
        // it would be good, but for that
        Caller.bearer(revoked).get("users/" + owner).expect(200);
        Caller.ADMINISTRATOR
                .post("revocations", "{'tokenId':'" + REVOKED_ID + "'}")
                .expect(200);
        try (InputStream file = RightsIT.class.getResourceAsStream("rights.table")) {
            List<String> rows = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            return rows.stream().flatMap(this::row);
        }
    }

    private Stream<DynamicTest> row(String line) {
        String[] cells = line.split("\\|");
        String[] answers = cells[2].strip().split("\\s+");
        assertEquals(callers.size(), answers.length, line);
        return IntStream.range(0, answers.length)
                .mapToObj(i -> DynamicTest.dynamicTest(
                        cells[0].strip() + ", " + callers.get(i).getKey(),
                        () -> play(cells[0].strip(), cells[1].strip(), i, Integer.parseInt(answers[i]))));
    }

    private void play(String call, String body, int who, int expected) {
        String id = "id" + ++ids;
        Answer published = Caller.PUBLISHER
                .post("messages", "{'to':{'users':['" + owner + "']},'body':'x','id':'" + id + "'}")
                .expect(200);
        String epoch = published.json().at("/results/0/epoch").asText();
        String method = call.substring(0, call.indexOf(' '));
        Answer answer = callers.get(who)
                .getValue()
                .get()
                .call(method, filled(call.substring(method.length() + 1), epoch), filled(body, epoch));
        answer.expect(expected);
        assertEquals("no-store", answer.header("cache-control"));
        assertEquals("nosniff", answer.header("x-content-type-options"));
        assertEquals("", answer.header("access-control-allow-credentials"));
        if (expected >= 400) {
            assertEquals("application/problem+json", answer.header("content-type"));
            if (!method.equals("HEAD")) {
                assertEquals(expected, answer.json().get("status").asInt());
            }
            assertFalse(answer.text().contains(SECRET), answer.text());
        }
        assertEquals(expected == 401, !answer.header("www-authenticate").isEmpty());
        boolean mayRead = callers.get(who).getKey().startsWith("page with");
        assertEquals(mayRead ? page : "", answer.header("access-control-allow-origin"));
    }

    private String filled(String text, String epoch) {
        return text.isEmpty()
                ? null
                : text.replace("{owner}", owner).replace("{epoch}", epoch).replace("{id}", "id" + ids);
    }

    @Test
    void whoMayNotLearnsNothingOfWhetherAUserExists() {
        Caller stranger = Caller.user(other);
        for (String call : List.of(
                "GET users/{user} ",
                "GET users/{user}/messages ",
                "PUT users/{user}/seen {'epoch':'x','upTo':0}",
                "PATCH users/{user}/messages/1 {'epoch':'x','read':true}",
                "DELETE messages?user={user}&id=x ",
                "GET users/{user}/trace ",
                "GET users/{user}/sessions ",
                "DELETE users/{user}/sessions ",
                "GET revocations?user={user} ",
                "POST revocations {'user':'{user}'}",
                "DELETE revocations?user={user} ",
                "GET presence?users={user} ",
                "DELETE users/{user} ",
                "POST messages {'to':{'users':['{user}']},'body':'x'}")) {
            Caller.PUBLISHER.publish(owner, "it is there");
            String there = told(stranger, call, owner);
            String missing = told(stranger, call, "nobody-of-this-name");
            assertEquals(there, missing, call);
            assertTrue(there.startsWith("403 "), there);
        }
    }

    private static String told(Caller caller, String call, String user) {
        String[] parts = call.replace("{user}", user).split(" ", 3);
        Answer answer = caller.call(parts[0], parts[1], parts[2].isEmpty() ? null : parts[2]);
        return answer.status() + " " + answer.text().replace(user, "{user}");
    }

    @Test
    void aDenialIsInTheAuditLogAsThatOfAFrame() {
        // of whom nothing is summed up yet
        String stranger = Suite.user();
        Caller.user(stranger)
                .post("messages", "{'to':{'users':['" + owner + "']},'body':'x'}")
                .expect(403);
        String overHttp = denial(stranger, "http://");
        try (StompClient client = Transport.WEB_SOCKET.client(gatepost)) {
            client.connect("", Token.of(stranger, "users", Duration.ofHours(1)));
            assertEquals(
                    "ERROR",
                    client.request(ClientFrame.send("/queue/user." + owner, "x"))
                            .command());
        }
        String overStomp = denial(stranger, "ws://");
        assertEquals(overStomp, overHttp);

        Caller.user(stranger).get("users/" + owner).expect(403);
        Awaitility.await()
                .until(() -> Suite.audit()
                        .lines()
                        .anyMatch(line -> line.contains("user." + owner)
                                && line.contains("read")
                                && line.contains(stranger)
                                && line.contains("http://")));
    }

    /** @return the line of the denial to write, without what differs by nature */
    private String denial(String user, String scheme) {
        return Awaitility.await("the audit log has a denial of " + user + " from " + scheme)
                .until(
                        () -> Suite.audit()
                                .lines()
                                .filter(line -> line.contains("user=\"" + user + "\"")
                                        && line.contains("user." + owner)
                                        && line.contains("write")
                                        && line.contains(scheme))
                                .findFirst()
                                .orElse(""),
                        line -> !line.isEmpty())
                .replaceAll("^\\S+( \\S+)? ", "")
                .replaceAll("client=\"[^\"]*\"", "client")
                .replaceAll("(http|ws)://[^ \"]*", "ADDRESS");
    }

    @Test
    void noSecretIsInALog() throws IOException {
        Caller.basic(owner, SECRET).get("users/" + owner).expect(401);
        Caller.bearer(token).get("users/" + owner).expect(200);
        Caller.bearer(token + "x").get("users/" + owner).expect(401);
        Caller.bearer(token).get("users/" + owner + "?access_token=" + token).expect(422);
        try (Stream<Path> logs = Files.walk(gatepost.home().resolve("data/log"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(log, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains(SECRET), log + " has a password");
                assertFalse(text.contains(token), log + " has a token");
                assertFalse(
                        text.contains(Caller.basic(owner, owner).authorization().substring(6)), log + " has Basic");
            }
        }
    }
}
