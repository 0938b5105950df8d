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

    /** @param login of the user with that number */
    String of(int user, String login);

    /** @return tokens if the broker has a secret for them, else passwords */
    static Passcodes of(Broker broker) {
        if (broker.secret().isEmpty()) {
            return (user, login) -> Broker.numbered(broker.userPasscode(), user);
        }
        SecretKeySpec key =
                new SecretKeySpec(read(broker.secret()).strip().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        long end = System.currentTimeMillis() / 1000 + LIFE;
        return (user, login) -> token(key, "{\"sub\":\"" + login + "\",\"groups\":[\"users\"],\"exp\":" + end + "}");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("--secret=" + file + ": " + e, e);
        }
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
