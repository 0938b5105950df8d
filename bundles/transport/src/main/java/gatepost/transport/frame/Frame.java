package gatepost.transport.frame;

import java.util.Map;

/**
 * A frame as it came from a client: the command, the headers, of which the first counts where one is repeated (STOMP 1.2,
 * "Repeated Header Entries"), and the body.
 *
 * @param command in capitals, not necessarily one that exists
 * @param headers unescaped, in their order
 * @param body the bytes of the body, never changed after decoding; empty where there is none
 */
public record Frame(String command, Map<String, String> headers, byte[] body) implements Inbound {

    /** @return the header's value, or {@code null} */
    public String header(String name) {
        return headers.get(name);
    }

    @Override
    public int size() {
        return 128 + body.length;
    }
}
