package gatepost.transport.http;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an {@code Authorization} header proves somebody with: Basic (RFC 7617) or Bearer (RFC 6750).
 *
 * @param login empty with a token
 */
record Credentials(String login, String passcode) {

    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";
    private static final SecretKeySpec KEY = key();

    /** @throws CallRefused when it is neither, or cannot be read; of what it holds nothing is said */
    static Credentials of(String authorization) throws CallRefused {
        if (begins(authorization, BEARER)) {
            String token = authorization.substring(BEARER.length()).trim();
            if (!token.isEmpty()) {
                return new Credentials("", token);
            }
        } else if (begins(authorization, BASIC)) {
            return basic(authorization.substring(BASIC.length()).trim());
        }
        throw new CallRefused(
                Reason.NOT_SIGNED_IN,
                "the Authorization header cannot be used: expected Basic with a name and a password, or Bearer with a token");
    }

    static boolean isBearer(String authorization) {
        return begins(authorization, BEARER);
    }

    /** @return what is equal for equal credentials, and tells nothing of them */
    static byte[] fingerprint(Credentials credentials) {
        try {
            Mac mac = Mac.getInstance(KEY.getAlgorithm());
            mac.init(KEY);
            return mac.doFinal((credentials.login() + '\0' + credentials.passcode()).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + KEY.getAlgorithm(), e);
        }
    }

    private static Credentials basic(String encoded) throws CallRefused {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
            int colon = text.indexOf(':');
            if (colon > 0) {
                return new Credentials(text.substring(0, colon), text.substring(colon + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // answered below: neither what it holds nor where it is wrong is anybody's business
        }
        throw new CallRefused(
                Reason.NOT_SIGNED_IN,
                "the Authorization header cannot be used: expected NAME:PASSWORD in UTF-8 and Base64 after Basic");
    }

    private static boolean begins(String text, String scheme) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static SecretKeySpec key() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new SecretKeySpec(random, "HmacSHA256");
    }

    @Override
    public String toString() {
        return "Credentials of " + (login.isEmpty() ? "a token" : login);
    }
}
