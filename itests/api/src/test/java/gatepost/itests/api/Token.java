package gatepost.itests.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of users (JWT, RFC 7519), as an application signs them. */
final class Token {

    static final String SECRET = "0123456789abcdef0123456789abcdef-api";

    private Token() {}

    /** @param lasting until its end, negative for one that has expired */
    static String of(String user, Duration lasting) {
        String claims = "{\"sub\":\"%s\",\"groups\":[\"users\"],\"exp\":%d}"
                .formatted(user, Instant.now().plus(lasting).getEpochSecond());
        String input = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return input + "." + encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
