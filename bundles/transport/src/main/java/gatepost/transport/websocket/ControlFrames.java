package gatepost.transport.websocket;

import gatepost.transport.frame.InStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Hands the PINGs of a client on as events, so that what answers them waits with everything else that is to be written. Netty would
 * answer each at once, and keep the answers to a client that does not read, without bound.
 */
public final class ControlFrames extends ChannelInboundHandlerAdapter {

    private long frames;

    /** The client asks whether we are there (RFC 6455, section 5.5.2). */
    public record Ping(byte[] payload) implements InStream {}

    /** The client says good-bye, with a code or none (RFC 6455, section 5.5.1). */
    public record Goodbye(int code) implements InStream {

        /** No code was sent. */
        public static final int NO_CODE = -1;

        static Goodbye of(CloseWebSocketFrame frame) {
            return new Goodbye(frame.statusCode());
        }

        /** @return the answer, with the same code */
        public CloseWebSocketFrame answer() {
            return code == NO_CODE ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, "");
        }
    }

    /** @return how many frames of the WebSocket have come whole; event loop only */
    public long frames() {
        return frames;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        frames++;
        if (message instanceof PingWebSocketFrame ping) {
            byte[] payload = ByteBufUtil.getBytes(ping.content());
            ReferenceCountUtil.release(message);
            ctx.fireUserEventTriggered(new Ping(payload));
        } else {
            ctx.fireChannelRead(message);
        }
    }
}
