package gatepost.transport.websocket;

import gatepost.transport.connector.ConnectorOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.AttributeKey;
import java.util.List;

/**
 * Netty's handshake and control frames, except that a frame which breaks the protocol does not close the connection at once: the
 * session does so, after it has told the client why (RFC 6455, section 7.4.1, has a status code for each reason).
 */
public final class WebSocketUpgrade extends WebSocketServerProtocolHandler {

    /** Room for the frames that a client packs into one WebSocket message besides a large one. */
    private static final int MESSAGE_MARGIN = 64 << 10;

    /** Netty's handshaker, of which it needs nothing more once the WebSocket is there but for what is answered here. */
    private static final AttributeKey<Object> HANDSHAKER =
            AttributeKey.valueOf(WebSocketServerHandshaker.class, "HANDSHAKER");

    /** Those of one connector; all connections that have the same options share what is made of them. Any thread. */
    public static final class Source {

        private record Made(ConnectorOptions options, WebSocketServerProtocolConfig config) {}

        private volatile Made made;

        /** @return the handshake and the decoder as the connector has them now */
        public WebSocketUpgrade next(ConnectorOptions options) {
            Made last = made;
            if (last == null || last.options() != options) {
                last = new Made(options, config(options));
                made = last;
            }
            return new WebSocketUpgrade(last.config());
        }
    }

    WebSocketUpgrade(WebSocketServerProtocolConfig config) {
        super(config);
    }

    /** The WebSocket is there. */
    public static void done(Channel channel) {
        channel.attr(HANDSHAKER).set(null);
    }

    private static WebSocketServerProtocolConfig config(ConnectorOptions options) {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(options.path())
                .checkStartsWith(true)
                .subprotocols(SubProtocols.list())
                .handshakeTimeoutMillis(options.handshakeTimeout())
                .dropPongFrames(true)
                .handleCloseFrames(false)
                .decoderConfig(WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(options.frame().frameSize() + MESSAGE_MARGIN)
                        .allowExtensions(false)
                        .expectMaskedFrames(true)
                        .withUTF8Validator(true)
                        .closeOnProtocolViolation(false)
                        .build())
                .build();
    }

    /** Netty would answer a close frame with its own code, be it one that nobody may send (RFC 6455, section 7.4.2). */
    @Override
    protected void decode(ChannelHandlerContext ctx, WebSocketFrame frame, List<Object> out) throws Exception {
        if (frame instanceof CloseWebSocketFrame close
                && close.content().isReadable()
                && !maySend(close.statusCode())) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR, "the close code " + close.statusCode());
        }
        super.decode(ctx, frame, out);
    }

    private static boolean maySend(int code) {
        return code >= 1000 && code <= 1014 && (code < 1004 || code > 1006) || code >= 3000 && code <= 4999;
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
