package gatepost.routes.http;

import gatepost.threads.DaemonThreads;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An open socket, the one thread that reads and writes for all of its connections, and the threads that run routes. */
final class HttpServer implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int LINE = 8192;
    private static final int HEADERS = 16_384;
    private static final int CHUNK = 65_536;
    private static final long LAST_ANSWERS_MILLIS = 1000;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, DaemonThreads.numbered("gatepost-routes-io"), NioIoHandler.newFactory());
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, DaemonThreads.numbered("gatepost-routes-http"));
    private final Supplier<HttpSettings> settings;
    private final Paths paths;
    private final HttpCounts counts;
    private final Crowd crowd;
    private final Channel socket;

    /**
     * Listens where the settings say now; the limits are those that they say later.
     *
     * @throws IOException when it cannot
     */
    HttpServer(Supplier<HttpSettings> settings, Paths paths, HttpCounts counts) throws IOException {
        this.settings = settings;
        this.paths = paths;
        this.counts = counts;
        this.crowd = new Crowd(counts);
        HttpSettings now = settings.get();
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        build(channel);
                    }
                })
                .bind(new InetSocketAddress(now.address(), now.port()))
                .awaitUninterruptibly();
        socket = bound.channel();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    bound.cause().getMessage() == null
                            ? bound.cause().toString()
                            : bound.cause().getMessage(),
                    bound.cause());
        }
    }

    private void build(SocketChannel channel) {
        channel.pipeline()
                .addLast(
                        "idle",
                        new IdleStateHandler(true, 0, settings.get().timeout().toMillis(), 0, TimeUnit.MILLISECONDS))
                .addLast("http", new HttpServerCodec(LINE, HEADERS, CHUNK))
                .addLast("one-at-a-time", new FlowControlHandler())
                .addLast("connection", new Connection(settings, paths, crowd, counts, threads));
    }

    @Override
    public void close() {
        socket.close().awaitUninterruptibly();
        threads.shutdown();
        loop.shutdownGracefully(0, LAST_ANSWERS_MILLIS, TimeUnit.MILLISECONDS);
    }
}
