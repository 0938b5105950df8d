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

    private HeaderEscapes() {
    }

    /** Thrown for an escape that the version does not define, or for bytes that are not UTF-8. */
    static final class BadEscape extends Exception {

        private static final long serialVersionUID = 1L;

        BadEscape(String message) {
            super(message, null, false, false);
        }
    }

    /** Decodes bytes of a header line; {@code escapes} is whether escapes are understood at all. */
    static String decode(byte[] line, int from, int to, boolean escapes, StompVersion version) throws BadEscape {
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
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain, 0, length)).toString();
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

    /** Writes a name or value. In STOMP 1.0, which cannot express them, line ends become spaces. */
    static void encode(ByteBuf out, String text, StompVersion version) {
        int plain = 0;
        while (plain < text.length() && !isSpecial(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            ByteBufUtil.writeUtf8(out, text);
            return;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 8).append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            escaped.append(escape(text.charAt(i), version));
        }
        ByteBufUtil.writeUtf8(out, escaped);
    }

    private static boolean isSpecial(char c) {
        return c == '\n' || c == '\r' || c == ':' || c == '\\' || c == '\0';
    }

    private static String escape(char c, StompVersion version) {
        if (c == '\0' || c == '\r' && version != StompVersion.V1_2 || c == '\n' && version == StompVersion.V1_0) {
            return " ";
        }
        if (version == StompVersion.V1_0) {
            return String.valueOf(c);
        }
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case ':' -> "\\c";
            case '\\' -> "\\\\";
            default -> String.valueOf(c);
        };
    }
}
