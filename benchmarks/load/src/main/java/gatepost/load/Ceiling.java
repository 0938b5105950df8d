package gatepost.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * No broker: what a publisher sends is written to the WebSocket of the user who subscribed that destination. Nothing is checked,
 * queued, stored or acknowledged, and one thread does it all. No broker that this program loads can be faster on the same machine.
 */
final class Ceiling implements AutoCloseable {

    private static final int BACKLOG = 4_096;
    private static final int HTTP_REQUEST = 8_192;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Map<String, Channel> users = new HashMap<>();

    /**
     * Opens a port for publishers, over TCP, on loopback.
     *
     * @param port 0 for any that is free
     * @return the port
     */
    int openStomp(int port) throws InterruptedException {
        return bind(port, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new CeilingPublisher(users));
            }
        });
    }

    /**
     * Opens a port for users, over WebSocket with the path {@code /stomp}, on loopback.
     *
     * @param port 0 for any that is free
     * @return the port
     */
    int openWs(int port) throws InterruptedException {
        WebSocketServerProtocolConfig webSocket = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/stomp")
                .subprotocols("v12.stomp")
                .build();
        return bind(port, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new HttpServerCodec(),
                                new HttpObjectAggregator(HTTP_REQUEST),
                                new WebSocketServerProtocolHandler(webSocket),
                                new CeilingUser(users));
            }
        });
    }

    /** Waits for its end. */
    void await() throws InterruptedException {
        loop.terminationFuture().sync();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private int bind(int port, ChannelInitializer<Channel> connection) throws InterruptedException {
        Channel bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(connection)
                .bind("127.0.0.1", port)
                .sync()
                .channel();
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }
}
