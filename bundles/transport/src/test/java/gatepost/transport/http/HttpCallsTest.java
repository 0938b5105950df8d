package gatepost.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.connector.LimitReached;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallsTest {

    private static final int BODY = 100;
    private static final int IDLE = 500;
    private static final int HANDSHAKE = 300;
    private static final int WRITE = 2000;

    private final HttpConnection connection = new HttpConnection(
            "http.body.max", BODY, "http.idle", IDLE, "handshake.timeout", HANDSHAKE, "write.timeout", WRITE);

    @AfterEach
    void end() {
        connection.end();
    }

    @Test
    void aCallIsAnsweredAndTheConnectionStays() {
        connection.send(get("/a?b=c", "alice"));
        assertEquals("""
                HTTP/1.1 200 OK
                content-length: 17
                cache-control: no-store
                x-content-type-options: nosniff
                content-type: text/plain
                vary: origin

                alice GET /a?b=c""".replace("17", "16"), connection.received());
        assertTrue(connection.isOpen());
        assertTrue(connection.isReading());
    }

    @Test
    void whoeverIsTheSameSignsInOnce() {
        connection.send(get("/a", "alice"));
        connection.send(get("/b", "alice"));
        assertEquals(List.of("alice"), connection.signedIn);
        assertEquals(1, connection.sessions.size());
    }

    @Test
    void whoeverIsAnotherHasAnotherSession() {
        connection.send(get("/a", "alice"));
        connection.send(get("/b", "bob"));
        connection.send(get("/c", "alice"));
        assertEquals(List.of("alice", "bob", "alice"), connection.signedIn);
        assertEquals(List.of("alice GET /a", "bob GET /b", "alice GET /c"), bodies(connection.received()));
        assertFalse(connection.sessions.get(0).isSignedIn());
        assertFalse(connection.sessions.get(1).isSignedIn());
        assertTrue(connection.sessions.get(2).isSignedIn());
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInOrder() {
        connection.holding = true;
        connection.send(get("/1", "alice") + get("/2", "bob") + post("/3", "alice", "xyz") + get("/4", "alice"));
        assertEquals("", connection.received());
        assertFalse(connection.isReading());
        connection.holding = false;
        connection.runHeld();
        assertEquals(
                List.of("alice GET /1", "bob GET /2", "alice POST /3 xyz", "alice GET /4"),
                bodies(connection.received()));
    }

    @Test
    void aBodyMayComeInPieces() {
        connection.send(headers("POST", "/a", "alice") + "Content-Length: 6\n\nab");
        assertEquals("", connection.received());
        connection.send("cd");
        connection.send("ef");
        assertEquals(List.of("alice POST /a abcdef"), bodies(connection.received()));
        assertTrue(connection.isOpen());
    }

    @Test
    void aBodyMayComeInChunks() {
        connection.send(headers("POST", "/a", "alice") + "Transfer-Encoding: chunked\n\n3\nabc\n");
        connection.send("2\nde\n0\n\n");
        assertEquals(List.of("alice POST /a abcde"), bodies(connection.received()));
        assertTrue(connection.isOpen());
    }

    @Test
    void aBodyCountsAmongWhatItsUserHasUnfinishedUntilItsCallIsServed() {
        Object[] limits = {"unfinished.per.user", 100, "http.body.max", 1000};
        HttpConnection served = new HttpConnection(limits);
        HttpConnection other = served.another(limits);
        HttpConnection refused = served.another(limits);
        HttpConnection gone = served.another(limits);
        served.send(post("/keep", "alice", "x".repeat(60)));
        other.send(post("/a", "alice", "x".repeat(40)));
        assertEquals(1, bodies(other.received()).size());
        refused.send(post("/a", "alice", "x".repeat(41)));
        String answer = refused.received();
        assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
        other.send(post("/a", "bob", "x".repeat(100)));
        assertEquals(1, bodies(other.received()).size(), "another user");

        served.api.disk.safe();
        assertEquals(List.of("alice POST /keep 60"), bodies(served.received()));
        gone.send(post("/keep", "alice", "x".repeat(100)));
        assertEquals("", gone.received());
        gone.disconnect();
        served.send(post("/a", "alice", "x".repeat(100)));
        assertEquals(1, bodies(served.received()).size(), "all is given back");
        for (HttpConnection one : List.of(served, other, refused, gone)) {
            one.end();
        }
    }

    @Test
    void noBodyIsAnEmptyOne() {
        connection.send(headers("POST", "/a", "alice") + "\n");
        assertEquals(List.of("alice POST /a "), bodies(connection.received()));
    }

    @Test
    void whoAsksWhetherTheBodyIsWantedHearsSoOnceItIs() {
        connection.send(headers("POST", "/a", "alice") + "Expect: 100-continue\nContent-Length: 3\n\n");
        assertEquals("HTTP/1.1 100 Continue\n\n", connection.received());
        connection.send("abc");
        assertEquals(List.of("alice POST /a abc"), bodies(connection.received()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/denied", "/none"})
    void whoMayNotIsToldInsteadOfBeingAskedForTheBody(String path) {
        connection.send(headers("POST", path, "alice") + "Expect: 100-continue\nContent-Length: 3\n\n");
        assertTrue(connection.received().startsWith("HTTP/1.1 40"));
        connection.passes(1000);
        assertFalse(connection.isOpen());
    }

    @Test
    void aBodyThatIsSaidToBeTooLargeIsNotRead() {
        connection.send(headers("POST", "/a", "alice") + "Content-Length: " + (BODY + 1) + "\n\n");
        assertTooLarge();
    }

    @Test
    void aBodyThatGetsTooLargeIsNotReadOn() {
        connection.send(headers("POST", "/a", "alice") + "Transfer-Encoding: chunked\n\n64\n" + "x".repeat(100) + "\n");
        assertEquals("", connection.received());
        connection.send("1\nx\n");
        assertTooLarge();
    }

    private void assertTooLarge() {
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("connection: close"), answer);
        assertTrue(answer.endsWith("the body of a call may have 100 bytes"), answer);
        // the client still sends and should find the answer, so that it hears the end a moment later
        assertTrue(connection.isOpen());
        connection.send("more");
        connection.passes(1000);
        assertFalse(connection.isOpen());
    }

    @Test
    void aBodyOfExactlySoManyBytesIsTaken() {
        connection.send(post("/a", "alice", "x".repeat(BODY)));
        assertTrue(connection.received().startsWith("HTTP/1.1 200 "));
    }

    @Test
    void whoLeavesInTheMiddleOfABodyLeavesNothing() {
        connection.send(headers("POST", "/a", "alice") + "Content-Length: 6\n\nab");
        connection.disconnect();
        assertEquals("", connection.received());
        assertFalse(connection.sessions.get(0).isSignedIn());
    }

    @Test
    void whatIsNoHttpIsAnsweredOnce() {
        connection.send("GET /gatepost/a HTTP/1.1\nHost: localhost\nContent-Length: x\n\n");
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        connection.passes(1000);
        assertEquals("", connection.received());
        assertFalse(connection.isOpen());
    }

    @Test
    void aChunkThatIsNoneEndsTheCall() {
        connection.send(headers("POST", "/a", "alice") + "Transfer-Encoding: chunked\n\nzz\nabc\n");
        assertTrue(connection.received().startsWith("HTTP/1.1 400 "));
        connection.passes(1000);
        assertFalse(connection.isOpen());
    }

    @Test
    void aClientOfHttp10IsLeftAfterOneCall() {
        connection.send("GET /gatepost/a HTTP/1.0\nAuthorization: " + basic("alice") + "\n\n");
        assertTrue(connection.received().contains("connection: close"));
        assertFalse(connection.isOpen());
    }

    @Test
    void aClientOfHttp10ThatWantsToStayIsToldThatItMay() {
        connection.send("GET /gatepost/a HTTP/1.0\nConnection: keep-alive\nAuthorization: " + basic("alice") + "\n\n");
        assertTrue(connection.received().contains("connection: keep-alive"));
        assertTrue(connection.isOpen());
    }

    @Test
    void whoWantsToLeaveDoes() {
        connection.send(headers("GET", "/a", "alice") + "Connection: close\n\n");
        assertTrue(connection.received().contains("connection: close"));
        assertFalse(connection.isOpen());
    }

    @Test
    void ofHeadTheBodyIsLeftOut() {
        connection.send(headers("HEAD", "/a", "alice") + "\n");
        String answer = connection.received();
        assertTrue(answer.contains("content-length: 13"), answer);
        assertTrue(answer.endsWith("\n\n"), answer);
    }

    @Test
    void aGuessEndsTheConnection() {
        connection.send(headers("GET", "/a", "alice").replace(basic("alice"), basic("alice:wrong")) + "\n");
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("www-authenticate: Bearer, Basic realm=\"gatepost\", charset=\"UTF-8\""), answer);
        assertTrue(answer.endsWith("name or password is wrong"), answer);
        assertFalse(connection.isOpen());
    }

    @Test
    void withoutCredentialsNobodyIsAsked() {
        connection.send("GET /gatepost/a HTTP/1.1\nHost: localhost\n\n");
        assertTrue(connection.received().startsWith("HTTP/1.1 401 "));
        assertEquals(List.of(), connection.sessions);
    }

    @Test
    void whatIsPublicIsForEverybody() {
        connection.send("GET /gatepost/public HTTP/1.1\nHost: localhost\n\n");
        assertEquals(List.of("everybody GET /public"), bodies(connection.received()));
        assertEquals(List.of(), connection.sessions);
        assertEquals(List.of("began"), connection.events);
    }

    @Test
    void aPageIsToldThatItMayReadAndIsAskedForNoPassword() {
        connection.send(
                "GET /gatepost/a HTTP/1.1\nHost: localhost\nOrigin: http://localhost:3000\nAuthorization: Bearer carol\n\n");
        String answer = connection.received();
        assertTrue(answer.contains("access-control-allow-origin: http://localhost:3000"), answer);
        assertFalse(answer.contains("allow-credentials"), answer);
        connection.send("GET /gatepost/a HTTP/1.1\nHost: localhost\nOrigin: http://localhost:3000\nAuthorization: "
                + basic("alice") + "\n\n");
        String refused = connection.received();
        assertTrue(refused.contains("www-authenticate: Bearer\n"), refused);
        assertTrue(refused.contains("access-control-allow-origin: http://localhost:3000"), refused);
    }

    @Test
    void aPageThatAsksWhetherItMayIsAnswered() {
        connection.send(preflight("http://localhost:3000"));
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
        assertTrue(answer.contains("access-control-allow-methods: GET, POST, PUT, PATCH, DELETE"), answer);
        assertFalse(answer.contains("content-length"), answer);
        assertTrue(connection.isOpen());
    }

    @Test
    void aPageOfElsewhereReadsNothing() {
        connection.send(preflight("http://evil.example"));
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertFalse(answer.contains("access-control-allow-origin"), answer);
    }

    private static String preflight(String origin) {
        return """
                OPTIONS /gatepost/a HTTP/1.1
                Host: localhost
                Origin: %s
                Access-Control-Request-Method: POST

                """.formatted(origin);
    }

    @Test
    void whoCallsIsNotToldToTheApi() {
        connection.send(get("/secret", "alice"));
        assertEquals(List.of("Optional.empty"), bodies(connection.received()));
    }

    @Test
    void theAnswerComesWhenItIsSafe() {
        connection.send(get("/wait", "alice") + get("/next", "alice"));
        assertEquals("", connection.received());
        connection.api.disk.safe();
        assertEquals(List.of("alice GET /wait", "alice GET /next"), bodies(connection.received()));
    }

    @Test
    void whileTheDiskIsWaitedForNobodyIsTooSlow() {
        connection.send(get("/wait", "alice"));
        connection.passes(10L * WRITE);
        assertTrue(connection.isOpen());
        connection.disconnect();
        connection.api.disk.safe();
        assertEquals("", connection.received());
    }

    @Test
    void aFaultInsideSaysNothingOfIt() {
        connection.send(get("/fault", "alice"));
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertTrue(answer.endsWith("the call failed inside Gatepost"), answer);
        connection.send(get("/a", "alice"));
        assertTrue(connection.received().startsWith("HTTP/1.1 200 "));
    }

    @Test
    void whoeverShouldComeAgainIsToldWhen() {
        connection.send(get("/limit", "alice"));
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
        assertTrue(answer.contains("retry-after: 5"), answer);
    }

    @Test
    void oneConnectionTooManyIsToldSo() {
        connection.tooMany = Optional.of(new LimitReached("connections.max", "too many connections: 10"));
        connection.send(get("/a", "alice"));
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertTrue(answer.endsWith("too many connections: 10"), answer);
        assertEquals(List.of(), connection.sessions);
    }

    @Test
    void whatIsNoCallIsLeftToThoseBehind() {
        connection.send("GET /stomp HTTP/1.1\nHost: localhost\n\n");
        assertEquals(2, connection.passed.size());
        assertEquals(List.of(), connection.events);
        connection.send("GET /gatepost HTTP/1.1\nHost: localhost\n\n");
        assertEquals(4, connection.passed.size());
    }

    @Test
    void afterCallsAWebSocketMayCome() {
        connection.send(get("/a", "alice"));
        connection.send("GET /stomp HTTP/1.1\nHost: localhost\n\n");
        assertEquals(2, connection.passed.size());
        assertEquals(List.of("began", "signed in", "WebSocket"), connection.events);
        assertFalse(connection.sessions.get(0).isSignedIn());
        // what comes next is not HTTP's any more, nor is its silence
        connection.passes(10L * IDLE);
        assertTrue(connection.isOpen());
    }

    @Test
    void aRequestOfAProxysFormIsACallToo() {
        connection.send(get("/a", "alice").replace("/gatepost", "http://localhost/gatepost"));
        assertEquals(List.of("alice GET /a"), bodies(connection.received()));
    }

    @Test
    void whoIsSilentBetweenCallsIsLeft() {
        connection.send(get("/a", "alice"));
        connection.passes(IDLE - 1);
        connection.send(get("/b", "alice"));
        connection.passes(IDLE - 1);
        assertTrue(connection.isOpen());
        connection.passes(1);
        assertFalse(connection.isOpen());
        assertFalse(connection.sessions.get(0).isSignedIn());
    }

    @Test
    void whoIsSilentInTheMiddleOfABodyIsLeft() {
        connection.send(headers("POST", "/a", "alice") + "Content-Length: 6\n\nab");
        connection.passes(IDLE - 1);
        connection.send("c");
        connection.passes(IDLE - 1);
        assertTrue(connection.isOpen());
        connection.passes(1);
        assertFalse(connection.isOpen());
    }

    @Test
    void whoHasNotSignedInIsLeftSooner() {
        connection.send("GET /gatepost/public HTTP/1.1\nHost: localhost\n\n");
        connection.passes(HANDSHAKE);
        assertFalse(connection.isOpen());
    }

    @Test
    void whoseSessionEndedHasToProveAnewWhoTheyAre() {
        connection.send(get("/a", "alice"));
        connection.cut();
        assertTrue(connection.isOpen());
        connection.send(get("/b", "alice"));
        assertEquals(List.of("alice", "alice"), connection.signedIn);
        assertEquals(List.of("alice GET /a", "alice GET /b"), bodies(connection.received()));
    }

    @Test
    void whenTheConnectorClosesACallGetsItsAnswer() throws Exception {
        connection.send(get("/wait", "alice"));
        connection.sessions.get(0).stop();
        assertTrue(connection.isOpen());
        connection.api.disk.safe();
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("connection: close"), answer);
        assertFalse(connection.isOpen());
    }

    @Test
    void whenTheConnectorClosesWhoIsIdleIsLeft() throws Exception {
        connection.send(get("/a", "alice"));
        connection.sessions.get(0).stop();
        assertFalse(connection.isOpen());
    }

    private static String get(String target, String user) {
        return headers("GET", target, user) + "\n";
    }

    private static String post(String target, String user, String body) {
        return headers("POST", target, user) + "Content-Length: " + body.length() + "\n\n" + body;
    }

    private static String headers(String method, String target, String user) {
        return method + " /gatepost" + target + " HTTP/1.1\nHost: localhost\nAuthorization: " + basic(user) + "\n";
    }

    private static String basic(String user) {
        String text = user.contains(":") ? user : user + ":secret";
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @return the bodies of answers, of which each is one line */
    private static List<String> bodies(String answers) {
        return List.of(answers.split("HTTP/1.1 200 OK\n")).stream()
                .filter(answer -> !answer.isEmpty())
                .map(answer -> answer.substring(answer.indexOf("\n\n") + 2))
                .toList();
    }
}
