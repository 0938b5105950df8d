package gatepost.camel.connection;

import java.nio.charset.StandardCharsets;
import org.fusesource.hawtbuf.AsciiBuffer;

/**
 * Header names and values on the wire, escaped as STOMP 1.2 has it (section "Value Encoding"). stompjms knows no {@code \r}, and
 * writes a line feed as a colon.
 */
final class HeaderText {

    private HeaderText() {
    }

    static AsciiBuffer encode(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case ':' -> escaped.append("\\c");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                default -> escaped.append(c);
            }
        }
        return new AsciiBuffer(escaped.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** An unknown escape is left as it is. */
    static String decode(AsciiBuffer wire) {
        String escaped = new String(wire.data, wire.offset, wire.length, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            int escape = c == '\\' && i + 1 < escaped.length() ? "\\cnr".indexOf(escaped.charAt(i + 1)) : -1;
            if (escape < 0) {
                text.append(c);
            } else {
                text.append("\\:\n\r".charAt(escape));
                i++;
            }
        }
        return text.toString();
    }
}
