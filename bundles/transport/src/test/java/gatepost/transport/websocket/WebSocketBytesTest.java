package gatepost.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import gatepost.transport.connector.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketBytesTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketBytes());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void textBinaryAndContinuedMessagesAreOneStream() {
        channel.writeInbound(
                new TextWebSocketFrame("a"),
                new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {'b'})),
                new ContinuationWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {'c'})));
        StringBuilder bytes = new StringBuilder();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            bytes.append(next.toString(StandardCharsets.UTF_8));
            next.release();
        }
        assertEquals("abc", bytes.toString());
    }

    @Test
    void whatIsUtf8GoesOutAsTextAndTheRestAsBinary() {
        channel.writeOutbound(
                Unpooled.copiedBuffer("h\u00e9\ud83d\ude00\0", StandardCharsets.UTF_8),
                Unpooled.wrappedBuffer(new byte[] {'a', (byte) 0xFF}),
                Unpooled.wrappedBuffer(new byte[] {(byte) 0xC3}));
        assertReleased(TextWebSocketFrame.class);
        assertReleased(BinaryWebSocketFrame.class);
        assertReleased(BinaryWebSocketFrame.class);
    }

    @Test
    void aReasonToCloseHasItsCode() {
        channel.writeOutbound(CloseReason.TOO_LARGE);
        CloseWebSocketFrame frame = channel.readOutbound();
        assertEquals(1009, frame.statusCode());
        frame.release();
    }

    private void assertReleased(Class<?> type) {
        Object frame = channel.readOutbound();
        assertInstanceOf(type, frame);
        ReferenceCountUtil.release(frame);
    }
}
