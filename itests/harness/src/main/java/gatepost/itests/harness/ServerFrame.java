package gatepost.itests.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A frame that the server sent.
 *
 * @param command such as {@code MESSAGE}
 * @param lines the header lines as they came, escapes and all
 * @param headers by name, unescaped as STOMP 1.2 has it (a superset of 1.1); the first of a name counts
 * @param body may be empty
 * @param binary whether it came in a binary WebSocket message; false over TCP
 * @param messages how many WebSocket messages it was spread over; 1 over TCP
 */
public record ServerFrame(
        String command, List<String> lines, Map<String, String> headers, byte[] body, boolean binary, int messages) {

    /** @return the header's value, or {@code null} */
    public String header(String name) {
        return headers.get(name);
    }

    /** @return the body as UTF-8 */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return command + lines + " " + text().substring(0, Math.min(200, text().length()));
    }
}
