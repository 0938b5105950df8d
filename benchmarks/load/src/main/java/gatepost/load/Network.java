package gatepost.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DelimiterBasedFrameDecoder;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Opens the connections of a run. */
final class Network implements AutoCloseable {

    private static final int HTTP_ANSWER = 8192;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Options options;

    Network(Options options) {
        this.options = options;
    }

    ChannelFuture open(User user) {
        URI uri = URI.create("ws://" + options.host() + ":" + options.wsPort() + "/stomp");
        int size = options.body() + Frame.MARGIN;
        long beat = Long.parseLong(options.heartbeat().split(",")[0]);
        return connect(options.wsPort(), new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(HTTP_ANSWER),
                        new WebSocketClientProtocolHandler(uri, WebSocketVersion.V13, "v12.stomp", false, EmptyHttpHeaders.INSTANCE,
                                size),
                        new IdleStateHandler(0, beat, 0, TimeUnit.MILLISECONDS), user);
            }
        });
    }

    ChannelFuture open(Publisher publisher) {
        return connect(options.stompPort(), new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new DelimiterBasedFrameDecoder(options.body() + Frame.MARGIN,
                        Unpooled.wrappedBuffer(new byte[] {0})), publisher);
            }
        });
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private ChannelFuture connect(int port, ChannelInitializer<Channel> initializer) {
        return new Bootstrap().group(loops).channel(NioSocketChannel.class).handler(initializer).connect(options.host(), port);
    }
}
