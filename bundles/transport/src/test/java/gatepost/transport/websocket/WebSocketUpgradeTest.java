package gatepost.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUpgradeTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketUpgrade(
            WebSocketServerProtocolConfig.newBuilder().websocketPath("/stomp").build()));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aBrokenFrameIsTheSessionsToAnswer() {
        CorruptedWebSocketFrameException broken =
                new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits");

        channel.pipeline().fireExceptionCaught(broken);

        assertTrue(channel.isOpen());
        assertEquals(broken, assertThrows(CorruptedWebSocketFrameException.class, channel::checkException));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 32_768, 65_535})
    void aCloseCodeThatNobodyMaySendIsNotEchoed(int code) {
        closedWith(code);

        assertNull(channel.readOutbound());
        CorruptedWebSocketFrameException broken =
                assertThrows(CorruptedWebSocketFrameException.class, channel::checkException);
        assertEquals(WebSocketCloseStatus.PROTOCOL_ERROR, broken.closeStatus());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1012, 3000, 4000, 4999})
    void anyOtherCloseCodeIsTaken(int code) {
        closedWith(code);

        channel.checkException();
    }

    /** As after the handshake, whose handler is the first. */
    private void closedWith(int code) {
        channel.pipeline()
                .firstContext()
                .fireChannelRead(
                        new CloseWebSocketFrame(true, 0, Unpooled.buffer(2).writeShort(code)));
    }

    @Test
    void anyOtherErrorClosesTheConnection() {
        channel.pipeline().fireExceptionCaught(new IOException("reset"));

        assertFalse(channel.isOpen());
        assertThrows(IOException.class, channel::checkException);
    }
}
