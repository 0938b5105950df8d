package gatepost.client;

import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.frame.FrameLimits;
import gatepost.transport.frame.FrameWriter;
import gatepost.transport.frame.Inbound;
import gatepost.transport.frame.MalformedFrame;
import gatepost.transport.frame.Speaker;
import gatepost.transport.frame.StompVersion;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One STOMP 1.2 session over TCP. Everything happens on one event loop. */
final class StompSession extends SimpleChannelInboundHandler<Inbound> {

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    /** The broker that sends them is our own, and has let nobody send it more than it was told to. */
    private static final FrameLimits LIMITS = new FrameLimits(Integer.MAX_VALUE, 10_000, 1 << 20);

    private final URI address;
    private final Credentials credentials;
    private final Events events;
    private Channel channel;
    private boolean connected;
    private boolean ended;

    /** What happens to a session; called on its event loop. */
    interface Events {

        /** The broker said CONNECTED. */
        void connected(StompSession session);

        /** Any frame after that. */
        void received(StompSession session, Frame frame);

        /** It could not be connected, or it broke; called once, and not after {@link StompSession#close}. */
        void ended(StompSession session, String reason);
    }

    private StompSession(URI address, Credentials credentials, Events events) {
        this.address = address;
        this.credentials = credentials;
        this.events = events;
    }

    /**
     * Nothing is told before this has returned.
     *
     * @param loop the calling thread's
     * @param address {@code stomp://ADDRESS:PORT}; where that is a wildcard, loopback is meant
     */
    static StompSession open(EventLoop loop, URI address, Credentials credentials, Events events) {
        StompSession session = new StompSession(address, credentials, events);
        loop.execute(() -> session.connect(loop));
        return session;
    }

    void send(Frame frame) {
        channel.writeAndFlush(FrameWriter.frame(
                channel.alloc(), AsciiString.of(frame.command()), StompVersion.V1_2, frame.headers(), frame.body()));
    }

    /** Ends it without a word; the broker takes back what was not acknowledged. */
    void close() {
        ended = true;
        if (channel != null) {
            channel.close();
        }
    }

    private void connect(EventLoop loop) {
        if (ended) {
            return;
        }
        try {
            channel = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel created) {
                            created.pipeline()
                                    .addLast(
                                            new FlushConsolidationHandler(
                                                    FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES,
                                                    true),
                                            new FrameDecoder(LIMITS, Speaker.SERVER),
                                            StompSession.this);
                        }
                    })
                    .connect(reachable(address))
                    .addListener(done -> {
                        if (!done.isSuccess()) {
                            end(address + ": " + done.cause().getMessage());
                        }
                    })
                    .channel();
        } catch (UnknownHostException e) {
            end(address + " cannot be connected to: " + e.getMessage());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept-version", StompVersion.V1_2.number());
        headers.put("host", "localhost");
        headers.put("login", credentials.login());
        headers.put("passcode", credentials.passcode());
        send(new Frame("CONNECT", headers, new byte[0]));
        ctx.executor()
                .schedule(
                        () -> {
                            if (!connected) {
                                end("no answer from " + address + " within " + CONNECT_TIMEOUT_MILLIS + " ms");
                            }
                        },
                        CONNECT_TIMEOUT_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Inbound inbound) {
        if (ended) {
            return;
        }
        if (inbound instanceof MalformedFrame malformed) {
            end("what the broker sent cannot be read: " + malformed.reason());
        } else if (inbound instanceof Frame frame) {
            if (connected) {
                events.received(this, frame);
            } else {
                answered(frame);
            }
        }
    }

    private void answered(Frame frame) {
        if (!frame.command().equals("CONNECTED")) {
            end(address + ": " + frame.headers().getOrDefault("message", "unexpected frame " + frame.command()));
        } else if (!StompVersion.V1_2.number().equals(frame.header("version"))) {
            end(address + " speaks STOMP " + frame.headers().getOrDefault("version", "1.0") + ", expected 1.2");
        } else {
            connected = true;
            events.connected(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    private void end(String reason) {
        if (!ended) {
            close();
            events.ended(this, reason);
        }
    }

    private static InetSocketAddress reachable(URI address) throws UnknownHostException {
        InetAddress host = InetAddress.getByName(address.getHost());
        if (host.isAnyLocalAddress()) {
            host = InetAddress.getByName(host.getAddress().length == 4 ? "127.0.0.1" : "::1");
        }
        return new InetSocketAddress(host, address.getPort());
    }
}
