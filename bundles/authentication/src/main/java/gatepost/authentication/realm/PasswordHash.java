package gatepost.authentication.realm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * How a password is stored: {@code {PBKDF2}iterations:salt:hash} with PBKDF2 (RFC 8018, section 5.2) over HMAC-SHA-512, salt
 * and hash in base64; or plain, where it does not begin with {@code {PBKDF2}}.
 */
public final class PasswordHash {

    private static final String PREFIX = "{PBKDF2}";
    private static final Pattern FORM = Pattern.compile("\\{PBKDF2}(\\d{1,8}):([A-Za-z0-9+/]+=*):([A-Za-z0-9+/]+=*)");
    /** Of a hash that is made here. */
    static final int ITERATIONS = 210_000;
    /** Some ten seconds of a processor. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private PasswordHash() {}

    /** @return the stored form of a password, different at every call; takes a good part of a second of processor time */
    public static String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + ITERATIONS + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(derive(password, salt, ITERATIONS, HASH_BYTES));
    }

    /**
     * Whether this is the password that was stored. A stored form that begins like a hash and is none, and an empty one, match
     * no password at all.
     */
    public static boolean matches(String password, String stored) {
        if (password.isEmpty() || stored.isEmpty()) {
            return false;
        }
        if (!stored.startsWith(PREFIX)) {
            return MessageDigest.isEqual(bytes(password), bytes(stored));
        }
        Matcher form = FORM.matcher(stored);
        return form.matches() && matches(password, form);
    }

    /** @return how many rounds it takes to check a password against this stored form; 0 where it is not hashed */
    static int cost(String stored) {
        Matcher form = FORM.matcher(stored);
        return form.matches() ? Integer.parseInt(form.group(1)) : 0;
    }

    /** @return why this stored form, which begins like a hash, is none that can be checked; nothing where all is well */
    static Optional<String> fault(String stored) {
        if (!stored.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int cost = cost(stored);
        return cost > 0 && cost <= MAX_ITERATIONS
                ? Optional.empty()
                : Optional.of("expected the hash as gatepost:password-hash prints it, with 1 to " + MAX_ITERATIONS
                        + " rounds");
    }

    /** @return a stored form of this cost that no password matches, or only by a chance of one in 2^256 */
    static String ofNobody(int cost) {
        byte[] bytes = new byte[SALT_BYTES + HASH_BYTES];
        new SecureRandom().nextBytes(bytes);
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + cost + ":" + base64.encodeToString(Arrays.copyOf(bytes, SALT_BYTES)) + ":"
                + base64.encodeToString(Arrays.copyOfRange(bytes, SALT_BYTES, bytes.length));
    }

    /** Takes as long as {@link #matches} takes with a stored form of this cost, and says no. */
    static boolean matchesNothing(String password, int cost) {
        derive(password, new byte[SALT_BYTES], cost, HASH_BYTES);
        return false;
    }

    private static boolean matches(String password, Matcher form) {
        int iterations = Integer.parseInt(form.group(1));
        if (iterations == 0) {
            return false;
        }
        try {
            byte[] salt = Base64.getDecoder().decode(form.group(2));
            byte[] hash = Base64.getDecoder().decode(form.group(3));
            return MessageDigest.isEqual(hash, derive(password, salt, iterations, hash.length));
        } catch (IllegalArgumentException e) {
            return false; // not base64 after all: a mangled line must lock its user out, not let anybody in
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations, int length) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, length * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
