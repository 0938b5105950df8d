package gatepost.camel.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fusesource.hawtbuf.AsciiBuffer;
import org.fusesource.hawtbuf.Buffer;
import org.fusesource.stomp.codec.StompFrame;

/** Makes and reads stompjms's frames. */
final class Frames {

    private Frames() {
    }

    static StompFrame of(String command, Map<String, String> headers) {
        return of(command, headers, new byte[0]);
    }

    static StompFrame of(String command, Map<String, String> headers, byte[] body) {
        StompFrame frame = new StompFrame(new AsciiBuffer(command));
        headers.forEach((name, value) -> frame.addHeader(HeaderText.encode(name), HeaderText.encode(value)));
        frame.content(new Buffer(body));
        if (command.equals("SEND")) {
            frame.addContentLengthHeader();
        }
        return frame;
    }

    /** @return the header, or {@code null} */
    static String header(StompFrame frame, String name) {
        AsciiBuffer value = frame.getHeader(new AsciiBuffer(name));
        return value == null ? null : HeaderText.decode(value);
    }

    /** @return all headers, the first of a name, as STOMP 1.2 has it (section "Repeated Header Entries") */
    static Map<String, String> headers(StompFrame frame) {
        Map<String, String> headers = new LinkedHashMap<>();
        frame.headerList().forEach(entry ->
                headers.putIfAbsent(HeaderText.decode(entry.getKey()), HeaderText.decode(entry.getValue())));
        return headers;
    }

    static byte[] body(StompFrame frame) {
        return frame.content().toByteArray();
    }
}
