package gatepost.transport.channel;

import gatepost.contracts.Scheme;
import gatepost.transport.channel.AdmissionHandler.Expelled;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.frame.Inbound;
import gatepost.transport.http.EventStream;
import gatepost.transport.session.SharedResources;
import gatepost.transport.session.StompTransport;
import gatepost.transport.websocket.ControlFrames.Goodbye;
import gatepost.transport.websocket.ControlFrames.Ping;
import gatepost.transport.websocket.UpgradeRules;
import gatepost.transport.websocket.WebSocketUpgrade;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.activemq.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Last in the pipeline: makes a {@link StompTransport} of the connection once STOMP can be spoken, and hands it what comes. */
final class SessionHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);
    private static final byte[] HEART_BEAT = {'\n'};

    private final Scheme scheme;
    private final Entrance entrance;
    private final ConnectorOptions options;
    private final SharedResources shared;
    private final UnfinishedBytes unfinished;
    private final Consumer<Transport> accept;
    private StompTransport transport;
    private int silence;

    /** @param accept hands the transport to the broker */
    SessionHandler(
            Scheme scheme,
            ConnectorOptions options,
            SharedResources shared,
            UnfinishedBytes unfinished,
            Consumer<Transport> accept) {
        this.scheme = scheme;
        this.entrance = Entrance.of(scheme);
        this.options = options;
        this.shared = shared;
        this.unfinished = unfinished;
        this.accept = accept;
    }

    Deadline deadline() {
        return new Deadline(options, () -> transport);
    }

    ConnectAllowance allowance() {
        return new ConnectAllowance(options.connectSize(), () -> transport);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (entrance == Entrance.TCP) {
            open(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (!tls.isSuccess()) {
                LOG.debug("{}: no TLS", ctx.channel(), tls.cause());
                ctx.close();
            } else if (entrance == Entrance.TLS) {
                open(ctx);
            }
        } else if (event instanceof HandshakeComplete) {
            ctx.pipeline().remove(UpgradeRules.class);
            WebSocketUpgrade.done(ctx.channel());
            open(ctx);
        } else if (event instanceof EventStream.Begins stream) {
            open(ctx);
            transport.received(stream.connect());
        } else if (event instanceof IdleStateEvent idle) {
            idle(ctx, idle.state());
        } else if (event instanceof Ping ping) {
            transport.pinged(new PongWebSocketFrame(Unpooled.wrappedBuffer(ping.payload())), ping.payload().length);
        } else if (event instanceof Goodbye goodbye) {
            transport.farewell(goodbye.answer());
        } else if (event instanceof Expelled expelled) {
            expel(ctx, expelled.limit());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (transport != null && message instanceof Inbound inbound) {
            transport.received(inbound);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (transport != null) {
            transport.readComplete(unfinished.count());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (transport != null && ctx.channel().isWritable()) {
            transport.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (transport != null) {
            transport.disconnected();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (transport != null && cause instanceof CorruptedWebSocketFrameException corrupted) {
            if (WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(corrupted.closeStatus())) {
                transport.refuse("a frame may have " + options.frame().frameSize() + " bytes", CloseReason.TOO_LARGE);
            } else if (WebSocketCloseStatus.INVALID_PAYLOAD_DATA.equals(corrupted.closeStatus())) {
                transport.refuse("the text of a WebSocket message is not UTF-8", CloseReason.NOT_UTF8);
            } else {
                transport.refuse("the WebSocket frame cannot be understood", CloseReason.PROTOCOL_ERROR);
            }
            return;
        }
        if (cause instanceof IOException || cause instanceof TooLongFrameException) {
            LOG.debug("{}: {}", ctx.channel(), cause.toString());
        } else {
            LOG.warn("{} is closed after an error", ctx.channel(), cause);
        }
        ctx.close();
    }

    private void open(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        transport = new StompTransport(
                channel,
                Peer.address(channel, scheme),
                Peer.client(channel),
                options,
                shared,
                (send, receive) -> signedIn(ctx, send, receive));
        ctx.pipeline().get(Deadline.class).handshakeDone(ctx);
        LimitReached refused = channel.attr(AdmissionHandler.REFUSED).get();
        if (refused != null) {
            transport.refuse(refused, CloseReason.TRY_AGAIN_LATER);
            return;
        }
        channel.config().setAutoRead(false);
        accept.accept(transport);
    }

    private void expel(ChannelHandlerContext ctx, LimitReached limit) {
        if (transport == null) {
            ctx.close();
        } else if (transport.isSignedIn()) {
            ctx.pipeline().get(AdmissionHandler.class).signedIn();
        } else {
            transport.refuse(limit, CloseReason.TRY_AGAIN_LATER);
        }
    }

    private void signedIn(ChannelHandlerContext ctx, int send, int receive) {
        if (!ctx.channel().isActive()) {
            return;
        }
        ctx.pipeline().remove(Deadline.class);
        ctx.pipeline().get(AdmissionHandler.class).signedIn();
        if (send == 0 && receive == 0) {
            return;
        }
        // "there will always be some timing inaccuracies" (STOMP 1.2, "Heart-beating"): sends early and waits twice as
        // long
        silence = receive * 2;
        ctx.pipeline()
                .addFirst("heart-beat", new IdleStateHandler(true, silence, send * 3L / 4, 0, TimeUnit.MILLISECONDS));
    }

    private void idle(ChannelHandlerContext ctx, IdleState state) {
        if (state == IdleState.READER_IDLE) {
            transport.silent(silence);
        } else if (ctx.channel().isWritable()) {
            ctx.channel().writeAndFlush(Unpooled.wrappedBuffer(HEART_BEAT));
        }
    }
}
