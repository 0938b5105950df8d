package gatepost.events.note;

import gatepost.contracts.events.EventType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What an event is known by to those who are told: the same when it is told again, also after a crash. It holds no dot, which would let
 * parts of what Standard Webhooks sign change places, and nothing that a user has chosen.
 */
public final class EventId {

    private static final int BYTES = 16;

    private EventId() {}

    /** @return {@code evt_} and 32 hexadecimal digits */
    public static String of(EventType type, String queue, String key) {
        byte[] hash = sha256(type.text() + '\0' + queue + '\0' + key);
        return "evt_" + HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
    }

    /** @return 32 bytes */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
