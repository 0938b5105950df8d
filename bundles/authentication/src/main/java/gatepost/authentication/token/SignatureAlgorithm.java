package gatepost.authentication.token;

import com.nimbusds.jose.JWSAlgorithm;

/** How tokens may be signed (RFC 7518, section 3.1; RFC 8037, section 3.1). Each key is bound to one of these for good. */
public enum SignatureAlgorithm {
    HS256(JWSAlgorithm.HS256),
    RS256(JWSAlgorithm.RS256),
    ES256(JWSAlgorithm.ES256),
    EDDSA(JWSAlgorithm.EdDSA);

    private final JWSAlgorithm jws;

    SignatureAlgorithm(JWSAlgorithm jws) {
        this.jws = jws;
    }

    /** The algorithm by the name that a token's header has for it. */
    public JWSAlgorithm jws() {
        return jws;
    }

    @Override
    public String toString() {
        return jws.getName();
    }
}
