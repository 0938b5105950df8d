package gatepost.authentication.token;

import static gatepost.authentication.token.TokenFixture.claims;
import static gatepost.authentication.token.TokenFixture.pem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import gatepost.authentication.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {

    private static final TokenRules RULES = new TokenRules(Set.of("users"), Set.of(), Set.of(), Duration.ZERO, 8192);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TokenFixture files;

    @BeforeEach
    void folder() {
        files = new TokenFixture(folder);
    }

    private String fault(String element) {
        return assertThrows(KeyFault.class, () -> files.keys(element)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app.pem", "RS256:", ":app.pem", "none:app.pem", "HS512:app.secret", "rs256:app.pem", "RS256"})
    void keyNamesAnAlgorithmAndAFile(String element) {
        assertTrue(fault(element).startsWith("expected ALGORITHM:FILE"), element);
    }

    @Test
    void missingFileIsNamed() {
        assertTrue(fault("RS256:nowhere.pem").contains("nowhere.pem: cannot be read"));
    }

    @Test
    void idIsTheFilesNameWithoutItsEnding() throws Exception {
        files.file("app-2026.11.secret", TokenFixture.SECRET);
        assertEquals(
                "app-2026.11",
                files.keys("HS256:app-2026.11.secret").all().get(0).id());
    }

    @Test
    void secretIsLongEnough() throws Exception {
        files.file("short.secret", "x".repeat(31) + "\n\n\r\n");
        assertTrue(fault("HS256:short.secret").contains("at least 32 bytes, this has 31"));
    }

    @Test
    void publicKeyIsNeverTakenForASecret() throws Exception {
        files.file("rsa.pem", TokenFixture.publicPem(TokenFixture.rsa(2048)));
        assertTrue(fault("HS256:rsa.pem").contains("a PEM file is not a secret"));
    }

    @Test
    void rsaKeyIsLongEnough() throws Exception {
        files.file("weak.pem", TokenFixture.publicPem(TokenFixture.rsa(1024)));
        assertTrue(fault("RS256:weak.pem").contains("at least 2048 bits, this has 1024"));
    }

    @Test
    void keyFitsItsAlgorithm() throws Exception {
        files.file("rsa.pem", TokenFixture.publicPem(TokenFixture.rsa(2048)));
        files.file("p384.pem", TokenFixture.publicPem(TokenFixture.ec("secp384r1")));
        assertTrue(fault("ES256:rsa.pem").contains("not a PEM file with a key for ES256"));
        assertTrue(fault("EdDSA:rsa.pem").contains("not a PEM file with a key for EdDSA"));
        assertTrue(fault("ES256:p384.pem").contains("curve"));
    }

    @Test
    void privateKeyAloneIsNotEnough() throws Exception {
        files.file(
                "private.pem",
                pem("PRIVATE KEY", TokenFixture.rsa(2048).getPrivate().getEncoded()));
        assertTrue(fault("RS256:private.pem").contains("openssl pkey -in PRIVATE.pem -pubout"));
    }

    @Test
    void publicKeyAloneCannotSign() throws Exception {
        files.file("app.pem", TokenFixture.publicPem(TokenFixture.ed25519()));
        assertFalse(files.keys("EdDSA:app.pem").signing("").isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "-----BEGIN PUBLIC KEY-----\n!!!\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
            })
    void whatIsNoPemFileIsRefusedWithItsName(String content) throws Exception {
        files.file("bad.pem", content);
        assertTrue(fault("RS256:bad.pem").contains("bad.pem"));
    }

    @Test
    void keySetHoldsKeysOfEveryKind() throws Exception {
        KeyPair ec = TokenFixture.ec("secp256r1");
        KeyPair ed = TokenFixture.ed25519();
        Base64URL point = lastBytes(ed.getPublic().getEncoded());
        Base64URL seed = lastBytes(ed.getPrivate().getEncoded());
        JWKSet set = new JWKSet(List.of(
                new RSAKey.Builder((RSAPublicKey) TokenFixture.rsa(2048).getPublic())
                        .keyID("rsa")
                        .build(),
                new ECKey.Builder(Curve.P_256, (ECPublicKey) ec.getPublic())
                        .privateKey((ECPrivateKey) ec.getPrivate())
                        .keyID("ec")
                        .keyUse(KeyUse.SIGNATURE)
                        .build(),
                new OctetKeyPair.Builder(Curve.Ed25519, point)
                        .d(seed)
                        .keyID("ed")
                        .build(),
                new OctetSequenceKey.Builder(TokenFixture.SECRET.getBytes(StandardCharsets.UTF_8))
                        .keyID("oct")
                        .build()));
        files.file("keys.json", set.toString(false));
        TokenKeys keys = files.keys("JWKS:keys.json");
        assertEquals(
                List.of("rsa (RS256)", "ec (ES256)", "ed (EdDSA)", "oct (HS256)"),
                keys.all().stream().map(TokenKey::toString).toList());
        TokenVerifier verifier = new TokenVerifier(keys, RULES, clock);
        for (String id : List.of("ec", "ed", "oct")) {
            String token = TokenFixture.sign(
                    keys.signing(id).orElseThrow(), claims(clock.instant().getEpochSecond()));
            assertEquals(id, verifier.verify(token).keyId());
        }
        assertFalse(keys.signing("rsa").isPresent());
    }

    /** The 32 bytes that an Ed25519 key is, without what says so. */
    private static Base64URL lastBytes(byte[] encoded) {
        return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    @Test
    void keysForOtherPurposesArePassedOver() throws Exception {
        RSAPublicKey rsa = (RSAPublicKey) TokenFixture.rsa(2048).getPublic();
        JWKSet set = new JWKSet(List.of(
                new RSAKey.Builder(rsa)
                        .keyID("encryption")
                        .keyUse(KeyUse.ENCRYPTION)
                        .build(),
                new RSAKey.Builder(rsa)
                        .keyID("ps")
                        .algorithm(com.nimbusds.jose.JWSAlgorithm.PS256)
                        .build(),
                new ECKey.Builder(Curve.P_384, (ECPublicKey)
                                TokenFixture.ec("secp384r1").getPublic())
                        .keyID("p384")
                        .build()));
        files.file("keys.json", set.toString());
        assertTrue(fault("JWKS:keys.json").contains("the set holds no key"));
    }

    @Test
    void oneBadKeyOfASetLeavesTheOthersInForceAndIsNamed() throws Exception {
        files.file(
                "keys.json",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"short\"},{\"kty\":\"RSA\",\"kid\":\"broken\"},{\"kid\":7},"
                        + "{\"kty\":\"later\",\"kid\":\"unknown\"},"
                        + new OctetSequenceKey.Builder(TokenFixture.SECRET.getBytes(StandardCharsets.UTF_8))
                                .keyID("good")
                                .build()
                                .toJSONString()
                        + "]}");
        TokenKeys keys = files.keys("JWKS:keys.json");
        assertEquals(List.of("good"), keys.all().stream().map(TokenKey::id).toList());
        String fault = String.join("", keys.partialFaults().values());
        assertTrue(
                fault.contains("the key short of")
                        && fault.contains("the key broken of")
                        && fault.contains("the key number 3 of"),
                fault);
        assertFalse(fault.contains("unknown"), fault);
        assertEquals(keys.partialFaults(), keys.reload());
    }

    @Test
    void aKeyIsKnownByWhatItIsAndNotByItsName() throws Exception {
        Path file = files.file("app.secret", "old".repeat(20));
        TokenKeys keys = files.keys("HS256:app.secret");
        Set<String> before = keys.fingerprints();
        Files.writeString(file, "old".repeat(20) + "\n");
        keys.reload();
        assertEquals(before, keys.fingerprints());
        Files.writeString(file, "new".repeat(20));
        keys.reload();
        assertEquals(1, keys.fingerprints().size());
        assertFalse(keys.fingerprints().equals(before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"keys\":7}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}", "{\"keys\":[]}"
            })
    void whatIsNoKeySetIsRefused(String content) throws Exception {
        files.file("keys.json", content);
        assertTrue(fault("JWKS:keys.json").contains("keys.json"));
    }

    @Test
    void oldAndNewKeyStandSideBySideAndAreReadAgain() throws Exception {
        files.file("old.secret", "old".repeat(20));
        Path fresh = files.file("new.secret", "new".repeat(20));
        TokenKeys keys = files.keys("HS256:old.secret", "HS256:new.secret");
        TokenVerifier verifier = new TokenVerifier(keys, RULES, clock);
        Map<String, Object> claims = claims(clock.instant().getEpochSecond());
        String before = TokenFixture.sign(keys.signing("new").orElseThrow(), claims);
        String old = TokenFixture.sign(keys.signing("old").orElseThrow(), claims);
        Files.writeString(fresh, "newer".repeat(20));
        assertEquals(Map.of(), keys.reload());
        assertEquals("old", verifier.verify(old).keyId());
        assertThrows(TokenRefused.class, () -> verifier.verify(before));
        assertEquals(
                "new",
                verifier.verify(TokenFixture.sign(keys.signing("new").orElseThrow(), claims))
                        .keyId());
    }

    @Test
    void brokenFileLeavesItsLastGoodKeyAndTheOthers() throws Exception {
        files.file("one.secret", "one".repeat(20));
        Path two = files.file("two.secret", "two".repeat(20));
        TokenKeys keys = files.keys("HS256:one.secret", "HS256:two.secret");
        Files.writeString(two, "short");
        Map<KeySource, String> faults = keys.reload();
        assertEquals(1, faults.size());
        assertTrue(
                faults.values().iterator().next().contains("two.secret: a secret for HS256 needs at least 32 bytes"));
        assertEquals(
                List.of("one", "two"), keys.all().stream().map(TokenKey::id).toList());
    }

    @Test
    void mintedTokenIsGoodUnderTheSameRules() throws Exception {
        files.file("app.secret", TokenFixture.SECRET);
        TokenKeys keys = files.keys("HS256:app.secret");
        TokenRules strict = new TokenRules(Set.of("users"), Set.of("app"), Set.of("gatepost"), Duration.ZERO, 8192);
        String token = new TokenMint(keys, strict, clock).mint("alice", List.of("users"), Duration.ofHours(1), "");
        Token read = new TokenVerifier(keys, strict, clock).verify(token);
        assertEquals("alice", read.user());
        assertEquals(clock.instant().plusSeconds(3600), read.expires());
        assertThrows(
                KeyFault.class,
                () -> new TokenMint(keys, strict, clock).mint("a", List.of(), Duration.ofHours(1), "other"));
    }
}
