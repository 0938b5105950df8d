package gatepost.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.api.request.Parameters;
import gatepost.api.request.Template;
import gatepost.contracts.Account;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.CallSession;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorDeedsTest {

    private static final HttpAnswer DONE = new HttpAnswer(204, Map.of(), new byte[0]);

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(before);
    }

    private List<String> lines() {
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("event=\"operator\""))
                .map(line -> line.substring(line.indexOf("event=")))
                .toList();
    }

    private static CallSession session(String user) {
        return proxy(
                CallSession.class,
                Map.of(
                        "account",
                        proxy(Account.class, Map.of("user", user)),
                        "address",
                        "ws://192.0.2.7:50412?forwarded"));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName())));
    }

    private static OperatorDeeds deeds(String user, String deed) throws Exception {
        Parameters parameters = new Template("/users/{user}/sessions")
                .match("/users/dora/sessions", Map.of())
                .orElseThrow();
        return OperatorDeeds.of(new Route("DELETE", "/x", null).as(deed), parameters, session(user));
    }

    private static OperatorDeeds withoutTarget(String deed) throws Exception {
        Parameters parameters =
                new Template("/messages").match("/messages", Map.of()).orElseThrow();
        return OperatorDeeds.of(
                new Route("POST", "/x", null).as(deed), parameters, session("gatepost-console-admin.ann"));
    }

    @Test
    void whatIsDoneIsWrittenDownOnceWithWhoAndFromWhere() throws Exception {
        assertEquals(DONE, deeds("gatepost-console-admin.ann", "sessions-end").watch(() -> DONE));
        assertEquals(
                List.of("event=\"operator\" outcome=\"done\" user=\"ann\" way=\"console\" address=\"192.0.2.7\""
                        + " action=\"sessions-end\" on=\"dora\""),
                lines());
    }

    @Test
    void whatIsRefusedIsWrittenDownWithTheReason() throws Exception {
        OperatorDeeds deeds = deeds("gatepost-console-viewer.bob", "sessions-end");
        assertThrows(
                CallRefused.class,
                () -> deeds.watch(() -> {
                    throw new CallRefused(Reason.DENIED, "Denied: admin queue://user.dora");
                }));
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).contains("outcome=\"refused\" user=\"bob\""), lines().toString());
        assertTrue(lines().get(0).endsWith("reason=\"Denied: admin queue://user.dora\""), lines().toString());
    }

    @Test
    void itIsWrittenDownWhenTheAnswerIsKnownAndSaysNothingOfTheMessage() throws Exception {
        HttpStep first =
                withoutTarget("message-send").watch(() -> new HttpBody(body -> new HttpPending(List.of(), () -> DONE)));
        assertEquals(List.of(), lines());
        HttpStep second = ((HttpBody) first)
                .next()
                .take("{\"body\":\"a secret\",\"to\":{\"users\":[\"dora\"]}}".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), lines());
        assertEquals(DONE, ((HttpPending) second).next().get());
        assertEquals(1, lines().size());
        assertTrue(lines().get(0).contains("action=\"message-send\" on=\""), lines().toString());
        assertTrue(lines().get(0).contains("dora"), lines().toString());
        assertTrue(!lines().get(0).contains("secret"), lines().toString());
    }

    @Test
    void anAnswerThatIsNoSuccessIsNotDone() throws Exception {
        HttpAnswer full = new HttpAnswer(429, Map.of(), new byte[0]);
        assertEquals(full, deeds("gatepost-console-admin.ann", "message-send").watch(() -> full));
        assertTrue(lines().get(0).contains("outcome=\"refused\""), lines().toString());
    }

    @Test
    void whatOthersDoAndWhatIsOnlyReadIsNotWrittenDownHere() throws Exception {
        deeds("dora", "sessions-end").watch(() -> DONE);
        deeds("gatepost-console-page", "sessions-end").watch(() -> DONE);
        deeds("gatepost-console-admin.ann", "").watch(() -> DONE);
        assertEquals(List.of(), lines());
    }
}
