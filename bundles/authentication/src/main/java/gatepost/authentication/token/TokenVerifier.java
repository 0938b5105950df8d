package gatepost.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import gatepost.authentication.identity.TokenFacts;
import gatepost.authentication.identity.UserName;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks signed tokens (JWT, RFC 7519, as JWS in compact form, RFC 7515), with RFC 8725 in mind: nothing in a token chooses
 * its algorithm or brings its key along. Safe for use by several threads.
 */
public final class TokenVerifier {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private static final Pattern WRAPPED = Pattern.compile("\\s*+(?:(?i:bearer)\\s++)?+([A-Za-z0-9_.-]++)\\s*+");

    private final TokenKeys keys;
    private final TokenRules rules;
    private final InstantSource clock;
    private final Predicate<String> ownUsers;

    public TokenVerifier(TokenKeys keys, TokenRules rules, InstantSource clock) {
        this(keys, rules, clock, user -> false);
    }

    /** @param ownUsers the own accounts that these tokens may be for: none, unless Gatepost itself has signed them */
    public TokenVerifier(TokenKeys keys, TokenRules rules, InstantSource clock, Predicate<String> ownUsers) {
        this.keys = keys;
        this.rules = rules;
        this.clock = clock;
        this.ownUsers = ownUsers;
    }

    /**
     * Whether a passcode is to be taken for a token, and then for nothing else. The third part, the signature, may be empty:
     * an unsigned token is a token all the same, and is refused as one.
     */
    public static boolean isToken(String passcode) {
        return FORM.matcher(passcode).matches();
    }

    /**
     * Takes away what programs put around a token without meaning it: blanks, line ends, and the word {@code Bearer} of HTTP
     * (RFC 6750, section 2.1).
     *
     * @return the token, or the passcode as it is when there is none in it
     */
    public static String withoutWrapping(String passcode) {
        Matcher wrapped = WRAPPED.matcher(passcode);
        return wrapped.matches() && isToken(wrapped.group(1)) ? wrapped.group(1) : passcode;
    }

    public TokenRules rules() {
        return rules;
    }

    /** @return what the token says, once every rule has been found kept */
    public Token verify(String text) throws TokenRefused {
        if (text.length() > rules.maxSize()) {
            throw new TokenRefused("longer than " + rules.maxSize() + " characters");
        }
        if (keys.all().isEmpty()) {
            throw new TokenRefused("no key is configured, so no token is accepted");
        }
        JWSObject jws = parse(text);
        TokenKey key = signedBy(jws);
        Claims claims = claims(jws);
        Instant expires = dates(claims);
        parties(claims);
        TokenFacts facts = facts(claims, expires);
        return new Token(
                user(claims), claims.list("groups"), expires, key.id(), key.fingerprint(), key.algorithm(), facts);
    }

    private static JWSObject parse(String text) throws TokenRefused {
        if (!isToken(text)) {
            // the library passes over what is no base64url, so that a signature could be written in many ways
            throw new TokenRefused("not a signed token: expected three base64url parts between dots");
        }
        try {
            return JWSObject.parse(text);
        } catch (ParseException | RuntimeException e) {
            // whatever a stranger's bytes make the library do, it is a token that is refused
            throw new TokenRefused("not a signed token: " + e.getMessage());
        }
    }

    /** The key decides the algorithm; a header that names another one rules the key out. */
    private TokenKey signedBy(JWSObject jws) throws TokenRefused {
        JWSHeader header = jws.getHeader();
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new TokenRefused("crit asks for extensions that are not known here");
        }
        boolean matching = false;
        for (TokenKey key : keys.all()) {
            boolean named = header.getKeyID() == null || header.getKeyID().equals(key.id());
            if (named && key.algorithm().jws().equals(header.getAlgorithm())) {
                matching = true;
                if (signed(jws, key)) {
                    return key;
                }
            }
        }
        throw new TokenRefused(
                matching
                        ? "the signature is wrong"
                        : "no key for kid " + header.getKeyID() + " and alg " + header.getAlgorithm()
                                + " is configured");
    }

    private static boolean signed(JWSObject jws, TokenKey key) throws TokenRefused {
        try {
            return key.verifier().verify(jws.getHeader(), jws.getSigningInput(), jws.getSignature());
        } catch (JOSEException | RuntimeException e) {
            throw new TokenRefused("the signature cannot be checked: " + e.getMessage());
        }
    }

    private static Claims claims(JWSObject jws) throws TokenRefused {
        Map<String, Object> json = jws.getPayload().toJSONObject();
        if (json == null) {
            throw new TokenRefused("the payload is not a JSON object");
        }
        return new Claims(json);
    }

    private Instant dates(Claims claims) throws TokenRefused {
        Optional<Instant> expires = claims.date("exp");
        if (expires.isEmpty()) {
            throw new TokenRefused("exp is missing");
        }
        Instant now = clock.instant();
        Duration skew = rules.skew();
        if (!now.isBefore(expires.get().plus(skew))) {
            throw new TokenRefused("expired at " + expires.get(), true);
        }
        if (expires.get().isAfter(now.plus(rules.maxLifetime()).plus(skew))) {
            throw new TokenRefused("exp is " + expires.get() + ", expected one at most token.lifetime.max = "
                    + rules.maxLifetime().toSeconds() + " seconds ahead");
        }
        Optional<Instant> notBefore = claims.date("nbf");
        if (notBefore.isPresent() && now.plus(skew).isBefore(notBefore.get())) {
            throw new TokenRefused("not valid before " + notBefore.get());
        }
        return expires.get();
    }

    /**
     * A token that was refused for an end too far away does not become good by waiting: whoever revoked it meanwhile would see it come
     * back when the revocation is forgotten.
     */
    private TokenFacts facts(Claims claims, Instant expires) throws TokenRefused {
        Optional<Instant> issued = claims.date("iat");
        if (issued.isPresent()
                && expires.isAfter(issued.get().plus(rules.maxLifetime()).plus(rules.skew()))) {
            throw new TokenRefused("exp is " + expires + ", expected one at most token.lifetime.max = "
                    + rules.maxLifetime().toSeconds() + " seconds after iat = " + issued.get());
        }
        return new TokenFacts(Optional.of(claims.text("jti")).filter(id -> !id.isEmpty()), issued);
    }

    private void parties(Claims claims) throws TokenRefused {
        String issuer = claims.text("iss");
        if (!rules.issuers().isEmpty() && !rules.issuers().contains(issuer)) {
            throw new TokenRefused("iss is " + issuer + ", expected one of " + rules.issuers());
        }
        Set<String> audience = claims.listOrText("aud");
        if (!rules.audiences().isEmpty() && Collections.disjoint(rules.audiences(), audience)) {
            throw new TokenRefused("aud is " + audience + ", expected one of " + rules.audiences());
        }
    }

    private String user(Claims claims) throws TokenRefused {
        String user = claims.text("sub");
        Optional<String> fault = UserName.fault(user);
        if (fault.isPresent()) {
            throw new TokenRefused("sub: " + fault.get());
        }
        if (!ownUsers.test(user) && (UserName.isOwn(user) || user.equals(UserName.ANONYMOUS))) {
            throw new TokenRefused("sub " + user + " is one of Gatepost's own accounts");
        }
        return user;
    }
}
