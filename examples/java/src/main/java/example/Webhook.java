package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies Gatepost's webhooks, which are signed as Standard Webhooks say. Needs nothing but Java. Any thread. */
public final class Webhook {

    /** Seconds by which the clocks may differ, and that a request may take; what is older may be a copy. */
    private static final long TOLERANCE = 300;

    private final List<String> secrets;

    /** @param secrets {@code whsec_…}; two while one is rotated */
    public Webhook(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /**
     * Returns where a request is Gatepost's. What is told again has the same {@code webhook-id}.
     *
     * @param body as it came
     * @param headers from a name in lower case to the value, or {@code null}
     * @throws GeneralSecurityException when it is not
     */
    public void verify(byte[] body, UnaryOperator<String> headers, Instant now) throws GeneralSecurityException {
        String id = headers.apply("webhook-id");
        String seconds = headers.apply("webhook-timestamp");
        String signatures = headers.apply("webhook-signature");
        if (id == null || id.isEmpty() || seconds == null || signatures == null) {
            throw new GeneralSecurityException("webhook-id, webhook-timestamp or webhook-signature is missing");
        }
        if (!seconds.matches("[0-9]{1,12}") || Math.abs(now.getEpochSecond() - Long.parseLong(seconds)) > TOLERANCE) {
            throw new GeneralSecurityException("webhook-timestamp is not within " + TOLERANCE + " seconds of now");
        }
        boolean good = false;
        for (String secret : secrets) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(UTF_8));
            byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(UTF_8);
            for (String signature : signatures.split(" ")) {
                // each is compared with each, so that no answer comes earlier than another
                good |= MessageDigest.isEqual(expected, signature.getBytes(UTF_8));
            }
        }
        if (!good) {
            throw new GeneralSecurityException("webhook-signature is of none of the secrets");
        }
    }
}
