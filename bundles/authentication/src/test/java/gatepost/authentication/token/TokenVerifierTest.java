package gatepost.authentication.token;

import static gatepost.authentication.token.TokenFixture.claims;
import static gatepost.authentication.token.TokenFixture.part;
import static gatepost.authentication.token.TokenFixture.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import gatepost.authentication.TestClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final TokenRules RULES =
            new TokenRules(Set.of("users"), Set.of(), Set.of(), Duration.ofSeconds(30), 8192);
    private static final TokenRules STRICT =
            new TokenRules(Set.of("users"), Set.of("app"), Set.of("gatepost", "other"), Duration.ofSeconds(30), 8192);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final long now = clock.instant().getEpochSecond();
    private TokenFixture files;
    private TokenKeys keys;
    private TokenKey key;
    private TokenVerifier verifier;

    @BeforeEach
    void secret() throws Exception {
        files = new TokenFixture(folder);
        files.file("app.secret", TokenFixture.SECRET + "\n");
        keys = files.keys("HS256:app.secret");
        key = keys.all().get(0);
        verifier = new TokenVerifier(keys, RULES, clock);
    }

    private String with(String claim, Object value) throws Exception {
        Map<String, Object> claims = claims(now);
        claims.put(claim, value);
        return sign(key, claims);
    }

    private String without(String claim) throws Exception {
        Map<String, Object> claims = claims(now);
        claims.remove(claim);
        return sign(key, claims);
    }

    private String refusal(String token) {
        return refusal(verifier, token);
    }

    private static String refusal(TokenVerifier verifier, String token) {
        return assertThrows(TokenRefused.class, () -> verifier.verify(token)).getMessage();
    }

    @Test
    void aTokenMayNotLastLongerThanIsAllowed() throws Exception {
        TokenRules hour =
                new TokenRules(Set.of("users"), Set.of(), Set.of(), Duration.ofSeconds(30), 8192, Duration.ofHours(1));
        TokenMint mint = new TokenMint(keys, RULES, clock);
        TokenVerifier strict = new TokenVerifier(keys, hour, clock);
        assertEquals(
                "alice",
                strict.verify(mint.mint("alice", List.of(), Duration.ofHours(1), ""))
                        .user());
        String long_ = mint.mint("alice", List.of(), Duration.ofHours(1).plusSeconds(31), "");
        assertTrue(assertThrows(TokenRefused.class, () -> strict.verify(long_))
                .getMessage()
                .contains("token.lifetime.max = 3600"));
        assertThrows(
                KeyFault.class,
                () -> new TokenMint(keys, hour, clock).mint("alice", List.of(), Duration.ofHours(2), ""));
    }

    /** Else a revocation of it would be forgotten before it becomes good. */
    @Test
    void aTokenThatLastsTooLongDoesNotBecomeGoodByWaiting() throws Exception {
        TokenRules hour =
                new TokenRules(Set.of("users"), Set.of(), Set.of(), Duration.ofSeconds(30), 8192, Duration.ofHours(1));
        Map<String, Object> claims = claims(now);
        claims.put("iat", now - 3531);
        claims.put("jti", "t1");
        String refused = refusal(new TokenVerifier(keys, hour, clock), sign(key, claims));
        assertTrue(refused.contains("token.lifetime.max = 3600 seconds after iat"), refused);
        claims.put("iat", now - 3530);
        Token token = new TokenVerifier(keys, hour, clock).verify(sign(key, claims));
        assertEquals(Optional.of("t1"), token.facts().id());
        assertEquals(
                Optional.of(clock.instant().minusSeconds(3530)), token.facts().issued());
    }

    @Test
    void goodTokenTellsUserGroupsAndEnd() throws Exception {
        Token token = verifier.verify(sign(key, claims(now)));
        assertEquals("alice", token.user());
        assertEquals(Set.of("users"), token.groups());
        assertEquals(clock.instant().plusSeconds(100), token.expires());
        assertEquals("app", token.keyId());
    }

    @Test
    void everyAlgorithmSignsAndRefusesWhatWasChanged() throws Exception {
        files.file("rsa.pem", TokenFixture.bothPem(TokenFixture.rsa(2048)));
        files.file("ec.pem", TokenFixture.bothPem(TokenFixture.ec("secp256r1")));
        files.file("ed.pem", TokenFixture.bothPem(TokenFixture.ed25519()));
        for (String element : List.of("HS256:app.secret", "RS256:rsa.pem", "ES256:ec.pem", "EdDSA:ed.pem")) {
            TokenKeys own = files.keys(element);
            TokenVerifier check = new TokenVerifier(own, RULES, clock);
            String token = sign(own.all().get(0), claims(now));
            assertEquals("alice", check.verify(token).user(), element);
            String[] parts = token.split("\\.");
            String signed = parts[0] + "." + parts[1] + ".";
            String forged = parts[0] + "." + part("{\"sub\":\"bob\",\"exp\":" + (now + 100) + "}") + "." + parts[2];
            assertEquals("the signature is wrong", refusal(check, forged), element);
            assertEquals("the signature is wrong", refusal(check, signed + "AAAA"), element);
            assertEquals("the signature is wrong", refusal(check, signed + part("\0".repeat(64))), element);
        }
    }

    @Test
    void unsignedTokenIsATokenAndRefused() {
        String payload = part("{\"sub\":\"alice\",\"exp\":" + (now + 100) + "}");
        for (String alg : List.of("none", "None", "NONE", "nOnE")) {
            String unsigned = part("{\"alg\":\"" + alg + "\"}") + "." + payload + ".";
            assertTrue(TokenVerifier.isToken(unsigned));
            refusal(unsigned);
            refusal(unsigned + "AAAA");
        }
    }

    @Test
    void publicKeyIsNoSecret() throws Exception {
        KeyPair pair = TokenFixture.rsa(2048);
        String pem = TokenFixture.publicPem(pair);
        files.file("rsa.pem", pem);
        TokenVerifier rsa = new TokenVerifier(files.keys("RS256:rsa.pem"), RULES, clock);
        for (byte[] guess : List.of(
                pem.getBytes(StandardCharsets.UTF_8),
                pem.strip().getBytes(StandardCharsets.UTF_8),
                pair.getPublic().getEncoded())) {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build();
            JWSObject jws = new JWSObject(header, new Payload(claims(now)));
            jws.sign(new MACSigner(guess));
            assertTrue(refusal(rsa, jws.serialize()).startsWith("no key for kid rsa and alg HS256"));
        }
    }

    @Test
    void keyIsUsedWithItsOwnAlgorithmOnly() throws Exception {
        byte[] longSecret = "x".repeat(64).getBytes(StandardCharsets.UTF_8);
        files.file("long.secret", "x".repeat(64));
        TokenVerifier check = new TokenVerifier(files.keys("HS256:long.secret"), RULES, clock);
        JWSObject jws = new JWSObject(new JWSHeader(JWSAlgorithm.HS512), new Payload(claims(now)));
        jws.sign(new MACSigner(longSecret));
        assertTrue(refusal(check, jws.serialize()).contains("alg HS512"));
    }

    @Test
    void keyThatTheTokenBringsAlongIsIgnored() throws Exception {
        files.file("rsa.pem", TokenFixture.publicPem(TokenFixture.rsa(2048)));
        KeyPair own = TokenFixture.rsa(2048);
        TokenVerifier check = new TokenVerifier(files.keys("RS256:rsa.pem"), RULES, clock);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(new RSAKey.Builder((RSAPublicKey) own.getPublic()).build())
                .jwkURL(new URI("http://127.0.0.1:9/keys"))
                .build();
        JWSObject jws = new JWSObject(header, new Payload(claims(now)));
        jws.sign(new RSASSASigner(own.getPrivate()));
        assertEquals("the signature is wrong", refusal(check, jws.serialize()));
    }

    @Test
    void expiredTokenIsRefusedOnceTheSkewIsOverToo() throws Exception {
        String token = sign(key, claims(now));
        clock.advance(Duration.ofSeconds(129));
        assertEquals("alice", verifier.verify(token).user());
        clock.advance(Duration.ofSeconds(1));
        TokenRefused refused = assertThrows(TokenRefused.class, () -> verifier.verify(token));
        assertTrue(refused.expired());
        assertTrue(refused.getMessage().startsWith("expired at 2026-11-23T10:01:40Z"));
    }

    @Test
    void tokenIsRefusedBeforeItsTimeLessTheSkew() throws Exception {
        String token = with("nbf", now + 31);
        assertTrue(refusal(token).startsWith("not valid before"));
        clock.advance(Duration.ofSeconds(1));
        assertEquals("alice", verifier.verify(token).user());
    }

    @Test
    void tokenMustEnd() throws Exception {
        assertEquals("exp is missing", refusal(without("exp")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tomorrow\"", "true", "[]", "{}", "-1", "1e300", "99999999999999"})
    void dateIsANumberOfSeconds(String exp) throws Exception {
        String json = "{\"sub\":\"alice\",\"exp\":" + exp + "}";
        assertEquals(
                "exp is not a number of seconds",
                refusal(sign(key, new JWSHeader(JWSAlgorithm.HS256), new Payload(json))));
        String later = "{\"sub\":\"alice\",\"exp\":" + (now + 100) + ",\"nbf\":" + exp + "}";
        assertEquals(
                "nbf is not a number of seconds",
                refusal(sign(key, new JWSHeader(JWSAlgorithm.HS256), new Payload(later))));
    }

    @Test
    void dateMayHaveAFraction() throws Exception {
        assertEquals(
                Instant.ofEpochMilli(now * 1000 + 1500),
                verifier.verify(with("exp", now + 1.5)).expires());
    }

    @Test
    void issuerMustBeOneOfThoseExpected() throws Exception {
        TokenVerifier strict = new TokenVerifier(keys, STRICT, clock);
        Map<String, Object> claims = claims(now);
        claims.put("aud", "gatepost");
        assertTrue(refusal(strict, sign(key, claims)).startsWith("iss is "));
        claims.put("iss", "somebody");
        assertTrue(refusal(strict, sign(key, claims)).startsWith("iss is somebody"));
        claims.put("iss", List.of("app"));
        assertEquals("iss is not a string", refusal(strict, sign(key, claims)));
        claims.put("iss", "app");
        assertEquals("alice", strict.verify(sign(key, claims)).user());
    }

    @Test
    void audienceMustBeOneOfThoseExpectedAlsoAmongOthers() throws Exception {
        TokenVerifier strict = new TokenVerifier(keys, STRICT, clock);
        Map<String, Object> claims = claims(now);
        claims.put("iss", "app");
        assertTrue(refusal(strict, sign(key, claims)).startsWith("aud is "));
        claims.put("aud", "elsewhere");
        assertTrue(refusal(strict, sign(key, claims)).startsWith("aud is [elsewhere]"));
        claims.put("aud", 7);
        assertEquals("aud is not an array", refusal(strict, sign(key, claims)));
        claims.put("aud", List.of("elsewhere", "gatepost"));
        assertEquals("alice", strict.verify(sign(key, claims)).user());
    }

    @Test
    void keyIsTheOneThatTheTokenNames() throws Exception {
        files.file("new.secret", "another".repeat(5));
        TokenKeys both = files.keys("HS256:app.secret", "HS256:new.secret");
        TokenVerifier check = new TokenVerifier(both, RULES, clock);
        for (TokenKey each : both.all()) {
            assertEquals(each.id(), check.verify(sign(each, claims(now))).keyId());
        }
        JWSHeader wrongName =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("new").build();
        assertEquals("the signature is wrong", refusal(check, sign(key, wrongName, new Payload(claims(now)))));
        JWSHeader unknown =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("gone").build();
        assertTrue(refusal(check, sign(key, unknown, new Payload(claims(now)))).startsWith("no key for kid gone"));
        JWSHeader unnamed = new JWSHeader(JWSAlgorithm.HS256);
        assertEquals(
                "new",
                check.verify(sign(both.all().get(1), unnamed, new Payload(claims(now))))
                        .keyId());
    }

    @Test
    void extensionThatIsNotKnownHereIsRefused() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1)
                .build();
        assertEquals(
                "crit asks for extensions that are not known here",
                refusal(sign(key, header, new Payload(claims(now)))));
    }

    @Test
    void oversizedTokenIsRefusedUnread() throws Exception {
        assertEquals("longer than 8192 characters", refusal(with("more", "x".repeat(8192))));
        assertEquals("longer than 8192 characters", refusal("x".repeat(8193)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not json", "[]", "\"alice\"", "7", "null", "{", "{\"sub\":\"alice\"", "{\"sub\":\"alice\"}}"})
    void payloadIsAJsonObject(String payload) throws Exception {
        refusal(sign(key, new JWSHeader(JWSAlgorithm.HS256), new Payload(payload)));
    }

    @Test
    void deeplyNestedPayloadIsRefusedOrReadButBreaksNothing() throws Exception {
        String json = "{\"sub\":\"alice\",\"x\":" + "[".repeat(2900) + "]".repeat(2900) + "}";
        refusal(sign(key, new JWSHeader(JWSAlgorithm.HS256), new Payload(json)));
    }

    @Test
    void groupsAreAnArrayOfStrings() throws Exception {
        assertEquals("groups is not an array", refusal(with("groups", "admins")));
        assertEquals("groups is not an array", refusal(with("groups", Map.of("admins", true))));
        assertEquals("groups holds something that is not a string", refusal(with("groups", List.of("users", 7))));
        assertEquals(
                "groups holds something that is not a string", refusal(with("groups", Arrays.asList("users", null))));
        assertEquals(Set.of(), verifier.verify(without("groups")).groups());
    }

    @Test
    void subIsAUsersName() throws Exception {
        assertTrue(refusal(without("sub")).startsWith("sub: the user name is empty"));
        for (Object sub : List.of("", "*", ">", "a,b", "a b", "a/b", "a\u0000", "x".repeat(256))) {
            assertTrue(refusal(with("sub", sub)).startsWith("sub: "), sub.toString());
        }
        for (Object sub : List.of(7, List.of("alice"), Map.of("name", "alice"), true)) {
            assertEquals("sub is not a string", refusal(with("sub", sub)));
        }
    }

    @Test
    void subIsNoneOfGatepostsOwnAccounts() throws Exception {
        for (String sub : List.of("gatepost-welcome", "gatepost-routes", "gatepost-anything", "anonymous")) {
            assertTrue(refusal(with("sub", sub)).contains("Gatepost's own"));
        }
    }

    @Test
    void withoutKeysNoTokenIsGood() throws Exception {
        String token = sign(key, claims(now));
        assertTrue(refusal(new TokenVerifier(TokenKeys.none(), RULES, clock), token)
                .startsWith("no key is configured"));
    }

    @Test
    void threeBase64UrlPartsAreATokenAndNothingElseIs() {
        for (String token : List.of("a.b.c", "a.b.", "eyJ.eyJ._-", "A.0.")) {
            assertTrue(TokenVerifier.isToken(token), token);
        }
        for (String password : List.of(
                "",
                "manager",
                "a.b",
                "a.b.c.d",
                "a.b.c.d.e",
                "a b.c.d",
                "ä.b.c",
                "a.b.c=",
                "..",
                ".b.c",
                "a..c",
                "a.b.c\n",
                "a+b.c.d")) {
            assertFalse(TokenVerifier.isToken(password), password);
        }
    }

    @Test
    void nonsenseInTheFormOfATokenIsRefused() {
        for (String token : List.of(
                "a.b.c",
                part("{}") + ".e30.AA",
                part("{\"alg\":7}") + ".e30.AA",
                part("[]") + ".e30.AA",
                part("{\"alg\":\"HS256\",\"alg\":\"none\"}") + ".e30.AA",
                part("{\"alg\":\"HS256\",\"kid\":{}}") + ".e30.AA",
                part("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + ".e30.AA",
                part("{\"alg\":\"HS256\"}") + ".e30.")) {
            refusal(token);
        }
    }
}
