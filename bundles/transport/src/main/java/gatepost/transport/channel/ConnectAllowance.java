package gatepost.transport.channel;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.session.StompTransport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Supplier;

/**
 * Where bytes are bytes still, before frames or WebSocket messages are put together: counts those of a client that has not signed
 * in, whatever they are parts of. A few hundred unfinished frames of megabytes would take all memory of the buffers.
 */
final class ConnectAllowance extends ChannelInboundHandlerAdapter {

    private final int limit;
    private final Supplier<StompTransport> transport;
    private long before;
    private long after;

    /**
     * @param limit bytes before a client is signed in, once STOMP can be spoken
     * @param transport gives the transport, or {@code null} before that
     */
    ConnectAllowance(int limit, Supplier<StompTransport> transport) {
        this.limit = limit;
        this.transport = transport;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        StompTransport current = transport.get();
        if (current == null || current.isSignedIn() || !(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        int size = bytes.readableBytes();
        if (current.isEnded()) {
            // the answer to our good-bye may be among the first; the rest would be put together for nobody
            after += size;
            if (after > limit) {
                bytes.release();
            } else {
                ctx.fireChannelRead(message);
            }
            return;
        }
        before += size;
        ctx.fireChannelRead(message);
        // what came right behind CONNECT waits, and nothing more is read meanwhile
        if (before > limit && !current.hasFrames()) {
            current.refuse(
                    new LimitReached(
                            "connect.size.max", "before it is signed in a client may send " + limit + " bytes"),
                    CloseReason.TOO_LARGE);
        }
    }
}
