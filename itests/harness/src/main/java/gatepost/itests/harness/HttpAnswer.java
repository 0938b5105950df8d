package gatepost.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP response.
 *
 * @param status such as 101
 * @param headers their names in lower case
 * @param rest what follows the head
 */
public record HttpAnswer(int status, Map<String, String> headers, ByteSource rest) {

    /** @return a header's value, or {@code null}; the name in lower case */
    public String header(String name) {
        return headers.get(name);
    }

    static HttpAnswer read(ByteSource source) throws IOException {
        Deadline deadline = Deadline.in(StompClient.PATIENCE);
        String line = line(source, deadline);
        if (!line.startsWith("HTTP/1.1 ")) {
            throw new AssertionError("expected a response of HTTP/1.1, got " + line);
        }
        int status = Integer.parseInt(line.split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(source, deadline); !header.isEmpty(); header = line(source, deadline)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim());
        }
        return new HttpAnswer(status, Map.copyOf(headers), source);
    }

    private static String line(ByteSource source, Deadline deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = source.read(deadline);
            if (octet < 0) {
                throw new AssertionError(
                        "the connection ended inside a response: " + line.toString(StandardCharsets.UTF_8));
            }
            if (octet == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            line.write(octet);
        }
    }

    @Override
    public String toString() {
        return status + " " + headers;
    }
}
