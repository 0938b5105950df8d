package gatepost.camel;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The delivered message that an exchange works on. What the route sends for it gets ids that are the same when the route has to
 * work on it again, since the broker may have stored what the route took for failed: a receiver can then tell the copies.
 */
final class MessageOrigin {

    /** The property of the exchange, and of those that the route splits off it. */
    static final String PROPERTY = "gatepost.origin";

    private final String message;
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();

    /** @param message what names the delivered message, the same at each delivery */
    MessageOrigin(String message) {
        this.message = message;
    }

    /** @return an id that depends on where and what is sent, and on how often the same was sent before in this attempt */
    String id(String destination, byte[] body) {
        String what = destination + '\n' + UUID.nameUUIDFromBytes(body);
        int times = sent.merge(what, 1, Integer::sum);
        return UUID.nameUUIDFromBytes((message + '\n' + what + '\n' + times).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
