package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.gate.Keys.Algorithm;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that are refreshed in the open session, and tokens that are revoked; none of them comes into a log, whatever it logs. */
@ExtendWith(Suite.class)
class TokensIT {

    private static final String TOKEN = "/gatepost/token";
    private static final String NOT = "the token was not refreshed: ";
    private static final List<String> SENT = new ArrayList<>();

    @BeforeAll
    static void logEverything() {
        Suite.gatepost().shell("log:set DEBUG gatepost\nlog:set DEBUG org.apache.activemq");
    }

    @AfterAll
    static void noTokenIsInALog() {
        Suite.gatepost().shell("log:set DEFAULT gatepost\nlog:set DEFAULT org.apache.activemq");
        assertFalse(SENT.isEmpty());
        String logs = logs();
        assertTrue(logs.contains(" DEBUG "), "more is logged than usually");
        for (String token : SENT) {
            for (String part : token.split("\\.")) {
                // the header is the same for all, and says nothing
                assertFalse(part.length() > 60 && logs.contains(part), () -> "in a log: " + part);
            }
        }
    }

    private static String logs() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(Suite.gatepost().home().resolve("data/log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Token token(String user, String id) {
        return Token.of(user, "users")
                .with("iat", Instant.now().getEpochSecond())
                .with("jti", id);
    }

    private static String sent(Token token) {
        String text = token.signed(Suite.keys(), Algorithm.ES256);
        SENT.add(text);
        return text;
    }

    private static StompClient connected(Transport transport, Token token) {
        StompClient client = transport.client(Suite.gatepost());
        ServerFrame connected = client.connect("", sent(token));
        assertTrue(expiresIn(connected) >= 0, connected.toString());
        return client;
    }

    private static long expiresIn(ServerFrame frame) {
        return Long.parseLong(frame.header("gatepost-expires-in"));
    }

    private static ServerFrame refresh(StompClient client, Token token) {
        return client.request(ClientFrame.send(TOKEN, sent(token)));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenIsRefreshedTwentyTimesInOneSession(Transport transport) {
        String user = Suite.name();
        Instant end = Instant.now().plusSeconds(3);
        try (StompClient client = transport.client(Suite.gatepost())) {
            ServerFrame connected = client.connect("", sent(token(user, "0").with("exp", end.getEpochSecond())));
            assertTrue(expiresIn(connected) <= 3, connected.toString());
            client.done(ClientFrame.subscribe("s", "/queue/user." + user));
            for (int i = 1; i <= 20; i++) {
                long seconds = 100L + i;
                ServerFrame receipt = refresh(client, token(user, "" + i).lasting(Duration.ofSeconds(seconds)));
                assertEquals("RECEIPT", receipt.command(), receipt.toString());
                // exp has whole seconds, and so has the header: each takes off up to one
                assertTrue(expiresIn(receipt) <= seconds && expiresIn(receipt) >= seconds - 3, receipt.toString());
            }
            // the first one's end comes and goes
            client.expectSilence(Duration.between(Instant.now(), end.plusMillis(500)));
            Suite.keeper().put("/queue/user." + user, "still here");
            assertEquals("still here", client.expect("MESSAGE").text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefreshedSessionEndsWithItsNewToken(Transport transport) {
        String user = Suite.name();
        try (StompClient client = connected(transport, token(user, "1"))) {
            Instant end = Instant.now().plusSeconds(2);
            refresh(client, token(user, "2").with("exp", end.getEpochSecond()));
            assertEquals(
                    "signed out: the token has expired", client.expect("ERROR").text());
            assertTrue(Duration.between(Instant.ofEpochSecond(end.getEpochSecond()), Instant.now())
                            .toMillis()
                    < 1500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGroupsOfTheNewTokenCountAtOnce(Transport transport) {
        String user = Suite.name();
        try (StompClient client = connected(transport, token(user, "1"));
                StompClient other = connected(transport, token(user, "1"))) {
            client.done(ClientFrame.subscribe("s", "/queue/user." + user));
            other.done(ClientFrame.subscribe("s", "/queue/user." + user));
            client.send(ClientFrame.send(TOKEN, sent(token(user, "2").with("groups", List.of("strangers")))));
            assertEquals(
                    "Denied: read queue://user." + user, client.expect("ERROR").text());
            other.done(ClientFrame.send("/queue/app.inbox", "notices nothing"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfAnotherUserARevokedAndAnOlderOneAreRefused(Transport transport) {
        String user = Suite.name();
        Token revoked = token(user, user + "-revoked");
        Suite.gatepost().shell("gatepost:session-revoke --token " + user + "-revoked");
        assertEquals(NOT + "the new one is another user's", refused(transport, user, token(Suite.name(), "1")));
        assertEquals(NOT + "the token was revoked", refused(transport, user, revoked));
        assertEquals(
                NOT + "the new one is older than the one in force",
                refused(
                        transport,
                        user,
                        token(user, "1").with("iat", Instant.now().getEpochSecond() - 1000)));
        assertEquals(
                NOT + "the new one has expired",
                refused(transport, user, token(user, "1").lasting(Duration.ofSeconds(-5))));
        assertEquals(
                NOT + "the new one is not accepted",
                refused(transport, user, token(user, "1").lasting(Duration.ofDays(400))));
        assertEquals(
                NOT + "the new one is not accepted",
                refused(transport, user, token(user, "1").with("aud", "x")));
    }

    /** It changes nothing for whoever is connected beside it, and what waits still waits. */
    private static String refused(Transport transport, String user, Token token) {
        try (StompClient client = connected(transport, token(user, "0"));
                StompClient beside = connected(transport, token(user, "0"))) {
            client.done(ClientFrame.subscribe("s", "/queue/user." + user, "ack:client-individual"));
            Suite.keeper().put("/queue/user." + user, "waits");
            assertEquals("waits", client.expect("MESSAGE").text());
            ServerFrame error = refresh(client, token);
            assertEquals("ERROR", error.command());
            SENT.forEach(secret -> assertFalse(error.toString().contains(secret)));
            client.expectEnd();
            beside.done(ClientFrame.subscribe("s", "/queue/user." + user));
            assertEquals("waits", beside.expect("MESSAGE").text());
            return error.text();
        }
    }

    @Test
    void aRevokedTokenEndsItsSessionsAndNoOthersAndLetsNobodyInAgain() {
        String user = Suite.name();
        try (StompClient lost = connected(Transport.WEB_SOCKET, token(user, user + "-lost"));
                StompClient kept = connected(Transport.WEB_SOCKET, token(user, user + "-kept"))) {
            String list = Suite.gatepost().shell("gatepost:session-list --json --user " + user);
            assertTrue(list.contains("\"expires\" : \"20"), list);

            assertTrue(Suite.gatepost()
                    .shell("gatepost:session-revoke --token " + user + "-lost")
                    .contains("1 revocation is in force; 1 session is closed"));

            assertEquals(
                    "signed out: the token was revoked", lost.expect("ERROR").text());
            lost.expectEnd();
            kept.done(ClientFrame.send("/queue/app.inbox", "notices nothing"));
            assertEquals("sign-in refused: the token was revoked", attempt(token(user, user + "-lost")));
        }
    }

    @Test
    void whatAUserGotUntilNowIsRevokedAndTheNextTokenWorks() {
        String user = Suite.name();
        try (StompClient old = connected(Transport.TCP, token(user, "1"))) {
            Suite.gatepost().shell("gatepost:session-revoke --issued-before now " + user);
            assertEquals(
                    "signed out: the token was revoked", old.expect("ERROR").text());
        }
        assertEquals(
                "sign-in refused: the token was revoked",
                attempt(token(user, "2").with("iat", null)));
        assertEquals("in", attempt(token(user, "3").with("iat", Instant.now().getEpochSecond() + 1)));
    }

    private static String attempt(Token token) {
        try (StompClient client = Transport.TCP.client(Suite.gatepost())) {
            client.send(ClientFrame.of(
                    "CONNECT", "accept-version:1.2", "host:localhost", "login:", "passcode:" + sent(token)));
            ServerFrame answer = client.frame();
            return answer.command().equals("CONNECTED") ? "in" : answer.text();
        }
    }
}
