package gatepost.itests.harness;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens (JWT, RFC 7519) as an application signs them, with HS256. */
public final class Token {

    /** What the application and Gatepost share. */
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Token() {}

    /** @return one for an hour */
    public static String of(String user, String group) {
        return of(user, group, Duration.ofHours(1));
    }

    /** @return one for an hour, of somebody in several groups, which says when it was issued */
    public static String of(String user, List<String> groups, Instant issued) {
        return signed(claims(user, groups, Duration.ofHours(1)) + ",\"iat\":" + issued.getEpochSecond());
    }

    /** @param lasting until its end, negative for one that has expired */
    public static String of(String user, String group, Duration lasting) {
        return signed(claims(user, List.of(group), lasting));
    }

    /** @param id by which it can be revoked */
    public static String withId(String id, String user, String group) {
        return signed(claims(user, List.of(group), Duration.ofHours(1)) + ",\"jti\":\"" + id + "\"");
    }

    private static String claims(String user, List<String> groups, Duration lasting) {
        long end = Instant.now().plus(lasting).getEpochSecond();
        return "\"sub\":\"" + user + "\",\"groups\":[\"" + String.join("\",\"", groups) + "\"],\"exp\":" + end;
    }

    private static String signed(String claims) {
        String signed = base64("{\"alg\":\"HS256\"}") + "." + base64("{" + claims + "}");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
