package gatepost.itests.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a server has to answer next: one frame, or the end. Immutable.
 *
 * @param command of the frame
 * @param body all of it, {@code null} where it does not matter
 * @param lines header lines that the frame has, as they are on the wire
 * @param absent names of headers that it has not
 * @param reason part of an ERROR's message, else {@code null}
 * @param closeCode the WebSocket status code of the end that follows, 0 where none follows
 */
record Answer(String command, String body, List<String> lines, List<String> absent, String reason, int closeCode) {

    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF8 = 1007;
    static final int POLICY = 1008;
    static final int TOO_LARGE = 1009;
    static final int TRY_AGAIN_LATER = 1013;

    static Answer connected(String... lines) {
        return new Answer("CONNECTED", "", List.of(lines), List.of(), null, 0);
    }

    static Answer receipt(String id) {
        return new Answer("RECEIPT", "", List.of("receipt-id:" + id), List.of("gatepost-settled"), null, 0);
    }

    /** The receipt of an ACK or NACK that settled nothing. */
    static Answer unsettled(String id) {
        return new Answer("RECEIPT", "", List.of("receipt-id:" + id, "gatepost-settled:false"), List.of(), null, 0);
    }

    static Answer message(String body, String... lines) {
        return new Answer("MESSAGE", body, List.of(lines), List.of("receipt-id"), null, 0);
    }

    /** An ERROR frame, and then the end. */
    static Answer error(int closeCode, String reason, String... lines) {
        return new Answer("ERROR", null, List.of(lines), List.of(), reason, closeCode);
    }

    /** What breaks the protocol: an ERROR frame, and then the end. */
    static Answer error(String reason, String... lines) {
        return error(PROTOCOL_ERROR, reason, lines);
    }

    /** The end, without a frame before it. */
    static Answer end(int closeCode) {
        return new Answer(null, null, List.of(), List.of(), null, closeCode);
    }

    Answer without(String... headers) {
        List<String> all = new ArrayList<>(absent);
        all.addAll(List.of(headers));
        return new Answer(command, body, lines, all, reason, closeCode);
    }

    boolean ends() {
        return closeCode != 0;
    }

    /** @param values puts a row's values into what the row says */
    void check(StompClient client, UnaryOperator<String> values) {
        if (command != null) {
            checkFrame(client.expect(command), values);
        }
        if (ends()) {
            client.expectEnd();
            if (client instanceof StompWebSocket webSocket) {
                assertEquals(closeCode, webSocket.closeCode(), "close code");
            }
        }
    }

    private void checkFrame(ServerFrame frame, UnaryOperator<String> values) {
        assertEquals(1, frame.messages(), "a frame is one WebSocket message");
        if (body != null) {
            assertEquals(values.apply(body), frame.text(), "body");
        }
        for (String line : lines) {
            assertTrue(
                    frame.lines().contains(values.apply(line)), () -> "expected the header " + line + " in " + frame);
        }
        absent.forEach(name -> assertNull(frame.header(name), () -> "expected no header " + name + " in " + frame));
        if (reason != null) {
            String message = frame.header("message");
            assertTrue(message.contains(values.apply(reason)), () -> "expected \"" + reason + "\" in " + frame);
            assertEquals(message, frame.text(), "an ERROR's body is its message");
            assertEquals("text/plain", frame.header("content-type"));
        }
    }
}
