package gatepost.api.request;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986, section 2.1), read strictly: what can be read in two ways is read in none. */
final class Encoded {

    private Encoded() {}

    /**
     * @param plusIsSpace as in queries that forms make
     * @throws CallRefused when it is not UTF-8 in percent-encoding
     */
    static String decode(String text, boolean plusIsSpace) throws CallRefused {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    throw malformed(text);
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c > '~' || c < '!') {
                throw malformed(text);
            } else {
                bytes.write(plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(text);
        }
    }

    private static CallRefused malformed(String text) {
        return new CallRefused(
                Reason.MALFORMED, "the address has " + text + ", which is not UTF-8 in percent-encoding (RFC 3986)");
    }
}
