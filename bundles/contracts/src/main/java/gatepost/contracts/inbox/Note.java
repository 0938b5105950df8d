package gatepost.contracts.inbox;

import java.nio.charset.StandardCharsets;

/**
 * Something that is remembered of an inbox besides its messages, by its name. Whoever gives the array to it leaves it alone.
 *
 * @param name unique in the inbox, at most {@value #NAME_MAX} bytes of UTF-8
 * @param value at most {@value #VALUE_MAX} bytes; {@code null} to forget it
 */
public record Note(String name, byte[] value) {

    public static final int NAME_MAX = 1 << 10;
    public static final int VALUE_MAX = 16 << 10;

    /** @throws IllegalArgumentException for what is too long */
    public Note {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length > NAME_MAX) {
            throw new IllegalArgumentException("the name of a note has " + length + " bytes");
        }
        if (value != null && value.length > VALUE_MAX) {
            throw new IllegalArgumentException("the note " + name + " has " + value.length + " bytes");
        }
    }
}
