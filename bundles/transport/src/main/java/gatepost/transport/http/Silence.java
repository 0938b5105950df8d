package gatepost.transport.http;

import gatepost.transport.connector.ConnectorOptions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a connection whose client lets the time pass for what is expected of it. Event loop only. */
final class Silence {

    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);

    private final ChannelHandlerContext ctx;
    private final ConnectorOptions options;
    /** Nanoseconds; 0 while nothing is expected. */
    private long patience;

    private long heard;
    /** What waited to be written then, bytes: whoever has read some of it since is not silent. */
    private long unread;

    private Future<?> timer;
    /** After how long it looks, nanoseconds. */
    private long timed;

    Silence(ChannelHandlerContext ctx, ConnectorOptions options) {
        this.ctx = ctx;
        this.options = options;
    }

    /** @param milliseconds for which the client may do nothing from now on; 0 when it is not its turn */
    void expect(int milliseconds) {
        patience = TimeUnit.MILLISECONDS.toNanos(milliseconds);
        heard();
        if (patience > 0) {
            // a longer wait finds its timer when that is due
            if (timer == null || patience < timed) {
                schedule(patience);
            }
        }
    }

    /** It did something, or something is written to it. */
    void heard() {
        heard = ctx.executor().ticker().nanoTime();
        unread = unread();
    }

    private long unread() {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    void stop() {
        patience = 0;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(long nanos) {
        if (timer != null) {
            timer.cancel(false);
        }
        timed = nanos;
        timer = ctx.executor().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        timer = null;
        if (patience == 0) {
            return;
        }
        if (unread != unread()) {
            heard();
        }
        long left = patience - (ctx.executor().ticker().nanoTime() - heard);
        if (left > 0) {
            schedule(left);
            return;
        }
        LOG.debug("{} of connector {} is closed: nothing came of it in time", ctx.channel(), options.connector());
        ctx.close();
    }
}
