package gatepost.transport.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The escapes of header names and values: none in STOMP 1.0; {@code \n}, {@code \c} and {@code \\} in 1.1; {@code \r} as well
 * in 1.2 (STOMP 1.2, "Value Encoding").
 */
final class HeaderEscapes {

    private HeaderEscapes() {}

    /** Thrown for an escape that the version does not define, or for bytes that are not UTF-8. */
    static final class BadEscape extends Exception {

        private static final long serialVersionUID = 1L;

        BadEscape(String message) {
            super(message, null, false, false);
        }
    }

    /** Decodes bytes of a header line; {@code escapes} is whether escapes are understood at all. */
    static String decode(byte[] line, int from, int to, boolean escapes, StompVersion version) throws BadEscape {
        int ascii = from;
        while (ascii < to && line[ascii] >= 0 && line[ascii] != '\\') {
            ascii++;
        }
        if (ascii == to) {
            // nearly every header
            return new String(line, from, to - from, StandardCharsets.US_ASCII);
        }
        int length = 0;
        byte[] plain = new byte[to - from];
        for (int i = from; i < to; i++) {
            byte octet = line[i];
            if (octet == '\\' && escapes) {
                i++;
                octet = i < to ? unescape(line[i], version) : unescape((byte) 0, version);
            }
            plain[length++] = octet;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadEscape("a header is not valid UTF-8");
        }
    }

    private static byte unescape(byte escape, StompVersion version) throws BadEscape {
        switch (escape) {
            case 'n':
                return '\n';
            case 'c':
                return ':';
            case '\\':
                return '\\';
            case 'r':
                if (version == StompVersion.V1_2) {
                    return '\r';
                }
                break;
            default:
                break;
        }
        throw new BadEscape("a header has an escape that STOMP " + version.number() + " does not define");
    }

    /**
     * Whether the version has a way to write the name so that it is read as the same. What is only like another header's name must not
     * pass for that: {@code gatepost-user:x} in STOMP 1.0, which ends a name at the first colon and trims it.
     */
    static boolean isName(String text, StompVersion version) {
        boolean old = version == StompVersion.V1_0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0' || c == '\r' && version != StompVersion.V1_2 || old && (c == '\n' || c == ':')) {
                return false;
            }
        }
        return !text.isEmpty() && !(old && !text.equals(text.trim()));
    }

    /** Writes a name or value. In STOMP 1.0, which cannot express them, line ends become spaces. */
    static void encode(ByteBuf out, String text, StompVersion version) {
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isSpecial(text.charAt(i))) {
                ByteBufUtil.writeUtf8(out, text, written, i);
                ByteBufUtil.writeAscii(out, escape(text.charAt(i), version));
                written = i + 1;
            }
        }
        ByteBufUtil.writeUtf8(out, text, written, text.length());
    }

    private static boolean isSpecial(char c) {
        return c == '\n' || c == '\r' || c == ':' || c == '\\' || c == '\0';
    }

    /** @param c a special one */
    private static String escape(char c, StompVersion version) {
        boolean old = version == StompVersion.V1_0;
        return switch (c) {
            case '\n' -> old ? " " : "\\n";
            case '\r' -> version == StompVersion.V1_2 ? "\\r" : " ";
            case ':' -> old ? ":" : "\\c";
            case '\\' -> old ? "\\" : "\\\\";
            case '\0' -> " ";
            default -> throw new IllegalArgumentException("not special: " + c);
        };
    }
}
