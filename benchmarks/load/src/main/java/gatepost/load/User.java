package gatepost.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A browser's tab: signs in, subscribes its own queue, and takes what comes. */
final class User extends SimpleChannelInboundHandler<WebSocketFrame> {

    /** What the libraries in browsers offer and want: some brokers cut off who says nothing for a minute. */
    private static final int HEART_BEAT_MILLIS = 10_000;

    private static final int CLOSED_BY_SERVER_SECONDS = 3;

    private final int number;
    private final int tab;
    private final Broker broker;
    private final String ack;
    private final String passcode;
    private final Ledgers ledgers;
    private final FrameReader reader = new FrameReader(this::take);
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile Channel channel;
    private volatile boolean leaving;
    private volatile String loss;

    /**
     * @param tab of the user's, from 0
     * @param passcode a password or a token
     */
    User(int number, int tab, Broker broker, String ack, String passcode, Ledgers ledgers) {
        this.number = number;
        this.tab = tab;
        this.broker = broker;
        this.ack = ack;
        this.passcode = passcode;
        this.ledgers = ledgers;
    }

    /** @return done when it is signed in */
    CompletableFuture<Void> connected() {
        return connected;
    }

    /** @return done when its subscription is confirmed */
    CompletableFuture<Void> subscribed() {
        return subscribed;
    }

    /** @return whether it is connected still, and was not cut off */
    boolean isThere() {
        return subscribed.isDone() && !subscribed.isCompletedExceptionally() && !left.isDone();
    }

    /** @return why the connection ended, or never began; {@code null} when this program ended it, or nobody has */
    String loss() {
        return loss;
    }

    void subscribe() {
        channel.eventLoop().execute(() -> write(broker.subscribe(number, ack)));
    }

    /** Signs out and closes the WebSocket. @return done when the connection is gone */
    CompletableFuture<Void> leave() {
        leaving = true;
        Channel open = channel;
        if (open == null || !open.isActive()) {
            left.complete(null);
            return left;
        }
        open.eventLoop().execute(() -> {
            write("DISCONNECT\n\n\0");
            open.writeAndFlush(new CloseWebSocketFrame(1000, "")).addListener((ChannelFutureListener)
                    sent -> open.eventLoop().schedule(() -> open.close(), CLOSED_BY_SERVER_SECONDS, TimeUnit.SECONDS));
        });
        return left;
    }

    /** @param reading whether it reads what the server sends */
    void read(boolean reading) {
        channel.config().setAutoRead(reading);
    }

    /** It will never be there, or is no more. */
    void lost(Throwable why) {
        connected.completeExceptionally(why);
        subscribed.completeExceptionally(why);
        if (!leaving && left.complete(null)) {
            loss = "user " + number + ": " + why.getMessage();
        }
        left.complete(null);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            write(broker.connect(
                    Broker.numbered(broker.userLogin(), number),
                    passcode,
                    HEART_BEAT_MILLIS + "," + HEART_BEAT_MILLIS));
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            lost(new IllegalStateException("the WebSocket handshake took too long"));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame message) {
        if (!(message instanceof CloseWebSocketFrame)) {
            reader.read(message.content());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lost(new IllegalStateException("the server closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost(cause);
        ctx.close();
    }

    private void take(Frame frame) {
        if (frame.isMessage()) {
            int body = frame.body();
            ledgers.received(number, tab, Stamp.read(frame.bytes(), body, frame.end() - body), System.nanoTime());
            if (!ack.equals("auto")) {
                write("ACK\nid:" + frame.header("ack") + "\n\n\0");
            }
            return;
        }
        switch (frame.command()) {
            case "CONNECTED" -> {
                beat(frame.header("heart-beat"));
                connected.complete(null);
            }
            case "RECEIPT" -> subscribed.complete(null);
            default -> lost(new IllegalStateException(frame.excerpt()));
        }
    }

    /** @param wanted what the server offers, and how often it wants to hear from a client; 0: not at all */
    private void beat(String wanted) {
        int comma = wanted.indexOf(',');
        int wantedMillis =
                comma < 0 ? 0 : Integer.parseInt(wanted.substring(comma + 1).strip());
        if (wantedMillis > 0) {
            long interval = Math.max(HEART_BEAT_MILLIS, wantedMillis);
            Future<?> beats = channel.eventLoop()
                    .scheduleAtFixedRate(() -> write("\n"), interval, interval, TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> beats.cancel(false));
        }
    }

    private void write(String text) {
        ByteBuf bytes = ByteBufUtil.writeUtf8(channel.alloc(), text);
        channel.writeAndFlush(new TextWebSocketFrame(bytes));
    }
}
