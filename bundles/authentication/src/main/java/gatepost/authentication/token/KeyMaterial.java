package gatepost.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.Optional;

/** Makes a {@link TokenKey} of key material once it has been found strong enough and fit for its algorithm. */
final class KeyMaterial {

    /** RFC 7518, section 3.2: a key of the size of the hash or larger. */
    private static final int MIN_SECRET_BYTES = 32;
    /** RFC 7518, section 3.3. */
    private static final int MIN_RSA_BITS = 2048;

    private KeyMaterial() {}

    static TokenKey secret(String id, byte[] secret) throws KeyFault {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new KeyFault(
                    "a secret for HS256 needs at least " + MIN_SECRET_BYTES + " bytes, this has " + secret.length);
        }
        try {
            return new TokenKey(
                    id,
                    SignatureAlgorithm.HS256,
                    fingerprint(secret),
                    new MACVerifier(secret),
                    Optional.of(new MACSigner(secret)));
        } catch (JOSEException e) {
            throw new KeyFault("not a secret for HS256: " + e.getMessage(), e);
        }
    }

    /** @param secret the private half; null where only signatures are to be checked */
    static TokenKey pair(String id, SignatureAlgorithm algorithm, PublicKey key, PrivateKey secret) throws KeyFault {
        try {
            JWSVerifier verifier = verifier(algorithm, key);
            JWSSigner signer = secret == null ? null : signer(algorithm, secret);
            return new TokenKey(id, algorithm, fingerprint(key.getEncoded()), verifier, Optional.ofNullable(signer));
        } catch (JOSEException | ClassCastException e) {
            throw new KeyFault(
                    "a " + key.getAlgorithm() + " key cannot be used for " + algorithm + ": " + e.getMessage(), e);
        }
    }

    private static String fingerprint(byte[] key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static JWSVerifier verifier(SignatureAlgorithm algorithm, PublicKey key) throws JOSEException, KeyFault {
        JWSVerifier verifier = switch (algorithm) {
            case RS256 -> new RSASSAVerifier(longEnough((RSAPublicKey) key));
            case ES256 -> new ECDSAVerifier((ECPublicKey) key);
            case EDDSA -> new Ed25519.Verifier((PublicKey) (EdECPublicKey) key);
            case HS256 -> throw new KeyFault("HS256 takes a secret, not a key pair");
        };
        if (!verifier.supportedJWSAlgorithms().contains(algorithm.jws())) {
            throw new KeyFault("the key's curve is not the one of " + algorithm);
        }
        return verifier;
    }

    private static JWSSigner signer(SignatureAlgorithm algorithm, PrivateKey key) throws JOSEException, KeyFault {
        return switch (algorithm) {
            case RS256 -> new RSASSASigner(key);
            case ES256 -> new ECDSASigner((ECPrivateKey) key);
            case EDDSA -> new Ed25519.Signer((PrivateKey) (EdECPrivateKey) key);
            case HS256 -> throw new KeyFault("HS256 takes a secret, not a key pair");
        };
    }

    private static RSAPublicKey longEnough(RSAPublicKey key) throws KeyFault {
        if (key.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new KeyFault("an RSA key needs at least " + MIN_RSA_BITS + " bits, this has "
                    + key.getModulus().bitLength());
        }
        return key;
    }
}
