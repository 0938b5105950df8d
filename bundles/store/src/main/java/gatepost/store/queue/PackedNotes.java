package gatepost.store.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Notes of one queue in one array, for what is remembered of most inboxes is a short name or two, and there may be a million of them: one
 * takes its bytes and {@value #HEAD} more. They are looked for one after the other, so there is room for few. Used under the lock of its
 * queue's {@link StoredMessages}.
 *
 * <p>A note is the length of its name, that of its value, its location, and the two.
 */
final class PackedNotes {

    static final byte[] NONE = {};
    /** Bytes of all notes of a queue; what is more stays outside. */
    static final int ROOM = 2 << 10;

    private static final int HEAD = 2 + Long.BYTES;
    private static final int PART_MAX = 255;

    private PackedNotes() {}

    /** @return whether there is room for that in it, too */
    static boolean fits(byte[] packed, String name, byte[] value) {
        return name.length() <= PART_MAX
                && value.length <= PART_MAX
                && packed.length + HEAD + name.length() + value.length <= ROOM
                && isPlain(name);
    }

    /** What is longer in UTF-8, or no text there at all, is rare enough to stay outside. */
    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    /** @param name that is not in it, and fits */
    static byte[] with(byte[] packed, String name, byte[] value, long location) {
        return ByteBuffer.allocate(packed.length + HEAD + name.length() + value.length)
                .put(packed)
                .put((byte) name.length())
                .put((byte) value.length)
                .putLong(location)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(value)
                .array();
    }

    /** @return where it is, or -1 */
    static int find(byte[] packed, String name) {
        for (int at = 0; at < packed.length; at = next(packed, at)) {
            if (isCalled(packed, at, name)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isCalled(byte[] packed, int at, String name) {
        if (nameLength(packed, at) != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (packed[at + HEAD + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** @return whether there is none with another name */
    static boolean areOnly(byte[] packed, String name) {
        return packed.length == 0 || isCalled(packed, 0, name) && next(packed, 0) == packed.length;
    }

    /** @return the same without the one that is there */
    static byte[] without(byte[] packed, int at) {
        int next = next(packed, at);
        byte[] rest = Arrays.copyOf(packed, packed.length - (next - at));
        System.arraycopy(packed, next, rest, at, packed.length - next);
        return rest.length == 0 ? NONE : rest;
    }

    private static int next(byte[] packed, int at) {
        return at + HEAD + nameLength(packed, at) + valueLength(packed, at);
    }

    private static int nameLength(byte[] packed, int at) {
        return packed[at] & 0xff;
    }

    private static int valueLength(byte[] packed, int at) {
        return packed[at + 1] & 0xff;
    }

    static byte[] value(byte[] packed, int at) {
        int from = at + HEAD + nameLength(packed, at);
        return Arrays.copyOfRange(packed, from, from + valueLength(packed, at));
    }

    static long location(byte[] packed, int at) {
        return ByteBuffer.wrap(packed).getLong(at + 2);
    }

    /** The one that is there has its record somewhere else from now on. */
    static void move(byte[] packed, int at, long location) {
        ByteBuffer.wrap(packed).putLong(at + 2, location);
    }

    static String name(byte[] packed, int at) {
        return new String(packed, at + HEAD, nameLength(packed, at), StandardCharsets.US_ASCII);
    }

    /** @param consumer is told where each is */
    static void forEach(byte[] packed, IntConsumer consumer) {
        for (int at = 0; at < packed.length; at = next(packed, at)) {
            consumer.accept(at);
        }
    }
}
