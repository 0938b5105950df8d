package gatepost.authentication.token;

import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import java.util.Optional;

/**
 * A key that signs users' tokens.
 *
 * @param id what a token's {@code kid} calls it
 * @param algorithm the only one that it is used with, whatever a token says
 * @param fingerprint tells this key from any other of the same id, without being it
 * @param verifier checks signatures
 * @param signer makes signatures, where the file held what that takes
 */
public record TokenKey(
        String id, SignatureAlgorithm algorithm, String fingerprint, JWSVerifier verifier, Optional<JWSSigner> signer) {

    @Override
    public String toString() {
        return id + " (" + algorithm + ")";
    }
}
