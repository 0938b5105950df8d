package gatepost.transport.metrics;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Inbound;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Locale;

/** Counts what goes through one connection: at the socket, bytes; at the session, frames and the reason of its end. */
public final class ConnectionMeter {

    /** Ended before a frame came: a port scanner, a handshake that failed. */
    private static final String UNUSED = "unused";
    /** Ended by the client or the network, without DISCONNECT. */
    private static final String LOST = "lost";

    /** HTTP calls came over it, and it ended after one of them. */
    private static final String CALLS = "http";

    private static final int HEART_BEAT = 1;

    private final TransportMetrics metrics;
    private final String connector;
    private String reason = UNUSED;

    public ConnectionMeter(TransportMetrics metrics, String connector) {
        this.metrics = metrics;
        this.connector = connector;
    }

    /** HTTP calls come over it. */
    public void calls() {
        reason = CALLS;
    }

    /** @return what comes first in the pipeline */
    public ChannelHandler atSocket() {
        return new ChannelDuplexHandler() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                metrics.opened(connector);
                ctx.fireChannelActive();
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                metrics.closed(connector, reason);
                ctx.fireChannelInactive();
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (message instanceof ByteBuf bytes) {
                    metrics.bytesReceived(bytes.readableBytes());
                }
                ctx.fireChannelRead(message);
            }

            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                if (message instanceof ByteBuf bytes) {
                    metrics.bytesSent(bytes.readableBytes());
                }
                ctx.write(message, promise);
            }
        };
    }

    /** @return what comes right before the session */
    public ChannelHandler atSession() {
        return new ChannelDuplexHandler() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (message instanceof Inbound) {
                    metrics.frameReceived();
                    if (reason == UNUSED) {
                        reason = LOST;
                    }
                }
                ctx.fireChannelRead(message);
            }

            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                if (message instanceof ByteBuf bytes && bytes.readableBytes() > HEART_BEAT) {
                    metrics.frameSent();
                } else if (message instanceof CloseReason close) {
                    reason = close.name().toLowerCase(Locale.ROOT);
                }
                ctx.write(message, promise);
            }
        };
    }
}
