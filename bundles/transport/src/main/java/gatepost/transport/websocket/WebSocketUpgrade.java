package gatepost.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/**
 * Netty's handshake and control frames, except that a frame which breaks the protocol does not close the connection at once: the
 * session does so, after it has told the client why (RFC 6455, section 7.4.1, has a status code for each reason).
 */
public final class WebSocketUpgrade extends WebSocketServerProtocolHandler {

    public WebSocketUpgrade(WebSocketServerProtocolConfig config) {
        super(config);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (cause instanceof CorruptedWebSocketFrameException) {
            ctx.fireExceptionCaught(cause);
        } else {
            super.exceptionCaught(ctx, cause);
        }
    }
}
