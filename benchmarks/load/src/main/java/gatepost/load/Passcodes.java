package gatepost.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** With what users sign in: the password of their account, or a token as an application would sign it (RFC 7519, HS256). */
@FunctionalInterface
interface Passcodes {

    /** Seconds for which a token is good: longer than a run. */
    long LIFE = 3_600;

    String of(String user);

    /** @return tokens if the options name a secret, else passwords that are the users' names */
    static Passcodes of(Options options) throws IOException {
        if (options.secret().isEmpty()) {
            return user -> user;
        }
        SecretKeySpec key = new SecretKeySpec(Files.readString(Path.of(options.secret())).strip().getBytes(StandardCharsets.UTF_8),
                "HmacSHA256");
        long end = System.currentTimeMillis() / 1000 + LIFE;
        return user -> token(key, "{\"sub\":\"" + user + "\",\"groups\":[\"users\"],\"exp\":" + end + "}");
    }

    private static String token(SecretKeySpec key, String claims) {
        String signed = base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
