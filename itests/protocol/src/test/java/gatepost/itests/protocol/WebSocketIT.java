package gatepost.itests.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.HttpAnswer;
import gatepost.itests.harness.Opcode;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompWebSocket;
import gatepost.itests.harness.WebSocketRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is WebSocket's own: the handshake, messages and fragments, text and binary, close codes (RFC 6455). */
@ExtendWith(Suite.class)
class WebSocketIT {

    /** A handshake and the status that it is answered with. */
    private record Handshake(String name, int status, UnaryOperator<WebSocketRequest> request) {

        DynamicTest test() {
            return DynamicTest.dynamicTest(name + ": " + status, () -> {
                WebSocketRequest sent = request.apply(WebSocketIT.request());
                try (Socket socket = sent.socket()) {
                    assertEquals(status, sent.answer().status());
                }
                Suite.bystandersWork();
            });
        }
    }

    @TestFactory
    Stream<DynamicTest> handshakes() {
        String port = ":" + Suite.gatepost().wsPort();
        return Stream.of(
                        new Handshake("a good one", 101, request -> request),
                        new Handshake("no sub-protocol", 101, request -> request.with("Sec-WebSocket-Protocol", null)),
                        new Handshake(
                                "names in small letters",
                                101,
                                request -> request.with("Upgrade", null)
                                        .with("upgrade", "WebSocket")
                                        .with("Connection", "keep-alive, upgrade")),
                        new Handshake("a query behind the path", 101, request -> request.target("/stomp?token=x")),
                        new Handshake(
                                "HTTP without an upgrade",
                                426,
                                request -> request.with("Upgrade", null).with("Connection", null)),
                        new Handshake("an upgrade to something else", 426, request -> request.with("Upgrade", "h2c")),
                        new Handshake("version 8", 426, request -> request.with("Sec-WebSocket-Version", "8")),
                        new Handshake("no version", 426, request -> request.with("Sec-WebSocket-Version", null)),
                        new Handshake("no key", 400, request -> request.with("Sec-WebSocket-Key", null)),
                        new Handshake(
                                "a key of 15 bytes",
                                400,
                                request -> request.with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j")),
                        new Handshake(
                                "a key that is no Base64",
                                400,
                                request -> request.with("Sec-WebSocket-Key", "?".repeat(24))),
                        new Handshake("no host", 400, request -> request.with("Host", null)),
                        new Handshake("two hosts", 400, request -> request.with("host", "evil.example")),
                        new Handshake(
                                "two origins",
                                400,
                                request -> request.with("Origin", "http://localhost" + port)
                                        .with("origin", "http://evil.example")),
                        new Handshake("another path", 404, request -> request.target("/")),
                        new Handshake("a longer path", 404, request -> request.target("/stomp/x")),
                        new Handshake("a path that begins alike", 404, request -> request.target("/stompx")),
                        new Handshake(
                                "the page's host", 101, request -> request.with("Origin", "http://localhost" + port)),
                        new Handshake(
                                "the page's host, on another port",
                                101,
                                request -> request.with("Origin", "https://localhost")),
                        new Handshake("a foreign page", 403, request -> request.with("Origin", "https://evil.example")),
                        new Handshake(
                                "a page whose host begins alike",
                                403,
                                request -> request.with("Origin", "https://localhost.evil.example")),
                        new Handshake("a page without an origin", 403, request -> request.with("Origin", "null")),
                        new Handshake("a page of a file", 403, request -> request.with("Origin", "file://")),
                        new Handshake(
                                "a header that is too long", 400, request -> request.with("X", "x".repeat(20_000))),
                        new Handshake(
                                "a target that is too long",
                                400,
                                request -> request.target("/stomp?" + "x".repeat(5000))))
                .map(Handshake::test);
    }

    @TestFactory
    Stream<DynamicTest> subProtocols() {
        // what is asked for, and what is answered: the best of those that are spoken
        return Stream.of(
                        List.of("v12.stomp", "v12.stomp"),
                        List.of("v11.stomp", "v11.stomp"),
                        List.of("v10.stomp", "v10.stomp"),
                        List.of("v12.stomp, v11.stomp, v10.stomp", "v12.stomp"),
                        List.of("v10.stomp, v12.stomp", "v12.stomp"),
                        // as webstomp-client asks by default
                        List.of("v10.stomp, v11.stomp, v12.stomp", "v12.stomp"),
                        List.of("mqtt, v11.stomp", "v11.stomp"))
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    try (StompWebSocket client =
                            request().with("Sec-WebSocket-Protocol", row.get(0)).open()) {
                        assertEquals(row.get(1), client.handshake().header("sec-websocket-protocol"));
                        client.connect("system", "manager");
                    }
                }));
    }

    @Test
    void aSubProtocolThatIsNotSpokenIsNotAnswered() {
        try (StompWebSocket client =
                request().with("Sec-WebSocket-Protocol", "mqtt").open()) {
            assertNull(client.handshake().header("sec-websocket-protocol"));
        }
    }

    @Test
    void theHandshakeIsSignedAndNothingIsCompressed() {
        try (StompWebSocket client =
                request().with("Sec-WebSocket-Extensions", "permessage-deflate").open()) {
            HttpAnswer answer = client.handshake();
            // the pair of key and answer that RFC 6455, section 1.3, gives as its example
            assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.header("sec-websocket-accept"));
            assertNull(answer.header("sec-websocket-extensions"));
        }
    }

    @Test
    void anUpgradeThatIsRequiredSaysWhatIsSpoken() throws IOException {
        WebSocketRequest request = request().with("Sec-WebSocket-Version", "8");
        try (Socket socket = request.socket()) {
            HttpAnswer answer = request.answer();
            assertEquals("13", answer.header("sec-websocket-version"));
            assertEquals("websocket", answer.header("upgrade"));
        }
    }

    @Test
    void aListedOriginMayConnectAndTheListMayChange() {
        String name = Suite.name();
        int port = Suite.gatepost()
                .addConnector(name, "ws", Map.of("origins", "https://app.example.com", "path", "/other"));
        WebSocketRequest.to(port)
                .target("/other")
                .with("Origin", "https://app.example.com")
                .open()
                .close();
        assertEquals(
                403,
                WebSocketRequest.to(port)
                        .target("/other")
                        .with("Origin", "https://new.example.com")
                        .answer()
                        .status());

        Suite.gatepost().apply("gatepost.connector-" + name + ".cfg", Map.of("origins", "https://new.example.com"));

        WebSocketRequest.to(port)
                .target("/other")
                .with("Origin", "https://new.example.com")
                .open()
                .close();
        assertEquals(
                403,
                WebSocketRequest.to(port)
                        .target("/other")
                        .with("Origin", "https://app.example.com")
                        .answer()
                        .status());
        Suite.gatepost().removeConnector(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com/", "app.example.com", "*.example.com"})
    void anOriginThatNoPageCanHaveIsRefusedWithTheReason(String origin) {
        String name = Suite.name();
        int port = Suite.gatepost()
                .addConnector(name, "ws", Map.of("origins", "https://app.example.com", "path", "/other"));
        String why = Suite.gatepost().applyRefused("gatepost.connector-" + name + ".cfg", Map.of("origins", origin));
        assertTrue(why.contains("no page can have the origin " + origin), why);
        WebSocketRequest.to(port)
                .target("/other")
                .with("Origin", "https://app.example.com")
                .open()
                .close();
        Suite.gatepost().removeConnector(name);
    }

    @Test
    void whatAProxyForwardedIsNotFromThisMachine() {
        for (String header : List.of("Forwarded", "X-Forwarded-For")) {
            try (StompWebSocket client = request().with(header, "for=192.0.2.1").open()) {
                client.send(Version.V1_2.connect());
                Answer.error(Answer.POLICY, "sign-in refused").check(client, text -> text);
            }
        }
    }

    @Test
    void aFrameMayBeCutIntoFragmentsEverywhere() {
        byte[] frame =
                ClientFrame.send("/queue/fragments", "caf\u00e9 \uD83D\uDE00").bytes();
        try (StompWebSocket client = signedIn()) {
            client.done(ClientFrame.subscribe("s", "/queue/fragments"));
            for (int cut = 0; cut <= frame.length; cut++) {
                client.send(Opcode.TEXT, false, Arrays.copyOf(frame, cut));
                client.send(Opcode.PING, true, new byte[] {'p'});
                client.send(Opcode.CONTINUATION, true, Arrays.copyOfRange(frame, cut, frame.length));
            }
            for (int cut = 0; cut <= frame.length; cut++) {
                assertEquals("caf\u00e9 \uD83D\uDE00", client.expect("MESSAGE").text());
            }
        }
    }

    @Test
    void textAndBinaryMessagesAreOneStream() {
        byte[] frame = ClientFrame.send("/queue/stream", "hello").bytes();
        try (StompWebSocket client = signedIn()) {
            client.done(ClientFrame.subscribe("s", "/queue/stream"));
            for (int i = 0; i < frame.length; i++) {
                client.send(i % 2 == 0 ? Opcode.TEXT : Opcode.BINARY, true, new byte[] {frame[i]});
                client.send(Opcode.TEXT, true, new byte[0]);
            }
            assertEquals("hello", client.expect("MESSAGE").text());
        }
    }

    @Test
    void aBodyThatIsNotUtf8GoesOutAsABinaryMessageAndOthersAsText() {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xc3, '(', '\n'};
        try (StompWebSocket client = signedIn()) {
            client.done(ClientFrame.subscribe("s", "/queue/binary"));
            client.send(ClientFrame.of("SEND", "destination:/queue/binary").content(bytes));
            client.send(ClientFrame.send("/queue/binary", "caf\u00e9"));
            ServerFrame binary = client.expect("MESSAGE");
            assertArrayEquals(bytes, binary.body());
            assertTrue(binary.binary());
            assertFalse(client.expect("MESSAGE").binary());
        }
    }

    @Test
    void aMebibyteComesBackAsOneMessageHoweverItWasSent() {
        byte[] body = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        byte[] frame = ClientFrame.of("SEND", "destination:/queue/mebibyte")
                .content(body)
                .bytes();
        try (StompWebSocket client = signedIn()) {
            client.done(ClientFrame.subscribe("s", "/queue/mebibyte"));
            // as stompjs 2.3.3 does
            for (int from = 0; from < frame.length; from += 16 << 10) {
                client.send(Arrays.copyOfRange(frame, from, Math.min(frame.length, from + (16 << 10))));
            }
            ServerFrame message = client.expect("MESSAGE");
            assertArrayEquals(body, message.body());
            assertEquals(1, message.messages());
        }
    }

    @Test
    void aCloseFrameIsAnsweredWithItsCode() {
        try (StompWebSocket client = signedIn()) {
            client.send(Opcode.CLOSE, true, new byte[] {0x03, (byte) 0xe9});
            client.expectClose(1001);
        }
    }

    @Test
    void aCloseFrameGivesBackWhatWasNotAcknowledged() {
        try (StompWebSocket client = signedIn()) {
            String queue = Queues.holding(client, "one");
            client.send(ClientFrame.subscribe("s", queue, "ack:client"));
            client.expect("MESSAGE");
            client.send(Opcode.CLOSE, true, new byte[] {0x03, (byte) 0xe8});
            client.expectClose(1000);

            assertEquals(List.of("one"), Queues.givenBack(queue, 1));
        }
    }

    @TestFactory
    Stream<DynamicTest> brokenMessages() {
        return Map.<String, Consumer<StompWebSocket>>of(
                        "a frame that is not masked", client -> client.raw(new byte[] {(byte) 0x81, 1, 'a'}),
                        "reserved bits", client -> client.raw(new byte[] {(byte) 0xf1, (byte) 0x81, 0, 0, 0, 0, 'a'}),
                        "an opcode that does not exist",
                                client -> client.raw(new byte[] {(byte) 0x83, (byte) 0x81, 0, 0, 0, 0, 'a'}),
                        "a continuation of nothing", client -> client.send(Opcode.CONTINUATION, true, new byte[] {'a'}),
                        "a fragmented ping", client -> client.send(Opcode.PING, false, new byte[] {'a'}),
                        "plain STOMP after the handshake",
                                client -> client.raw(
                                        ClientFrame.of("CONNECT", "login:a").bytes()))
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    try (StompWebSocket client = signedIn()) {
                        row.getValue().accept(client);
                        Answer.error("WebSocket").check(client, text -> text);
                    }
                    Suite.bystandersWork();
                }));
    }

    @TestFactory
    Stream<DynamicTest> textThatIsNotUtf8() {
        byte[] cut = {'a', (byte) 0xe2, (byte) 0x82};
        return Map.<String, Consumer<StompWebSocket>>of(
                        "bytes that no text has",
                                client -> client.send(Opcode.TEXT, true, new byte[] {(byte) 0xff, (byte) 0xfe}),
                        "a character without its end", client -> client.send(Opcode.TEXT, true, cut),
                        "a character without its end, in fragments",
                                client -> {
                                    client.send(Opcode.TEXT, false, cut);
                                    client.send(Opcode.CONTINUATION, true, new byte[] {'a'});
                                })
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    try (StompWebSocket client = signedIn()) {
                        row.getValue().accept(client);
                        Answer.error(Answer.NOT_UTF8, "UTF-8").check(client, text -> text);
                    }
                    Suite.bystandersWork();
                }));
    }

    @TestFactory
    Stream<DynamicTest> closeCodes() {
        // what comes, and what is answered: a code that no endpoint may send is not echoed (RFC 6455, section 7.4.2)
        return Map.of(
                        1001, 1001, 1003, 1003, 3000, 3000, 4999, 4999, 1005, 1002, 1015, 1002, 999, 1002, 2999, 1002,
                        5000, 1002, 65_535, 1002)
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    try (StompWebSocket client = signedIn()) {
                        client.send(Opcode.CLOSE, true, new byte[] {
                            (byte) (row.getKey() >> 8), row.getKey().byteValue()
                        });
                        client.rest();
                        assertEquals(row.getValue(), client.closeCode());
                    }
                }));
    }

    @Test
    void aFrameOverTheLimitIsRefusedByItsLengthAlone() {
        try (StompWebSocket client = signedIn()) {
            // 2^40 bytes are announced, and none comes
            client.raw(new byte[] {(byte) 0x82, (byte) 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            Answer.error(Answer.TOO_LARGE, "4194304").check(client, text -> text);
        }
    }

    private static WebSocketRequest request() {
        return WebSocketRequest.to(Suite.gatepost().wsPort());
    }

    private static StompWebSocket signedIn() {
        StompWebSocket client = request().open();
        client.connect("system", "manager");
        return client;
    }
}
