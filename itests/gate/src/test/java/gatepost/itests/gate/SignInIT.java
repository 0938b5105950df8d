package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.gate.Keys.Algorithm;
import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who gets in, over both connectors: what is refused hears one ERROR that says nothing about users or keys, and the end. */
@ExtendWith(Suite.class)
class SignInIT {

    private static final String WRONG = "sign-in refused";
    private static final String NOT_ACCEPTED = "sign-in refused: the token is not accepted";
    private static final String EXPIRED = "sign-in refused: the token has expired";

    @TestFactory
    Stream<DynamicTest> namesAndPasswords() {
        return table(
                good("a user and their password", "alice", "alice"),
                good("a user of the operator's own", "guest", Account.PASSWORD),
                bad("a wrong password", "alice", "alicf"),
                bad("a password with something behind it", "alice", "alice "),
                bad("no password", "alice", ""),
                bad("another's password", "alice", "bob"),
                bad("a user whom nobody knows", "mallory", Account.PASSWORD),
                bad("a user in capitals", "ALICE", "alice"),
                bad("a user with a blank behind", "alice ", "alice"),
                bad("no login and no password", "", ""),
                bad("a password alone", "", "alice"),
                bad("a group", "_g_:admins", "group"),
                // all of these are in the users file, with this password
                bad("the user *", "*", Account.PASSWORD),
                bad("the user >", ">", Account.PASSWORD),
                bad("the user a.>", "a.>", Account.PASSWORD),
                bad("the user user.*", "user.*", Account.PASSWORD),
                bad("the user a,b", "a,b", Account.PASSWORD),
                bad("the user a/b", "a/b", Account.PASSWORD),
                bad("the user alice?", "alice?", Account.PASSWORD),
                bad("one of Gatepost's own", "gatepost-welcome", Account.PASSWORD),
                bad("the name of those who have none", "anonymous", Account.PASSWORD));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoFrame() {
        return Stream.of(
                        "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:ali\0ce\npasscode:alice\n\n\0",
                        "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:alice\0\npasscode:alice\n\n\0",
                        "CONNECT\naccept-version:1.2\nhost:localhost\n\n\0",
                        "STOMP\naccept-version:1.2\nhost:localhost\nlogin:system\nlogin:alice\npasscode:alice\n\n\0")
                .flatMap(frame -> Arrays.stream(Transport.values())
                        .map(transport -> DynamicTest.dynamicTest(
                                frame.replace("\n", " ").replace("\0", "^@") + " [" + transport + "]", () -> {
                                    try (StompClient client = transport.client(Suite.gatepost())) {
                                        client.send(frame);
                                        List<ServerFrame> answers = client.rest();
                                        assertEquals(
                                                List.of("ERROR"),
                                                answers.stream()
                                                        .map(ServerFrame::command)
                                                        .toList());
                                    }
                                })));
    }

    @TestFactory
    Stream<DynamicTest> goodTokens() {
        return table(
                token("HMAC", true, keys -> carol().signed(keys, Algorithm.HS256)),
                token("RSA", true, keys -> carol().signed(keys, Algorithm.RS256)),
                token("elliptic curve", true, keys -> carol().signed(keys, Algorithm.ES256)),
                token("Ed25519", true, keys -> carol().signed(keys, Algorithm.EdDSA)),
                token(
                        "with its key's id",
                        true,
                        keys -> carol().header("kid", "rs256").signed(keys, Algorithm.RS256)),
                token(
                        "for several audiences",
                        true,
                        keys -> carol().with("aud", List.of("other", Keys.AUDIENCE))
                                .signed(keys, Algorithm.HS256)),
                token(
                        "that was valid before now",
                        true,
                        keys -> carol().with("nbf", now(-60)).signed(keys, Algorithm.HS256)),
                new Attempt(
                        "with its sub as login",
                        keys -> new Account("carol", carol().signed(keys, Algorithm.HS256)),
                        ""));
    }

    @TestFactory
    Stream<DynamicTest> tokensThatNobodySigned() {
        return table(
                token("alg none", keys -> carol().header("alg", "none").signed(input -> new byte[0])),
                token("alg None", keys -> carol().header("alg", "None").signed(input -> new byte[0])),
                token(
                        "alg NONE with a good signature",
                        keys -> carol().header("alg", "NONE").signed(input -> keys.sign(Algorithm.HS256, input))),
                token("no alg", keys -> carol().signed(input -> keys.sign(Algorithm.HS256, input))),
                token("no signature", keys -> carol().header("alg", "HS256").signed(input -> new byte[0])),
                token(
                        "half a signature",
                        keys -> carol().header("alg", "HS256")
                                .signed(input -> Arrays.copyOf(keys.sign(Algorithm.HS256, input), 16))),
                token(
                        "a signature of noughts",
                        keys -> carol().header("alg", "ES256").signed(input -> new byte[64])),
                token("somebody else's keys, HMAC", keys -> carol().signed(new Keys(), Algorithm.RS256)),
                token("somebody else's keys, EdDSA", keys -> carol().signed(new Keys(), Algorithm.EdDSA)),
                token("another payload under a good signature", keys -> other(carol().signed(keys, Algorithm.HS256))),
                token("a key that the token brings along", SignInIT::withItsOwnKey),
                token(
                        "a key that the token says where to fetch",
                        keys -> carol().header("jku", "http://localhost/keys.json")
                                .header("x5u", "http://localhost/key.pem")
                                .signed(new Keys(), Algorithm.RS256)));
    }

    /** An RSA, EC or Ed25519 key is public: as the secret of an HMAC everybody has it. */
    @TestFactory
    Stream<DynamicTest> tokensWithThePublicKeyAsSecret() {
        return table(Stream.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EdDSA)
                .flatMap(algorithm -> Stream.of(
                        publicKeyAsSecret(
                                algorithm + ", the file",
                                algorithm,
                                keys -> keys.publicPem(algorithm).getBytes(StandardCharsets.US_ASCII)),
                        publicKeyAsSecret(
                                algorithm + ", the file without its last line end",
                                algorithm,
                                keys -> keys.publicPem(algorithm).strip().getBytes(StandardCharsets.US_ASCII)),
                        publicKeyAsSecret(
                                algorithm + ", its bytes",
                                algorithm,
                                keys -> keys.publicKey(algorithm).getEncoded())))
                .toArray(Attempt[]::new));
    }

    @TestFactory
    Stream<DynamicTest> tokensWithAnotherKeysId() {
        return table(
                token(
                        "of a key of another kind",
                        keys -> carol().header("kid", "es256").signed(keys, Algorithm.RS256)),
                token("of no key", keys -> carol().header("kid", "other").signed(keys, Algorithm.HS256)),
                token("empty", keys -> carol().header("kid", "").signed(keys, Algorithm.HS256)),
                token("a path", keys -> carol().header("kid", "../keys/hs256").signed(keys, Algorithm.HS256)),
                token(
                        "the path of an empty file",
                        keys -> carol().header("kid", "../../../../dev/null")
                                .header("alg", "HS256")
                                .signed(input -> Keys.hmac(new byte[1], input))),
                token(
                        "a query",
                        keys -> carol().header("kid", "x' UNION SELECT 'secret")
                                .header("alg", "HS256")
                                .signed(input -> Keys.hmac("secret".getBytes(StandardCharsets.UTF_8), input))),
                token("no text", keys -> carol().header("kid", List.of("hs256")).signed(keys, Algorithm.HS256)),
                token(
                        "an extension that has to be understood",
                        keys -> carol().header("crit", List.of("b64"))
                                .header("b64", false)
                                .signed(keys, Algorithm.HS256)));
    }

    @TestFactory
    Stream<DynamicTest> tokensThatSayWhatIsNotTaken() {
        return table(
                new Attempt(
                        "expired",
                        keys -> account(carol().lasting(Duration.ofSeconds(-1)).signed(keys, Algorithm.HS256)),
                        EXPIRED),
                token("without an end", claim("exp", null)),
                token("with an end that is no number", claim("exp", "2099-01-01")),
                token("not valid yet", claim("nbf", now(600))),
                token("for another audience", claim("aud", "other")),
                token("for no audience", claim("aud", null)),
                token("for nobody", claim("sub", null)),
                token("for the empty name", claim("sub", "")),
                token("for *", claim("sub", "*")),
                token("for >", claim("sub", ">")),
                token("for a.>", claim("sub", "a.>")),
                token("for a,b", claim("sub", "a,b")),
                token("for a/b", claim("sub", "a/b")),
                token("for a name with NUL", claim("sub", "alice\0")),
                token("for a name with a line end", claim("sub", "alice\nuser-name:system")),
                token("for a name with a blank", claim("sub", "alice bob")),
                token("for a name with an invisible character", claim("sub", "alice\u200b")),
                token("for a name that is a list", claim("sub", List.of("alice"))),
                token("for one of Gatepost's own", claim("sub", "gatepost-welcome")),
                token("for the name of those who have none", claim("sub", "anonymous")),
                token("for the operator's account", claim("sub", "system")),
                token("groups that are no list", claim("groups", "users")),
                new Attempt(
                        "under another login",
                        keys -> new Account("alice", carol().signed(keys, Algorithm.HS256)),
                        NOT_ACCEPTED));
    }

    /**
     * @param account may be made with the keys that Gatepost accepts
     * @param refusal what the ERROR's message begins with, or empty for one that is let in
     */
    private record Attempt(String name, Function<Keys, Account> account, String refusal) {}

    private static Stream<DynamicTest> table(Attempt... attempts) {
        return Arrays.stream(attempts)
                .flatMap(attempt -> Arrays.stream(Transport.values())
                        .map(transport -> DynamicTest.dynamicTest(
                                attempt.name + " [" + transport + "]", () -> play(attempt, transport))));
    }

    private static void play(Attempt attempt, Transport transport) {
        Account account = attempt.account.apply(Suite.keys());
        try (StompClient client = transport.client(Suite.gatepost())) {
            // what comes behind must not be looked at
            client.send(ClientFrame.of(
                    "CONNECT",
                    "accept-version:1.2",
                    "host:localhost",
                    "login:" + account.login(),
                    "passcode:" + account.passcode()));
            if (attempt.refusal.isEmpty()) {
                client.expect("CONNECTED");
                client.done(ClientFrame.of("BEGIN", "transaction:t"));
                return;
            }
            ServerFrame error = client.expect("ERROR");
            assertTrue(error.header("message").startsWith(attempt.refusal), error::toString);
            assertEquals(error.header("message"), error.text());
            client.expectEnd();
        }
    }

    private static Attempt good(String name, String login, String passcode) {
        return new Attempt(name, keys -> new Account(login, passcode), "");
    }

    private static Attempt bad(String name, String login, String passcode) {
        return new Attempt(name, keys -> new Account(login, passcode), WRONG);
    }

    private static Attempt token(String name, Function<Keys, String> token) {
        return token(name, false, token);
    }

    private static Attempt token(String name, boolean good, Function<Keys, String> token) {
        return new Attempt(name, keys -> account(token.apply(keys)), good ? "" : NOT_ACCEPTED);
    }

    private static Attempt publicKeyAsSecret(String name, Algorithm algorithm, Function<Keys, byte[]> secret) {
        return token(
                name,
                keys -> carol().header("alg", "HS256")
                        .header("kid", algorithm.name().toLowerCase(Locale.ROOT))
                        .signed(input -> Keys.hmac(secret.apply(keys), input)));
    }

    private static Account account(String token) {
        return new Account("", token);
    }

    private static Token carol() {
        return Token.of("carol", "users");
    }

    private static Function<Keys, String> claim(String name, Object value) {
        return keys -> carol().with(name, value).signed(keys, Algorithm.HS256);
    }

    private static long now(int seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    private static String other(String token) {
        String[] parts = token.split("\\.");
        String payload =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("carol", "alice");
        return parts[0] + "." + base64(payload.getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String withItsOwnKey(Keys any) {
        Keys own = new Keys();
        byte[] encoded = own.publicKey(Algorithm.EdDSA).getEncoded();
        String x = base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        return carol().header("jwk", Map.of("kty", "OKP", "crv", "Ed25519", "x", x))
                .signed(own, Algorithm.EdDSA);
    }
}
