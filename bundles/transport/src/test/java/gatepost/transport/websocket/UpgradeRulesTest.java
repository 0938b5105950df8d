package gatepost.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Page;
import gatepost.transport.Options;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeRulesTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new UpgradeRules(
            Options.with("origins", new String[] {"https://app.example.com"}),
            new RefusedOrigins(new TransportMetrics(new OpenSockets()))));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                                localhost:61614, 0",
                "http://localhost:3000,            localhost:61614, 0",
                "http://LOCALHOST:3000,            localhost:61614, 0",
                "https://app.example.com,          localhost:61614, 0",
                "http://[::1]:3000,                [::1]:61614,     0",
                "http://evil.example,              localhost:61614, 403",
                "http://localhost.evil.example,    localhost:61614, 403",
                "https://app.example.com.evil.org, localhost:61614, 403",
                "http://app.example.com,           localhost:61614, 403",
                "null,                             localhost:61614, 403",
                "not a uri,                        localhost:61614, 403",
                "http://localhost,                 -,               400",
                "-,                                -,               400"
            })
    void aPageMayConnectFromTheSameHostOrAListedOrigin(String origin, String host, int refused) {
        FullHttpRequest request = request("/stomp");
        if (origin != null) {
            request.headers().set("Origin", origin);
        }
        request.headers().remove("Host");
        if (host != null) {
            request.headers().set("Host", host);
        }
        assertEquals(refused, status(request));
    }

    @Test
    void otherPathsAreNotFound() {
        assertEquals(404, status(request("/stomp/x")));
    }

    @Test
    void theQueryDoesNotMatter() {
        assertEquals(0, status(request("/stomp?a=b")));
    }

    @Test
    void onlyVersion13IsSpoken() {
        FullHttpRequest request = request("/stomp");
        request.headers().set("Sec-WebSocket-Version", "8");
        channel.writeInbound(request);
        FullHttpResponse answer = channel.readOutbound();
        assertEquals(426, answer.status().code());
        assertEquals("13", answer.headers().get("Sec-WebSocket-Version"));
        answer.release();
    }

    @Test
    void aPlainRequestIsToldWhatThisIs() {
        assertEquals(
                426,
                status(new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.GET, "/stomp", Unpooled.EMPTY_BUFFER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-For", "x-forwarded-proto", "Forwarded", "X-Real-IP", "Via", "CF-Connecting-IP"})
    void aForwardedRequestIsMarked(String header) {
        FullHttpRequest request = request("/stomp");
        request.headers().set(header, "1.2.3.4");
        channel.writeInbound(request);
        assertTrue(channel.attr(UpgradeRules.PAGE).get().forwarded());
    }

    @Test
    void whereThePageComesFromAndWhatItAskedForIsKept() {
        FullHttpRequest request = request("/stomp");
        request.headers().set("Origin", "http://localhost:3000").set("Host", "localhost:61614");
        channel.writeInbound(request);
        assertEquals(
                new Page(Optional.of("http://localhost:3000"), "localhost:61614", false),
                channel.attr(UpgradeRules.PAGE).get());
    }

    @Test
    void aDirectRequestIsNot() {
        channel.writeInbound(request("/stomp"));
        assertFalse(channel.attr(UpgradeRules.PAGE).get().forwarded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25j",
                "dGhlIHNhbXBsZSBub25jZSEh",
                "dGhlIHNhbXBsZSBub25jZSEhISE=",
                "????????????????????????"
            })
    void aKeyThatIsNot16BytesIsRefused(String key) {
        FullHttpRequest request = request("/stomp");
        request.headers().set("Sec-WebSocket-Key", key);
        assertEquals(400, status(request));
    }

    @ParameterizedTest
    @CsvSource({"Host,other", "Sec-WebSocket-Key,dGhlIHNhbXBsZSBub25jZQ==", "Origin,http://evil.example"})
    void whatHasToBeThereOnceIsRefusedTwice(String header, String second) {
        FullHttpRequest request = request("/stomp");
        request.headers().set("Origin", "http://localhost").add(header, second);
        assertEquals(400, status(request));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'v10.stomp, v11.stomp, v12.stomp',v12.stomp",
                "'v10.stomp,v11.stomp',v11.stomp",
                "'mqtt, v10.stomp',v10.stomp",
                "mqtt,mqtt",
                "-,-"
            })
    void theBestSubProtocolThatBothKnowIsLeft(String offered, String left) {
        FullHttpRequest request = request("/stomp");
        if (offered != null) {
            request.headers().set("Sec-WebSocket-Protocol", offered);
        }
        assertEquals(0, status(request));
        assertEquals(left, request.headers().get("Sec-WebSocket-Protocol"));
    }

    @Test
    void subProtocolsMayStandOnLinesOfTheirOwn() {
        FullHttpRequest request = request("/stomp");
        request.headers().add("Sec-WebSocket-Protocol", "v10.stomp").add("Sec-WebSocket-Protocol", "v12.stomp");
        assertEquals(0, status(request));
        assertEquals(List.of("v12.stomp"), request.headers().getAll("Sec-WebSocket-Protocol"));
    }

    private static FullHttpRequest request(String uri) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri, Unpooled.EMPTY_BUFFER);
        request.headers()
                .set("Upgrade", "websocket")
                .set("Connection", "Upgrade")
                .set("Sec-WebSocket-Version", "13")
                .set("Host", "localhost:61614")
                .set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return request;
    }

    /** @return the status of the refusal, 0 when the request went through */
    private int status(FullHttpRequest request) {
        channel.writeInbound(request);
        FullHttpResponse answer = channel.readOutbound();
        if (answer == null) {
            return 0;
        }
        try {
            return answer.status().code();
        } finally {
            answer.release();
        }
    }
}
