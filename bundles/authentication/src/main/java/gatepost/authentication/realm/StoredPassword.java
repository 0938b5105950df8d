package gatepost.authentication.realm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A password as it is stored, plain or hashed ({@link PasswordHash}).
 *
 * @param text as it stands in the file; empty for none, which no password matches
 */
record StoredPassword(String text) {

    boolean isNone() {
        return text.isEmpty();
    }

    /** @return how many rounds it takes to check it; 0 where it is not hashed */
    int cost() {
        return PasswordHash.cost(text);
    }

    /** @return why it can be nobody's password although it begins like a hash */
    Optional<String> fault() {
        return PasswordHash.fault(text);
    }

    /** Takes a good part of a second of processor time where the password is hashed. */
    boolean matches(String password) {
        return PasswordHash.matches(password, text);
    }

    /** @return what tells one stored password from another without holding it */
    String fingerprint() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return cost() > 0 ? "hashed" : "plain";
    }
}
