package gatepost.console.monitor;

import gatepost.metrics.CountedLines;
import gatepost.threads.DaemonThreads;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address with nothing but what {@link Monitor} tells, on Netty: it takes none of the web server's threads, and whoever reaches it
 * reaches no page of the console. A connection from elsewhere than is allowed ends before a byte of it is read.
 */
final class ProbeServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeServer.class);
    private static final int LINE = 1024;
    private static final int HEADERS = 8192;
    private static final int CHUNK = 1024;
    private static final int SCRAPES_WAITING = 4;
    private static final int CHECKS_WAITING = 32;
    private static final long THREAD_SECONDS = 90;
    private static final long LAST_ANSWERS_MILLIS = 500;

    private final CountedLines strangers = new CountedLines("event=\"probe\" outcome=\"refused\"", LOG::warn);
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, DaemonThreads.named("gatepost-probe-io"), NioIoHandler.newFactory());
    /** Apart from one another: who scrapes keeps nobody waiting who asks whether Gatepost is alive. */
    private final ThreadPoolExecutor scrapes = oneThread("gatepost-probe-metrics", SCRAPES_WAITING);

    private final ThreadPoolExecutor checks = oneThread("gatepost-probe-health", CHECKS_WAITING);
    private final ProbeConnections connections = new ProbeConnections();
    private final Monitor monitor;
    private final InetSocketAddress address;
    private final Channel socket;

    /** @throws IOException when nobody can listen there */
    ProbeServer(InetSocketAddress address, Monitor monitor) throws IOException {
        this.address = address;
        this.monitor = monitor;
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        admit(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        socket = bound.channel();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(String.valueOf(bound.cause().getMessage()), bound.cause());
        }
    }

    InetSocketAddress address() {
        return address;
    }

    private void admit(SocketChannel channel) {
        InetSocketAddress from = channel.remoteAddress();
        // gone already, or from elsewhere
        if (from == null || !monitor.isExpected(from.getAddress())) {
            if (from != null) {
                String source = "address=\"" + from.getAddress().getHostAddress() + '"';
                strangers.write(
                        source,
                        "",
                        "event=\"probe\" outcome=\"refused\" " + source
                                + " reason=\"neither metrics.allowed nor health.allowed names it\"");
            }
            channel.close();
            return;
        }
        channel.pipeline()
                .addLast("http", new HttpServerCodec(LINE, HEADERS, CHUNK))
                .addLast("probe", new ProbeConnection(monitor, connections, this::executor));
    }

    private Executor executor(String path) {
        return path.equals(Monitor.METRICS) ? scrapes : checks;
    }

    private static ThreadPoolExecutor oneThread(String name, int waiting) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1,
                1,
                THREAD_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                DaemonThreads.named(name),
                new ThreadPoolExecutor.AbortPolicy());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public void close() {
        socket.close().awaitUninterruptibly();
        scrapes.shutdown();
        checks.shutdown();
        loop.shutdownGracefully(0, LAST_ANSWERS_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
