package gatepost.itests.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The tokens of an application. */
final class Token {

    static final String SECRET = "0123456789abcdef0123456789abcdef-examples";

    private Token() {}

    static String of(String user, Duration time) {
        String input = encode("{\"alg\":\"HS256\"}".getBytes(UTF_8)) + "."
                + encode(("{\"sub\":\"" + user + "\",\"groups\":[\"users\"],\"exp\":"
                                + Instant.now().plus(time).getEpochSecond() + "}")
                        .getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return input + "." + encode(mac.doFinal(input.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
