package gatepost.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.concurrent.TimeUnit;

/** Opens the connections of a run: one thread serves all users, one all publishers. */
final class Network implements AutoCloseable {

    private static final int HTTP_ANSWER = 8_192;
    private static final int LARGEST_MESSAGE = 1 << 20;
    private static final int HANDSHAKE_MILLIS = 60_000;

    // Over loopback a segment has 64 KiB, and a small window would be one segment: then a server whose client reads
    // nothing
    // could not feel it as it does over a real network. IPPROTO_TCP is 6, TCP_MAXSEG is 2.
    private static final ChannelOption<Integer> SEGMENT = new IntegerUnixChannelOption("TCP_MAXSEG", 6, 2);
    private static final int ETHERNET_SEGMENT = 1_460;
    private static final int SMALL_WINDOW = 8_192;

    private final EventLoopGroup users = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoopGroup publishers = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Broker broker;
    private final WebSocketClientProtocolConfig webSocket;

    Network(Broker broker) {
        this.broker = broker;
        webSocket = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(broker.ws())
                .version(WebSocketVersion.V13)
                .subprotocol("v12.stomp")
                .maxFramePayloadLength(LARGEST_MESSAGE)
                .withUTF8Validator(false)
                .handshakeTimeoutMillis(HANDSHAKE_MILLIS)
                .build();
    }

    /** @param mayStall whether this user may stop reading, so that its socket shall hold little */
    ChannelFuture open(User user, boolean mayStall) {
        Bootstrap bootstrap = bootstrap(users).handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new HttpClientCodec(),
                                new HttpObjectAggregator(HTTP_ANSWER),
                                new WebSocketClientProtocolHandler(webSocket),
                                user);
            }
        });
        if (mayStall) {
            bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_WINDOW).option(SEGMENT, ETHERNET_SEGMENT);
        }
        return bootstrap.connect(broker.ws().getHost(), broker.ws().getPort());
    }

    ChannelFuture open(ChannelHandler publisher) {
        return bootstrap(publishers).handler(publisher).connect(broker.stomp());
    }

    @Override
    public void close() {
        users.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        publishers.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        users.terminationFuture().syncUninterruptibly();
    }

    private static Bootstrap bootstrap(EventLoopGroup group) {
        return new Bootstrap().group(group).channel(EpollSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
    }
}
