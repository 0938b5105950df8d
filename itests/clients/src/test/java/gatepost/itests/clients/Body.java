package gatepost.itests.clients;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bodies that both ends of a test make for themselves, and their digests, so that a large one is never sent twice. */
final class Body {

    private Body() {}

    /** @return so many ASCII characters, of which every position says where it is; {@code bytes.text} of the pages is the same */
    static String text(int length) {
        StringBuilder text = new StringBuilder(length + 16);
        for (int n = 0; text.length() < length; n++) {
            text.append(n).append('\n');
        }
        text.setLength(length);
        return text.toString();
    }

    /** @return all 256 bytes from {@code first} on, which is never valid UTF-8 */
    static byte[] bytesFrom(int first) {
        byte[] bytes = new byte[256 - first];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
