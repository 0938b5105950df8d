package gatepost.transport.warmup;

import gatepost.contracts.Networks;
import gatepost.threads.DaemonThreads;
import gatepost.transport.channel.StompTransportServer;
import gatepost.transport.connector.Admittance;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.connector.HttpOptions;
import gatepost.transport.connector.Rates;
import gatepost.transport.connector.Rates.Rate;
import gatepost.transport.connector.TransactionLimits;
import gatepost.transport.connector.UserLimits;
import gatepost.transport.frame.FrameLimits;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.SharedResources;
import gatepost.transport.session.UserShares;
import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few hundred connections while Gatepost starts, so that what all connections run through is loaded and compiled when the first
 * users come: after a restart they all come at once. The last of them read late: Java leaves out of compiled code what it has never seen,
 * and at the first reader who does not keep up it would throw that code away and compile it again, while others wait for a processor.
 * The connections go over the loopback interface to a connector's server on a port of their own, and to a {@link EchoBroker}: no broker, no
 * gate and no store sees any of it.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final URI HERE = URI.create("ws://127.0.0.1:0");
    private static final FrameLimits FRAME = new FrameLimits(64 << 10, 100, 8 << 10);
    private static final Rate UNRATED = new Rate(0, 0);
    private static final int MILLIS = 10_000;

    /** One in so many reads late, and at least one; they are the last. */
    private static final int LATE_OF = 50;

    static final int MESSAGES = 5;
    private static final int SHORT = 200;
    /** Twice what Linux lets a socket hold by default: who reads nothing until all was sent has the connection fill up. */
    static final int MANY_MESSAGES = 256;

    static final int LONG = 32 << 10;

    private final EventLoopGroup eventLoops;
    private final Executor pool;
    private final TransportMetrics metrics;
    private final Thread thread = DaemonThreads.named("gatepost-warm-up").newThread(this::run);
    private volatile int connections;

    /**
     * @param eventLoops that connectors use
     * @param pool that runs what clients ask for
     * @param metrics in which nobody else is counted
     */
    public WarmUp(EventLoopGroup eventLoops, Executor pool, TransportMetrics metrics) {
        this.eventLoops = eventLoops;
        this.pool = pool;
        this.metrics = metrics;
    }

    /** How many there are to be, one after another; where more have been made already, the one under way is the last. */
    public void connections(int number) {
        connections = number;
    }

    /** Starts it on a thread of its own, unless there are to be none; nobody needs to wait for it. Call it once. */
    public void start() {
        if (connections > 0) {
            thread.start();
        }
    }

    /** Waits for the connection that is under way, which is the last: the event loops and the pool may be closed then. */
    public void stop() {
        connections = 0;
        try {
            thread.join(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return connections that came to their end as they should */
    int run() {
        long begin = System.nanoTime();
        int done = 0;
        try {
            StompTransportServer server = new StompTransportServer(
                    HERE,
                    eventLoops,
                    new SharedResources(
                            pool, pool, metrics, new UserShares(eventLoops), Optional::empty, Optional::empty));
            server.use(options());
            server.setAcceptListener(new EchoBroker.Acceptor());
            server.start();
            try {
                FirstClient reader = new FirstClient(server.getSocketAddress(), MILLIS, MESSAGES, SHORT);
                FirstClient lateReader = new FirstClient(server.getSocketAddress(), MILLIS, MANY_MESSAGES, LONG);
                for (; done < connections; done++) {
                    (isLate(done, connections) ? lateReader : reader).visit();
                }
            } finally {
                server.stop();
            }
            LOG.debug("{} connections in {} ms", done, (System.nanoTime() - begin) / 1_000_000);
        } catch (Exception e) {
            // ActiveMQ's servers may throw anything when they are started
            if (connections == 0) {
                LOG.debug("stopped in its {}. connection", done + 1, e);
            } else {
                LOG.warn("not warmed up, so the first clients are served more slowly", e);
            }
        }
        return done;
    }

    private static boolean isLate(int connection, int all) {
        return connection >= all - 1 - (all - 1) / LATE_OF;
    }

    private static ConnectorOptions options() {
        return new ConnectorOptions(
                "warm-up",
                FirstClient.PATH,
                Set.of(),
                new HttpOptions("", false, 0, MILLIS),
                new Admittance(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, Networks.of()),
                FRAME.frameSize(),
                1,
                FRAME,
                new TransactionLimits(0, 0),
                new UserLimits(1, 0, 0, Long.MAX_VALUE),
                new Rates(UNRATED, UNRATED, 1),
                MILLIS,
                MILLIS,
                MILLIS,
                1 << 20,
                MESSAGES,
                1,
                0,
                0,
                "",
                "",
                "",
                List.of());
    }
}
