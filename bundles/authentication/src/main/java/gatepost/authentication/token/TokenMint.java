package gatepost.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes tokens that {@link TokenVerifier} accepts under the same rules, for operators who try things out. */
public final class TokenMint {

    private final TokenKeys keys;
    private final TokenRules rules;
    private final InstantSource clock;

    public TokenMint(TokenKeys keys, TokenRules rules, InstantSource clock) {
        this.keys = keys;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * @param user the {@code sub}
     * @param groups the {@code groups}
     * @param lifetime from now to {@code exp}, more than zero
     * @param keyId which key signs; empty for the first that can
     * @throws KeyFault when there is no such key
     */
    public String mint(String user, List<String> groups, Duration lifetime, String keyId) throws KeyFault {
        TokenKey key = keys.signing(keyId)
                .orElseThrow(() -> new KeyFault(
                        keyId.isEmpty()
                                ? "token.keys names no key that can sign: a secret, or a PEM or JWKS file with the private key in it"
                                : "token.keys names no key " + keyId + " that can sign"));
        if (lifetime.compareTo(rules.maxLifetime()) > 0) {
            throw new KeyFault("a token of " + lifetime.toSeconds()
                    + " seconds would be refused: expected at most token.lifetime.max = "
                    + rules.maxLifetime().toSeconds());
        }
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", user);
        claims.put("groups", groups);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        rules.issuers().stream().sorted().findFirst().ifPresent(issuer -> claims.put("iss", issuer));
        rules.audiences().stream().sorted().findFirst().ifPresent(audience -> claims.put("aud", audience));
        JWSHeader header = new JWSHeader.Builder(key.algorithm().jws())
                .type(JOSEObjectType.JWT)
                .keyID(key.id())
                .build();
        JWSObject jws = new JWSObject(header, new Payload(claims));
        try {
            jws.sign(key.signer().orElseThrow());
        } catch (JOSEException e) {
            throw new KeyFault("the key " + key + " cannot sign: " + e.getMessage(), e);
        }
        return jws.serialize();
    }
}
