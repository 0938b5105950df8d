package gatepost.itests.gate;

import static gatepost.itests.gate.Client.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When sessions end, where the accounts that ship work, what guessing leads to, and those who come without a name. */
class SessionsIT {

    private static final String AUTHENTICATION = "gatepost.authentication.cfg";
    private static final String USERS = "gatepost.users.properties";
    private static final String IN_USERS = Account.PASSWORD + ",_g_:users";
    private static final Keys KEYS = new Keys();

    @AutoClose
    private static Gatepost gatepost;

    @BeforeAll
    static void start() {
        gatepost = Gatepost.unpack();
        KEYS.install(gatepost);
        for (Transport transport : Transport.values()) {
            String file = "gatepost.connector-" + (transport == Transport.TCP ? "stomp" : "ws") + ".cfg";
            gatepost.configure(file, Map.of("uri", transport.scheme() + "://0.0.0.0:" + transport.port(gatepost)));
        }
        gatepost.configure(AUTHENTICATION, Map.of("throttle.address.failures", "4", "throttle.user.failures", "6"));
        gatepost.configure(Suite.MAP, Map.of("entry.public", "topic://public.> read=anonymous admin=users,anonymous"));
        gatepost.configure(USERS, Map.of("dave", IN_USERS, "erin", IN_USERS, "frank", IN_USERS, "grace", IN_USERS));
        gatepost.start();
    }

    @ParameterizedTest
    @EnumSource
    void aChangedUsersFileCountsForThoseWhoAreThere(Transport transport) {
        gatepost.configure(
                USERS, Map.of("leaver", IN_USERS, "mover", IN_USERS, "changer", IN_USERS, "comer", Account.PASSWORD));
        Awaitility.await("they may sign in")
                .until(() -> !attempt(transport, "comer", Account.PASSWORD).startsWith("sign-in"));
        try (RawClient leaver = reading(transport, "leaver");
                RawClient mover = reading(transport, "mover");
                RawClient changer = reading(transport, "changer");
                RawClient stayer = reading(transport, "dave");
                RawClient comer = client(transport, "comer", Account.PASSWORD)) {

            Map<String, String> changes = new HashMap<>(Map.of(
                    "mover",
                    Account.PASSWORD + ",_g_:guests",
                    "changer",
                    "another-password,_g_:users",
                    "comer",
                    IN_USERS));
            changes.put("leaver", null);
            gatepost.configure(USERS, changes);

            assertEquals("signed out: the account was removed", leaver.error());
            leaver.expectEnd();
            assertEquals("Denied: read queue://user.mover", mover.error());
            mover.expectEnd();
            assertEquals("signed out: the password was changed", changer.error());
            changer.expectEnd();
            assertEquals(DONE, comer.subscribe("/queue/user.comer", Map.of()));
            assertEquals(DONE, stayer.send("/queue/app.inbox", "notices nothing", Map.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionEndsWithItsToken(Transport transport) {
        Instant end = Instant.now().plusSeconds(4);
        String token =
                Token.of("carol", "users").with("exp", end.getEpochSecond()).signed(KEYS, Keys.Algorithm.EdDSA);
        try (RawClient carol = client(transport, "", token)) {
            assertEquals(DONE, carol.subscribe("/queue/user.carol", Map.of()));

            assertEquals("signed out: the token has expired", carol.error());

            assertFalse(Instant.now().isBefore(Instant.ofEpochSecond(end.getEpochSecond())), "not before its end");
            carol.expectEnd();
        }
        assertEquals("sign-in refused: the token has expired", attempt(transport, "", token));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionEndsWhenTheKeyThatLetItInIsTakenAway(Transport transport) {
        String all =
                "HS256:etc/keys/hs256.secret, RS256:etc/keys/rs256.pem, ES256:etc/keys/es256.pem, EdDSA:etc/keys/eddsa.pem";
        try (RawClient gone = client(transport, "", Token.of("carol", "users").signed(KEYS, Keys.Algorithm.HS256));
                RawClient stays =
                        client(transport, "", Token.of("carol", "users").signed(KEYS, Keys.Algorithm.ES256));
                RawClient dave = client(transport, "dave", Account.PASSWORD)) {
            assertEquals(DONE, gone.subscribe("/queue/user.carol", Map.of()));

            // a key that stays listed while others come and go cuts nobody
            gatepost.write("keys/next.secret", "next".repeat(10));
            gatepost.apply(AUTHENTICATION, Map.of("token.keys", "HS256:etc/keys/next.secret, " + all));
            assertEquals(DONE, gone.send("/queue/app.inbox", "still here", Map.of()));

            gatepost.apply(AUTHENTICATION, Map.of("token.keys", "ES256:etc/keys/es256.pem"));
            long taken = System.nanoTime();

            assertEquals("signed out: the key of the token was taken away", gone.error());
            gone.expectEnd();
            assertTrue(Duration.ofNanos(System.nanoTime() - taken).toMillis() < 1000, "within a second");
            assertEquals(DONE, stays.send("/queue/app.inbox", "still here", Map.of()));
            assertEquals(DONE, dave.send("/queue/app.inbox", "notices nothing", Map.of()));
        } finally {
            gatepost.apply(AUTHENTICATION, Map.of("token.keys", all));
        }
    }

    @Test
    void aKeyFileThatComesAfterItsConfigurationIsTakenByItself() {
        String late = gatepost.applyRefused(
                AUTHENTICATION, Map.of("token.keys", "HS256:etc/keys/late.secret, ES256:etc/keys/es256.pem"));
        assertTrue(late.contains("late.secret"), late);
        gatepost.awaitLog(
                "etc/gatepost.authentication.cfg is in force",
                () -> gatepost.write("keys/late.secret", "late".repeat(10)));
        gatepost.apply(
                AUTHENTICATION,
                Map.of(
                        "token.keys",
                        "HS256:etc/keys/hs256.secret, RS256:etc/keys/rs256.pem, ES256:etc/keys/es256.pem, EdDSA:etc/keys/eddsa.pem"));
    }

    @Test
    void oneBadKeyOfASetLeavesTheOthersInForceAndIsNamed() {
        String token = Token.of("carol", "users").signed(KEYS, Keys.Algorithm.HS256);
        gatepost.write("keys/set.json", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"broken\"}," + KEYS.secretJwk() + "]}");
        String all =
                "HS256:etc/keys/hs256.secret, RS256:etc/keys/rs256.pem, ES256:etc/keys/es256.pem, EdDSA:etc/keys/eddsa.pem";
        try {
            String why = gatepost.applyRefused(AUTHENTICATION, Map.of("token.keys", "JWKS:etc/keys/set.json"));
            assertTrue(
                    why.contains("the key broken of the set cannot be used") && why.contains("the others are in force"),
                    why);
            for (Transport transport : Transport.values()) {
                assertEquals("in", attempt(transport, "", token));
            }
        } finally {
            gatepost.apply(AUTHENTICATION, Map.of("token.keys", all));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dave = C:\\users", "dave = x\ndave = y", "dave = {PBKDF2}none"})
    void aUsersFileThatCannotBeUsedLeavesTheLastGoodOneInForceAndSaysWhy(String text) throws IOException {
        String before = Files.readString(gatepost.etc(USERS));
        try (RawClient dave = client(Transport.TCP, "dave", Account.PASSWORD)) {
            String why = gatepost.awaitLog(
                    "refused, .*" + USERS,
                    () -> gatepost.write(USERS, before.replaceAll("(?m)^dave.*$", "") + "\n" + text + "\n"));
            assertFalse(why.contains("C:"), why);
            assertEquals(DONE, dave.send("/queue/app.inbox", "notices nothing", Map.of()));
            assertEquals("in", attempt(Transport.WEB_SOCKET, "dave", Account.PASSWORD));
            assertTrue(gatepost.shell("gatepost:status --no-format").contains("refused: etc/" + USERS));
        } finally {
            gatepost.awaitLog(USERS + " is in force", () -> gatepost.write(USERS, before));
        }
    }

    @Test
    void theAccountsThatShipWorkFromThisMachineOnly() throws IOException {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(any -> !any.isLoopbackAddress() && !any.isLinkLocalAddress() && any.getAddress().length == 4)
                .findFirst();
        assumeTrue(address.isPresent(), "this machine has no address but loopback");
        for (Transport transport : Transport.values()) {
            assertEquals("in", attempt(away(transport, address.get()), "dave", Account.PASSWORD));
            assertTrue(attempt(away(transport, address.get()), "alice", "alice").startsWith("sign-in refused"));
            assertEquals("in", attempt(transport, "alice", "alice"));
        }
    }

    @Test
    void theAccountsThatShipDoNotWorkThroughAProxyOfThisMachine() {
        for (String header : new String[] {"X-Forwarded-For", "Forwarded"}) {
            String value = header.equals("Forwarded") ? "for=198.51.100.7" : "198.51.100.7";
            assertTrue(
                    attempt(
                                    WebSocketRequest.to(gatepost.wsPort())
                                            .with(header, value)
                                            .open(),
                                    "alice",
                                    "alice")
                            .startsWith("sign-in refused"),
                    header);
            assertEquals(
                    "in",
                    attempt(
                            WebSocketRequest.to(gatepost.wsPort())
                                    .with(header, value)
                                    .open(),
                            "dave",
                            Account.PASSWORD));
        }
    }

    @Test
    void theAccountsThatShipWorkNowhereWhenTheOperatorSaysSo() {
        gatepost.apply(AUTHENTICATION, Map.of("default.accounts", "nowhere"));
        try {
            assertTrue(attempt(Transport.TCP, "alice", "alice").startsWith("sign-in refused"));
            assertEquals("in", attempt(Transport.TCP, "dave", Account.PASSWORD));
        } finally {
            gatepost.apply(AUTHENTICATION, Map.of("default.accounts", "loopback"));
        }
    }

    @Test
    void fastGuessingIsRefusedAndTheUserIsNotLockedOut() throws IOException {
        InetAddress home = InetAddress.getByName("127.0.0.3");
        assertEquals("in", attempt(from(home), "erin", Account.PASSWORD));

        // in her name from elsewhere, and beside her in somebody else's
        InetAddress[] attackers = {
            InetAddress.getByName("127.0.0.4"),
            InetAddress.getByName("127.0.0.6"),
            InetAddress.getByName("127.0.0.7"),
            home
        };
        int unchecked = 0;
        for (int guess = 0; guess < 60; guess++) {
            InetAddress attacker = attackers[guess % attackers.length];
            String answer = attempt(from(attacker), attacker.equals(home) ? "frank" : "erin", "guess" + guess);
            assertTrue(answer.startsWith("sign-in refused"), answer);
            unchecked += answer.contains("too many failed attempts") ? 1 : 0;
        }

        int refused = unchecked;
        assertTrue(refused >= 30, () -> "of 60 guesses " + refused + " were refused unchecked");
        // the right password is not looked at either, so that a guesser does not learn it, wherever they come from next
        InetAddress next = InetAddress.getByName("127.0.0.8");
        Awaitility.await("guessing goes on until the wait is longer than what follows takes")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> secondsToWait(attempt(from(next), "erin", "guess")) >= 4);
        assertTrue(secondsToWait(attempt(from(next), "erin", Account.PASSWORD)) > 0);
        // erin is not held up where she has been before
        assertEquals("in", attempt(from(home), "erin", Account.PASSWORD));
        // a good token never waits
        assertEquals(
                "in", attempt(from(attackers[0]), "", Token.of("carol", "users").signed(KEYS, Keys.Algorithm.HS256)));
    }

    @Test
    void whoWaitsGetsIn() throws IOException {
        InetAddress clumsy = InetAddress.getByName("127.0.0.5");
        String answer = "";
        for (int typo = 0; !answer.contains("too many"); typo++) {
            assertTrue(typo < 40, "never held up");
            answer = attempt(from(clumsy), "grace", "typo" + typo);
        }
        Awaitility.await("grace gets in")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> attempt(from(clumsy), "grace", Account.PASSWORD).equals("in"));
    }

    @Test
    void whoeverComesWithoutANameIsAnonymousWhereTheOperatorSaysSo() {
        ClientFrame nameless = ClientFrame.of("CONNECT", "accept-version:1.2", "host:localhost");
        assertEquals("sign-in refused: a login is required", answer(Transport.TCP.client(gatepost), nameless));
        gatepost.apply(AUTHENTICATION, Map.of("anonymous", "true"));
        try {
            for (Transport transport : Transport.values()) {
                for (String denied : new String[] {"/queue/user.anonymous", "/queue/user.alice", "/topic/other"}) {
                    try (RawClient nobody = client(transport, "", "")) {
                        assertTrue(nobody.subscribe(denied, Map.of()).startsWith("Denied: read "), denied);
                        nobody.expectEnd();
                    }
                }
                try (RawClient nobody = client(transport, "", "");
                        RawClient system = client(transport, "system", "manager")) {
                    assertEquals(DONE, nobody.subscribe("/topic/public.news", Map.of()));
                    assertEquals(DONE, system.send("/topic/public.news", "to all", Map.of()));
                    assertEquals("to all", nobody.message());
                    assertEquals(
                            "Denied: write topic://public.news",
                            nobody.send("/topic/public.news", "from nobody", Map.of()));
                    nobody.expectEnd();
                }
                assertEquals("in", answer(transport.client(gatepost), nameless));
                assertTrue(attempt(transport, "", "alice").startsWith("sign-in refused"));
                assertTrue(attempt(transport, "anonymous", "").startsWith("sign-in refused"));
            }
            assertEquals("in", answer(page("http://localhost:3000", "localhost:61614"), nameless));
            assertTrue(answer(page("http://evil.example", "evil.example"), nameless)
                    .startsWith("sign-in refused"));
            assertTrue(answer(
                            WebSocketRequest.to(gatepost.wsPort())
                                    .with("X-Forwarded-For", "127.0.0.1")
                                    .open(),
                            nameless)
                    .startsWith("sign-in refused"));
        } finally {
            gatepost.apply(AUTHENTICATION, Map.of("anonymous", "false"));
        }
        assertEquals("sign-in refused: a login is required", answer(Transport.TCP.client(gatepost), nameless));
    }

    private static StompClient page(String origin, String host) {
        return WebSocketRequest.to(gatepost.wsPort())
                .with("Origin", origin)
                .with("Host", host)
                .open();
    }

    /** @return what a refusal says, 0 for one that says nothing of the kind */
    private static int secondsToWait(String refusal) {
        Matcher wait = Pattern.compile("sign-in refused: too many failed attempts, try again in (\\d+) seconds")
                .matcher(refusal);
        return wait.matches() ? Integer.parseInt(wait.group(1)) : 0;
    }

    private static RawClient client(Transport transport, String login, String passcode) {
        return new RawClient(transport.client(gatepost), new Account(login, passcode));
    }

    private static RawClient reading(Transport transport, String user) {
        RawClient client = client(transport, user, Account.PASSWORD);
        assertEquals(DONE, client.subscribe("/queue/user." + user, Map.of()));
        return client;
    }

    private static String attempt(Transport transport, String login, String passcode) {
        return attempt(transport.client(gatepost), login, passcode);
    }

    private static String attempt(StompClient client, String login, String passcode) {
        return answer(
                client,
                ClientFrame.of(
                        "CONNECT", "accept-version:1.2", "host:localhost", "login:" + login, "passcode:" + passcode));
    }

    /** @return {@code in}, or the message of the ERROR frame; the client is closed then */
    private static String answer(StompClient client, ClientFrame connect) {
        try (client) {
            client.send(connect);
            ServerFrame answer = client.frame();
            if (answer.command().equals("CONNECTED")) {
                return "in";
            }
            client.expectEnd();
            return answer.text();
        }
    }

    /** @return a client that is connected from an address of this machine to the same address */
    private static StompClient away(Transport transport, InetAddress address) throws IOException {
        Socket socket = new Socket(address, transport.port(gatepost));
        return transport == Transport.TCP
                ? new StompSocket(socket)
                : WebSocketRequest.over(socket).open();
    }

    /** @return a client that comes from another address of loopback */
    private static StompClient from(InetAddress address) throws IOException {
        return new StompSocket(new Socket(InetAddress.getLoopbackAddress(), gatepost.stompPort(), address, 0));
    }
}
