package gatepost.welcome.journal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One line of the journal: {@code CHECKSUM KIND TIME NAME}. The checksum is the CRC-32 of what follows it, so that a line which
 * was not written whole is known as such. A name may hold any character: those that could end or spoil a line are escaped.
 *
 * @param time milliseconds since the epoch
 * @param name the user's, or for {@link Kind#INSTALLATION} the id of the installation
 */
record Entry(Kind kind, long time, String name) {

    private static final int CHECKSUM_LENGTH = 8;
    private static final HexFormat HEX = HexFormat.of();

    /** What a line says. */
    enum Kind {
        /** The id from which message ids are made: the first line. */
        INSTALLATION,
        /** The user has signed in and is to be greeted, though no users file says so. */
        OWED,
        /** The broker has confirmed the greeting. */
        GREETED,
        /** The user was signed in. */
        SEEN
    }

    /** @return the line with its end, in UTF-8 */
    byte[] encode() {
        byte[] text = (kind + " " + time + " " + escape(name)).getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[CHECKSUM_LENGTH + 1 + text.length + 1];
        byte[] checksum = checksum(text, 0, text.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, line, 0, CHECKSUM_LENGTH);
        line[CHECKSUM_LENGTH] = ' ';
        System.arraycopy(text, 0, line, CHECKSUM_LENGTH + 1, text.length);
        line[line.length - 1] = '\n';
        return line;
    }

    /** @return what a line of {@code length} bytes says, its end left out; nothing when it is not whole */
    static Optional<Entry> decode(byte[] bytes, int start, int length) {
        int from = start + CHECKSUM_LENGTH + 1;
        int size = length - CHECKSUM_LENGTH - 1;
        if (size <= 0 || !checksum(bytes, from, size).equals(text(bytes, start, CHECKSUM_LENGTH))) {
            return Optional.empty();
        }
        String[] parts = text(bytes, from, size).split(" ", 3);
        return Optional.of(new Entry(Kind.valueOf(parts[0]), Long.parseLong(parts[1]), unescape(parts[2])));
    }

    private static String text(byte[] bytes, int from, int size) {
        return new String(bytes, from, size, StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] bytes, int from, int size) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, size);
        return HEX.toHexDigits((int) crc.getValue());
    }

    private static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || Character.isISOControl(c) || Character.isSurrogate(c)) {
                escaped.append('\\').append(HEX.toHexDigits(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                name.append((char) HexFormat.fromHexDigits(text, i + 1, i + 5));
                i += 4;
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
