package gatepost.itests.presence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens as an application signs them, with HS256. */
final class Token {

    /** What the application and Gatepost share. */
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Token() {}

    static String of(String user, String group) {
        long end = Instant.now().plusSeconds(3600).getEpochSecond();
        String claims = "{\"sub\":\"" + user + "\",\"groups\":[\"" + group + "\"],\"exp\":" + end + "}";
        String signed = base64("{\"alg\":\"HS256\"}") + "." + base64(claims);
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
