package gatepost.transport.websocket;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.websocket.ControlFrames.Goodbye;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * The messages of a WebSocket, text or binary, are one stream of bytes on their way in. On the way out each STOMP frame is one
 * message: text where it is valid UTF-8, which is what old libraries understand, else binary.
 */
public final class WebSocketBytes extends ChannelDuplexHandler {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof TextWebSocketFrame
                || message instanceof BinaryWebSocketFrame
                || message instanceof ContinuationWebSocketFrame) {
            ctx.fireChannelRead(((WebSocketFrame) message).content());
        } else if (message instanceof CloseWebSocketFrame close) {
            Goodbye goodbye = Goodbye.of(close);
            close.release();
            ctx.fireUserEventTriggered(goodbye);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            boolean text = ByteBufUtil.isText(bytes, StandardCharsets.UTF_8);
            ctx.write(text ? new TextWebSocketFrame(bytes) : new BinaryWebSocketFrame(bytes), promise);
        } else if (message instanceof CloseReason reason) {
            ctx.write(new CloseWebSocketFrame(reason.webSocketCode(), ""), promise);
        } else {
            ctx.write(message, promise);
        }
    }
}
