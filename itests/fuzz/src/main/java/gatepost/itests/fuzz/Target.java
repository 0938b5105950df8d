package gatepost.itests.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What is tried, and the words that its inputs are likely to need. */
public enum Target {
    FRAMES(
            FramesTarget::fuzzerTestOneInput,
            "CONNECT\n",
            "SEND\n",
            "SUBSCRIBE\n",
            "ACK\n",
            "accept-version:1.0,1.1,1.2\n",
            "content-length:",
            "content-length:3\n",
            "\n\n",
            "\r\n",
            "\0",
            "\\c",
            "\\r",
            "\\\\",
            "\\t",
            "destination:/queue/a\n",
            "\n\n\0"),
    MAP(
            MapTarget::fuzzerTestOneInput,
            "queue://",
            "topic://",
            ">",
            "*",
            "{user}",
            ".",
            "read=",
            "write=",
            "admin=",
            "users",
            "\n",
            " "),
    TOKEN(
            TokenTarget::fuzzerTestOneInput,
            ".",
            "eyJ",
            "{\"alg\":\"none\"}",
            "\"crit\":[\"exp\"]",
            "\"exp\":1e99",
            "\"sub\":",
            "\u0000",
            "[[[[",
            "{\"a\":{\"a\":",
            "\\ud800"),
    SELECTOR(
            SelectorTarget::fuzzerTestOneInput,
            "a",
            "'",
            " LIKE '%a%'",
            " ESCAPE '",
            " AND ",
            " OR ",
            "NOT ",
            "(",
            ")",
            " IN ('x')",
            " BETWEEN 1 AND ",
            " IS NULL",
            "TRUE",
            "FALSE",
            "1e308",
            "-",
            "*",
            "/",
            "0",
            "JMSPriority",
            "convert_string_expressions:",
            "<>",
            "/*",
            "--"),
    WEBSOCKET(
            WebSocketTarget::fuzzerTestOneInput,
            "GET /stomp HTTP/1.1\r\n",
            "Host: a\r\n",
            "Origin: ",
            "Upgrade: websocket\r\n",
            "\r\n\r\n",
            "Sec-WebSocket-Protocol: v12.stomp\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "\u0000",
            "\u0001",
            "\u007f");

    private final Consumer<byte[]> property;
    private final List<String> words;

    Target(Consumer<byte[]> property, String... words) {
        this.property = property;
        this.words = List.of(words);
    }

    /** @throws AssertionError when the property does not hold; any other exception is a fault as well */
    void check(byte[] input) {
        property.accept(input);
    }

    List<String> words() {
        return words;
    }

    /** @return the folder of its corpus */
    String folder() {
        return "corpus/" + name().toLowerCase(Locale.ROOT);
    }
}
