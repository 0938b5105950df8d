package gatepost.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/**
 * EdDSA with Ed25519 (RFC 8037) by the Java runtime, which has it since Java 15; the token library's own needs Tink, which
 * brings megabytes of other libraries along.
 */
final class Ed25519 {

    private static final String NAME = "Ed25519";
    /** What comes before the 32 bytes of a public key in a SubjectPublicKeyInfo (RFC 8410, section 4). */
    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    /** What comes before the 32 bytes of a private key in a PrivateKeyInfo (RFC 8410, section 7). */
    private static final byte[] PRIVATE_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final int KEY_BYTES = 32;

    private Ed25519() {}

    static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(prefixed(PUBLIC_PREFIX, raw)));
    }

    static PrivateKey privateKey(byte[] raw) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(prefixed(PRIVATE_PREFIX, raw)));
    }

    private static byte[] prefixed(byte[] prefix, byte[] raw) throws GeneralSecurityException {
        if (raw.length != KEY_BYTES) {
            throw new GeneralSecurityException("an Ed25519 key has " + KEY_BYTES + " bytes, not " + raw.length);
        }
        byte[] all = new byte[prefix.length + raw.length];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(raw, 0, all, prefix.length, raw.length);
        return all;
    }

    /** Checks signatures; safe for use by several threads. */
    record Verifier(PublicKey key, JCAContext context) implements JWSVerifier {

        Verifier(PublicKey key) {
            this(key, new JCAContext());
        }

        @Override
        public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
            try {
                Signature check = Signature.getInstance(NAME);
                check.initVerify(key);
                check.update(signingInput);
                return check.verify(signature.decode());
            } catch (SignatureException e) {
                return false; // not even the form of a signature
            } catch (GeneralSecurityException e) {
                throw new JOSEException("Ed25519 cannot be used: " + e.getMessage(), e);
            }
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return Set.of(JWSAlgorithm.EdDSA);
        }

        @Override
        public JCAContext getJCAContext() {
            return context;
        }
    }

    /** Makes signatures; safe for use by several threads. */
    record Signer(PrivateKey key, JCAContext context) implements JWSSigner {

        Signer(PrivateKey key) {
            this(key, new JCAContext());
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
            try {
                Signature sign = Signature.getInstance(NAME);
                sign.initSign(key);
                sign.update(signingInput);
                return Base64URL.encode(sign.sign());
            } catch (GeneralSecurityException e) {
                throw new JOSEException("Ed25519 cannot be used: " + e.getMessage(), e);
            }
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return Set.of(JWSAlgorithm.EdDSA);
        }

        @Override
        public JCAContext getJCAContext() {
            return context;
        }
    }
}
