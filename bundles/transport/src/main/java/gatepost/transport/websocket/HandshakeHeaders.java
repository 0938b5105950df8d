package gatepost.transport.websocket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What every request for a WebSocket has once and well-formed (RFC 6455, section 4.2.1; RFC 9112, section 3.2). */
final class HandshakeHeaders {

    private static final int KEY_BYTES = 16;

    private HandshakeHeaders() {}

    /** @return what is wrong with the request, fit for its sender, or nothing */
    static Optional<String> problem(HttpHeaders headers) {
        if (headers.getAll(HttpHeaderNames.HOST).size() != 1) {
            return Optional.of("Expected one Host header.");
        }
        // of two origins one of us would look at the one and another at the other
        if (headers.getAll(HttpHeaderNames.ORIGIN).size() > 1) {
            return Optional.of("Expected one Origin header at most.");
        }
        if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return Optional.of("Expected the header Connection: Upgrade.");
        }
        List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return Optional.of("Expected one Sec-WebSocket-Key of " + KEY_BYTES + " bytes in Base64.");
        }
        return Optional.empty();
    }

    private static boolean isKey(String text) {
        try {
            // 16 bytes are 24 characters, and no other way to write them is meant
            return text.trim().length() == 24 && Base64.getDecoder().decode(text.trim()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            // no Base64: answered as a key of another length is
            return false;
        }
    }
}
