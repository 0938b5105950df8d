package gatepost.transport.warmup;

import gatepost.transport.ConnectorOptions;
import gatepost.transport.channel.Admission;
import gatepost.transport.channel.ConnectionInitializer;
import gatepost.transport.frame.FrameLimits;
import gatepost.transport.metrics.OpenSessions;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few hundred connections while Gatepost starts, so that what all connections run through is loaded and compiled when the first
 * users come: after a restart they all come at once. They go over the loopback interface to a port of their own, through the
 * pipeline of a connector and to a {@link StandIn}: no broker, no gate and no store sees any of it, and nothing is counted.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final FrameLimits FRAME = new FrameLimits(64 << 10, 100, 8 << 10);
    private static final int MILLIS = 10_000;

    private final EventLoopGroup eventLoops;
    private final Executor pool;
    private final TransportMetrics metrics;
    private volatile boolean stopped;
    private volatile Thread running;

    /**
     * @param eventLoops that connectors use
     * @param pool that runs what clients ask for
     */
    public WarmUp(EventLoopGroup eventLoops, Executor pool) {
        this(eventLoops, pool, new TransportMetrics(new OpenSessions()));
    }

    /** @param metrics that nobody else is shown */
    WarmUp(EventLoopGroup eventLoops, Executor pool, TransportMetrics metrics) {
        this.eventLoops = eventLoops;
        this.pool = pool;
        this.metrics = metrics;
    }

    /** Starts so many connections, one after another, on a thread of its own; nobody needs to wait for it. */
    public void start(int connections) {
        Thread thread = new Thread(() -> run(connections), "gatepost-warm-up");
        thread.setDaemon(true);
        running = thread;
        thread.start();
    }

    /** Waits for the connection that is under way, which is the last: the event loops and the pool may be closed then. */
    public void stop() {
        stopped = true;
        Thread thread = running;
        try {
            if (thread != null) {
                thread.join(MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return connections that came to their end as they should */
    int run(int connections) {
        long begin = System.nanoTime();
        int done = 0;
        try {
            Channel server = open();
            try {
                FirstClient client = new FirstClient((InetSocketAddress) server.localAddress(), MILLIS);
                while (done < connections && !stopped) {
                    client.visit();
                    done++;
                }
            } finally {
                server.close().awaitUninterruptibly();
            }
            LOG.debug("{} connections in {} ms", done, (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.warn("not warmed up, so the first clients are served more slowly", e);
            }
        }
        return done;
    }

    private Channel open() throws IOException {
        ConnectorOptions options = new ConnectorOptions("warm-up", FirstClient.PATH, Set.of(), Integer.MAX_VALUE, 0, 1, FRAME, 0, MILLIS,
                MILLIS, MILLIS, 1 << 20, FirstClient.MESSAGES, 1, 0, 0, "", "", "", List.of());
        ConnectionInitializer connection = new ConnectionInitializer("ws", () -> options, () -> null, new Admission(), pool, metrics,
                StandIn::accept);
        try {
            return new ServerBootstrap().group(eventLoops).channel(NioServerSocketChannel.class).childHandler(connection)
                    .bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
        } catch (Exception e) {
            // sync() throws the event loop's own exception as it is, whether declared or not
            throw new IOException(e.getMessage(), e);
        }
    }
}
