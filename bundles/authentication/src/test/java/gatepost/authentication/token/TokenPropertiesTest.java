package gatepost.authentication.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import gatepost.authentication.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a stranger sends as a token is refused as one, soon, and nothing else comes of it. */
class TokenPropertiesTest {

    private static final TokenRules RULES =
            new TokenRules(Set.of("users"), Set.of("app"), Set.of("gatepost"), Duration.ZERO, 65_536);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MUTATIONS = 3_000;

    @TempDir
    static Path folder;

    private static TokenKeys keys;

    private final TestClock clock = new TestClock();
    private final TokenVerifier verifier = new TokenVerifier(keys, RULES, clock);

    @BeforeAll
    static void keys() throws Exception {
        TokenFixture files = new TokenFixture(folder);
        files.file("app.secret", TokenFixture.SECRET);
        files.file("ec.pem", TokenFixture.publicPem(TokenFixture.ec("secp256r1")));
        files.file("ed.pem", TokenFixture.publicPem(TokenFixture.ed25519()));
        files.file("rsa.pem", TokenFixture.publicPem(TokenFixture.rsa(2048)));
        keys = files.keys("HS256:app.secret", "ES256:ec.pem", "EdDSA:ed.pem", "RS256:rsa.pem");
    }

    /** @return whether it was let in; anything but {@link TokenRefused} ends the test */
    private boolean accepted(String token) {
        return assertTimeoutPreemptively(SOON, () -> {
            TokenVerifier.isToken(token);
            TokenVerifier.withoutWrapping(token);
            try {
                verifier.verify(token);
                return true;
            } catch (TokenRefused e) {
                assertTrue(e.getMessage().length() < 200_000);
                return false;
            }
        });
    }

    private static String token(String header, String payload, String signature) {
        return TokenFixture.part(header) + "." + TokenFixture.part(payload) + "." + signature;
    }

    static List<String> oddTokens() {
        String alg = "{\"alg\":\"HS256\"}";
        return List.of(
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "a.b.",
                "%.%.%",
                "\u0000.\u0000.\u0000",
                ".".repeat(60_000),
                "a".repeat(65_536),
                token("[".repeat(20_000), "{}", "AA"),
                token(alg, "{\"a\":" + "[".repeat(20_000), "AA"),
                token(alg, "{\"a\":" + "{\"a\":".repeat(8_000), "AA"),
                token("{\"alg\":\"none\"}", "{}", ""),
                token("{\"alg\":7}", "{}", "AA"),
                token("{\"alg\":null}", "{}", "AA"),
                token("{}", "{}", "AA"),
                token("null", "{}", "AA"),
                token("{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}", "{}", "AA"),
                token("{\"alg\":\"HS256\",\"crit\":7}", "{}", "AA"),
                token("{\"alg\":\"HS256\",\"b64\":\"x\"}", "{}", "AA"),
                token("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"RSA\"}}", "{}", "AA"),
                token("{\"alg\":\"HS256\",\"jwk\":[]}", "{}", "AA"),
                token("{\"alg\":\"HS256\",\"x5u\":\"::\",\"x5c\":[7]}", "{}", "AA"),
                token("{\"alg\":\"HS256\",\"kid\":{}}", "{}", "AA"),
                token("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}", "{}", "AA"),
                token("{\"alg\":\"ES256\"}", "{}", "AA"),
                token("{\"alg\":\"ES256\"}", "{}", "A".repeat(86)),
                token("{\"alg\":\"RS256\"}", "{}", "A".repeat(60_000)),
                token("{\"alg\":\"EdDSA\"}", "{}", "_".repeat(86)),
                token("{\"alg\":\"HS256\",\"a\":1e999999999}", "{}", "AA"));
    }

    @ParameterizedTest
    @MethodSource
    void oddTokens(String token) {
        assertEquals(false, accepted(token));
    }

    /** Signed by the application itself, which may be wrong, too. */
    @ParameterizedTest
    @MethodSource
    void signedNonsense(String payload) throws Exception {
        TokenKey key = keys.signing("app").orElseThrow();
        assertEquals(
                false,
                accepted(TokenFixture.sign(
                        key, new JWSHeader.Builder(key.algorithm().jws()).build(), new Payload(payload))));
    }

    static List<String> signedNonsense() {
        return List.of(
                "",
                "null",
                "7",
                "[]",
                "{",
                "{\"exp\":1e999999999,\"sub\":\"a\"}",
                "{\"exp\":-1}",
                "{\"exp\":\"soon\"}",
                "{\"exp\":{}}",
                "{\"exp\":99999999999999999999999999}",
                "{\"exp\":253402300799,\"sub\":7}",
                "{\"exp\":253402300799,\"sub\":\"a\",\"groups\":7}",
                "{\"exp\":253402300799,\"sub\":\"a\",\"groups\":[7],\"iss\":\"app\",\"aud\":\"gatepost\"}",
                "{\"exp\":253402300799,\"sub\":\"a\",\"iss\":[],\"aud\":{}}",
                "{\"exp\":253402300799,\"nbf\":" + "9".repeat(30_000) + "}",
                "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}",
                "{\"sub\":\"a\",\"sub\":\"b\",\"exp\":1,\"exp\":2}");
    }

    @Test
    void aGoodTokenThatIsChangedAnywhereIsRefused() throws Exception {
        String good = new TokenMint(keys, RULES, clock).mint("alice", List.of("users"), Duration.ofMinutes(1), "app");
        assertTrue(accepted(good));
        Random random = new Random(19);
        byte[] alphabet = "ABab01-_.=+/ \u0000\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder changed = new StringBuilder(good);
            for (int times = random.nextInt(3); times >= 0; times--) {
                int at = random.nextInt(changed.length());
                switch (random.nextInt(3)) {
                    case 0 -> changed.setCharAt(at, (char) alphabet[random.nextInt(alphabet.length)]);
                    case 1 -> changed.deleteCharAt(at);
                    default ->
                        changed.insert(at, changed.substring(at, Math.min(changed.length(), at + random.nextInt(9))));
                }
            }
            String text = changed.toString();
            assertTrue(text.equals(good) || sameBytes(text, good) || !accepted(text), () -> "seed 19: " + text);
        }
    }

    /** The last character of base64 may hold bits that mean nothing (RFC 4648, section 3.5). */
    private static boolean sameBytes(String one, String other) {
        String[] parts = one.split("\\.", -1);
        String[] others = other.split("\\.", -1);
        try {
            return parts.length == 3
                    && parts[0].equals(others[0])
                    && parts[1].equals(others[1])
                    && Arrays.equals(
                            Base64.getUrlDecoder().decode(parts[2]),
                            Base64.getUrlDecoder().decode(others[2]));
        } catch (IllegalArgumentException e) {
            return false; // not base64 at all, so not the same
        }
    }
}
