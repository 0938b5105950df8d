package gatepost.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketUpgradeTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(
            new WebSocketUpgrade(WebSocketServerProtocolConfig.newBuilder().websocketPath("/stomp").build()));

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

    @Test
    void anyOtherErrorClosesTheConnection() {
        channel.pipeline().fireExceptionCaught(new IOException("reset"));

        assertFalse(channel.isOpen());
        assertThrows(IOException.class, channel::checkException);
    }
}
