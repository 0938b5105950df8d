package gatepost.transport.session;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Names that nobody can guess who was not told them, and that are never made twice, over all restarts. A temporary destination is
 * open to whoever knows its name, so that somebody can answer to it; who counts on from a name of his own must find nothing.
 */
final class Unguessable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder LETTERS = Base64.getUrlEncoder().withoutPadding();

    private Unguessable() {}

    /** @return letters, digits, {@code -} and {@code _}: four for each three bytes of chance */
    static String name(int bytes) {
        byte[] chance = new byte[bytes];
        RANDOM.nextBytes(chance);
        return LETTERS.encodeToString(chance);
    }

    /** @return digits alone */
    static String number(int bits) {
        return new BigInteger(bits, RANDOM).toString();
    }
}
