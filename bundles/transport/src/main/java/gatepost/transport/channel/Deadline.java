package gatepost.transport.channel;

import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.session.StompTransport;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Closes a connection that does not finish its handshakes, or does not send CONNECT, in time. It leaves the pipeline once the
 * client has signed in.
 */
final class Deadline extends ChannelInboundHandlerAdapter {

    private final ConnectorOptions options;
    private final Supplier<StompTransport> transport;
    private Future<?> timer;

    /** @param transport gives the transport, or {@code null} before STOMP can be spoken */
    Deadline(ConnectorOptions options, Supplier<StompTransport> transport) {
        this.options = options;
        this.transport = transport;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin(ctx);
        ctx.fireChannelActive();
    }

    /** Waits for the handshake from now on. */
    void begin(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> handshakeMissed(ctx), options.handshakeTimeout(), TimeUnit.MILLISECONDS);
    }

    /** Nothing is waited for until {@link #begin}. */
    void pause() {
        timer.cancel(false);
    }

    /** STOMP can be spoken now: waits for CONNECT. */
    void handshakeDone(ChannelHandlerContext ctx) {
        timer.cancel(false);
        timer = ctx.executor().schedule(this::connectMissed, options.connectTimeout(), TimeUnit.MILLISECONDS);
    }

    /** The client has signed in: nothing is waited for any more. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void handshakeMissed(ChannelHandlerContext ctx) {
        ctx.close();
    }

    private void connectMissed() {
        StompTransport current = transport.get();
        if (current != null && !current.isSignedIn()) {
            current.refuse("no CONNECT frame came within " + options.connectTimeout() + " ms", CloseReason.POLICY);
        }
    }
}
