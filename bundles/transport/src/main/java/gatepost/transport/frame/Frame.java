package gatepost.transport.frame;

import java.util.Map;

/**
 * A frame as it came from a client: the command, the headers, of which the first counts where one is repeated (STOMP 1.2,
 * "Repeated Header Entries"), and the body.
 *
 * @param command in capitals, not necessarily one that exists
 * @param headers unescaped, in their order
 * @param body the bytes of the body, never changed after decoding; empty where there is none
 * @param size about how many bytes of memory it takes, the headers included: a client can send a hundred long ones in each frame
 */
public record Frame(String command, Map<String, String> headers, byte[] body, int size) implements Inbound {

    /** What the objects of a frame with a few headers take. */
    private static final int OBJECTS = 128;

    private static final int FEW_HEADERS = 8;
    /** What the objects of each further header take besides its bytes. */
    private static final int HEADER = 96;

    /** A frame of a few short headers. */
    public Frame(String command, Map<String, String> headers, byte[] body) {
        this(command, headers, body, OBJECTS + body.length);
    }

    /** @param bytes of the frame without its body */
    static Frame decoded(String command, Map<String, String> headers, byte[] body, int bytes) {
        return new Frame(
                command,
                headers,
                body,
                OBJECTS + HEADER * Math.max(0, headers.size() - FEW_HEADERS) + bytes + body.length);
    }

    /** @return the header's value, or {@code null} */
    public String header(String name) {
        return headers.get(name);
    }
}
