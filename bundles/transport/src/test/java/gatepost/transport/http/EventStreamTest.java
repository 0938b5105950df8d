package gatepost.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamTest {

    private final HttpConnection connection = new HttpConnection();

    @BeforeEach
    void ask() {
        String alice = Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));
        connection.send("GET /gatepost/events HTTP/1.1\nHost: localhost\nAuthorization: Basic " + alice + "\n\n");
    }

    @AfterEach
    void end() {
        connection.end();
    }

    @Test
    void aStreamIsASessionThatSubscribesOnceItIsSignedIn() {
        assertEquals(List.of("events"), connection.events.subList(1, 2));
        assertEquals(
                "CONNECT {accept-version=1.2, heart-beat=0,15000, login=alice, passcode=secret}",
                connection.passed.get(0));
        assertEquals(1, connection.passed.size());
        connection.says(frame("CONNECTED", Map.of("version", "1.2"), ""));
        assertEquals("SUBSCRIBE {destination=/gatepost/inbox, id=0, receipt=begin}", connection.passed.get(1));
        assertEquals("", connection.received());
    }

    @Test
    void itBeginsWithTheReceiptAndTellsEachMessage() {
        begin();
        assertEquals("""
                HTTP/1.1 200 OK
                content-type: text/event-stream
                cache-control: no-store
                x-content-type-options: nosniff
                x-accel-buffering: no
                vary: origin
                transfer-encoding: chunked

                event: begin
                data: begin {gatepost-epoch=e-1, gatepost-head=7}

                """, unchunked(connection.received()));
        connection.says(frame("MESSAGE", message("8", "a:b\nc\\d"), "two\nlines"));
        assertEquals(
                "id: e-1.8\ndata: message {destination=/queue/user.alice, gatepost-epoch=e-1, gatepost-offset=8, x=a:b\nc\\d}"
                        + " two\nlines\n\n",
                unchunked(connection.received()));
    }

    @Test
    void whatHasNoOffsetHasNoId() {
        begin();
        connection.received();
        connection.says(frame("MESSAGE", Map.of("destination", "/queue/user.alice"), "x"));
        assertEquals("data: message {destination=/queue/user.alice} x\n\n", unchunked(connection.received()));
    }

    @Test
    void theStateIsAnEventOfItsOwn() {
        begin();
        connection.received();
        connection.says(frame("MESSAGE", Map.of("destination", "/gatepost/inbox/state"), "{\"head\":1}"));
        assertEquals("event: state\ndata: {\"head\":1}\n\n", unchunked(connection.received()));
    }

    @Test
    void aSignOfLifeIsAComment() {
        connection.says(Unpooled.copiedBuffer("\n", StandardCharsets.US_ASCII));
        assertEquals("", connection.received());
        begin();
        connection.received();
        connection.says(Unpooled.copiedBuffer("\n", StandardCharsets.US_ASCII));
        assertEquals(":\n\n", unchunked(connection.received()));
    }

    @ParameterizedTest
    @CsvSource({
        "false, POLICY, 401",
        "false, TRY_AGAIN_LATER, 503",
        "true, POLICY, 403",
        "true, PROTOCOL_ERROR, 422",
        "true, GOING_AWAY, 503",
        "true, INTERNAL_ERROR, 500"
    })
    void whatIsRefusedBeforeItBeganIsAnAnswer(boolean connected, CloseReason reason, int status) {
        if (connected) {
            connection.says(frame("CONNECTED", Map.of("version", "1.2"), ""));
        }
        connection.says(frame("ERROR", Map.of("message", "no, since"), "no, since"));
        connection.says(reason);
        String answer = connection.received();
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("\nconnection: close\n") && answer.endsWith("\n\nno, since"), answer);
        assertFalse(connection.isOpen());
    }

    @Test
    void whoIsSentAwayForGoodIsToldNotToComeBack() {
        begin();
        connection.received();
        connection.says(frame("ERROR", Map.of("message", "the token has expired"), "the token has expired"));
        connection.says(CloseReason.POLICY);
        assertEquals(
                "event: end\nid: end\ndata: end {message=the token has expired}\n\n", unchunked(connection.received()));
        assertFalse(connection.isOpen());
    }

    @Test
    void whoIsToComeBackKeepsTheirPlace() {
        begin();
        connection.received();
        connection.says(CloseReason.GOING_AWAY);
        assertEquals("event: end\ndata: end {message=the stream ended}\n\n", unchunked(connection.received()));
        assertFalse(connection.isOpen());
    }

    @Test
    void whatTheClientSendsAfterwardsIsDropped() {
        begin();
        connection.send("GET /gatepost/a HTTP/1.1\nHost: localhost\n\n");
        assertEquals(2, connection.passed.size());
    }

    private void begin() {
        connection.says(frame("CONNECTED", Map.of("version", "1.2"), ""));
        connection.says(
                frame("RECEIPT", Map.of("receipt-id", "begin", "gatepost-epoch", "e-1", "gatepost-head", "7"), ""));
    }

    private static Map<String, String> message(String offset, String x) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("destination", "/queue/user.alice");
        headers.put("gatepost-offset", offset);
        headers.put("gatepost-epoch", "e-1");
        headers.put("x", x);
        return headers;
    }

    private static ByteBuf frame(String command, Map<String, String> headers, String body) {
        return FrameWriter.frame(
                UnpooledByteBufAllocator.DEFAULT, AsciiString.cached(command), StompVersion.V1_2, headers, body);
    }

    /** @return the text without the sizes of its chunks, and without their end */
    private static String unchunked(String text) {
        int body = text.indexOf("\n\n") + 2;
        String head = text.startsWith("HTTP/1.1 ") ? text.substring(0, body) : "";
        StringBuilder all = new StringBuilder(head);
        String rest = text.substring(head.length());
        while (!rest.isEmpty()) {
            int line = rest.indexOf('\n');
            int size = Integer.parseInt(rest.substring(0, line), 16);
            all.append(rest, line + 1, line + 1 + size);
            rest = rest.substring(line + 1 + size + 1);
        }
        return all.toString();
    }
}
