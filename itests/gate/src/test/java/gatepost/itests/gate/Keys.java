package gatepost.itests.gate;

import gatepost.itests.harness.Gatepost;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys that an application signs tokens with, one of each algorithm, made with nothing but Java's own cryptography. */
final class Keys {

    /** What Gatepost is told to expect in {@code aud}. */
    static final String AUDIENCE = "gatepost-it";

    /** Of RFC 7518, section 3.1; the file of each key is named like it in lower case. */
    enum Algorithm {
        HS256,
        RS256,
        ES256,
        EdDSA
    }

    private final byte[] secret = "0123456789abcdef0123456789abcdef-it".getBytes(StandardCharsets.UTF_8);
    private final KeyPair rsa = pair("RSA", 2048);
    private final KeyPair ec = pair("EC", 256);
    private final KeyPair ed = pair("Ed25519", 0);

    /** Writes the public halves into {@code etc/keys} of a Gatepost that is not started yet, and has it accept them. */
    void install(Gatepost gatepost) {
        gatepost.write("keys/hs256.secret", new String(secret, StandardCharsets.UTF_8));
        gatepost.write("keys/rs256.pem", publicPem(Algorithm.RS256));
        gatepost.write("keys/es256.pem", publicPem(Algorithm.ES256));
        gatepost.write("keys/eddsa.pem", publicPem(Algorithm.EdDSA));
        gatepost.configure(
                "gatepost.authentication.cfg",
                Map.of(
                        "token.keys",
                        "HS256:etc/keys/hs256.secret, RS256:etc/keys/rs256.pem, ES256:etc/keys/es256.pem, "
                                + "EdDSA:etc/keys/eddsa.pem",
                        "token.audience",
                        AUDIENCE,
                        "token.clock.skew",
                        "0"));
    }

    /** @return the signature of what a token signs, in the form of RFC 7515 */
    byte[] sign(Algorithm algorithm, byte[] input) {
        try {
            return switch (algorithm) {
                case HS256 -> hmac(secret, input);
                case RS256 -> signature("SHA256withRSA", rsa.getPrivate(), input);
                case ES256 -> signature("SHA256withECDSAinP1363Format", ec.getPrivate(), input);
                case EdDSA -> signature("Ed25519", ed.getPrivate(), input);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the public key as everybody may have it: a PEM file */
    String publicPem(Algorithm algorithm) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(publicKey(algorithm).getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** @return the secret as a key of a set (RFC 7517, section 4) */
    String secretJwk() {
        return "{\"kty\":\"oct\",\"kid\":\"good\",\"k\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\"}";
    }

    PublicKey publicKey(Algorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> rsa.getPublic();
            case ES256 -> ec.getPublic();
            case EdDSA -> ed.getPublic();
            case HS256 -> throw new IllegalArgumentException("a secret has no public half");
        };
    }

    /** @return HMAC with SHA-256, under whatever secret */
    static byte[] hmac(byte[] secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            Key key = new SecretKeySpec(secret, "HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signature(String algorithm, PrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
