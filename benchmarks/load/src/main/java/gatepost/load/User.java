package gatepost.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;

/** A browser: signs in, subscribes its own queue with a receipt, and takes what comes. */
final class User extends SimpleChannelInboundHandler<WebSocketFrame> {

    /** Told of what becomes of a user; event loops call it. */
    interface Listener {

        /** The subscription is confirmed. */
        void subscribed();

        /** It will never be, or it is no more. */
        void lost(String why);
    }

    private final int number;
    private final Options options;
    private final Ledger ledger;
    private final String passcode;
    private final Listener listener;
    private boolean subscribed;
    private boolean over;

    User(int number, Options options, Ledger ledger, String passcode, Listener listener) {
        this.number = number;
        this.options = options;
        this.ledger = ledger;
        this.passcode = passcode;
        this.listener = listener;
    }

    static String name(int number) {
        return "load" + number;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            write(ctx.channel(), Frame.connect(name(number), passcode, options.heartbeat()));
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            lost("the handshake took too long");
        } else if (event instanceof IdleStateEvent && subscribed) {
            write(ctx.channel(), "\n");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame message) {
        if (!(message instanceof TextWebSocketFrame || message instanceof BinaryWebSocketFrame)) {
            return;
        }
        // Gatepost sends each frame as one message
        int end = message.content().indexOf(message.content().readerIndex(), message.content().writerIndex(), (byte) 0);
        Frame frame = end < 0 ? null : Frame.of(message.content().slice(message.content().readerIndex(),
                end - message.content().readerIndex()));
        if (frame != null) {
            take(ctx, frame);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lost("the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost(cause.toString());
        ctx.close();
    }

    private void take(ChannelHandlerContext ctx, Frame frame) {
        switch (frame.command()) {
            case "CONNECTED" -> write(ctx.channel(), "SUBSCRIBE\nid:0\ndestination:/queue/user." + name(number) + "\nack:"
                    + options.ack() + "\nreceipt:subscribed\n\n\0");
            case "RECEIPT" -> {
                subscribed = true;
                listener.subscribed();
            }
            case "MESSAGE" -> {
                ledger.received(number, frame.body());
                if (!options.ack().equals("auto")) {
                    write(ctx.channel(), "ACK\nid:" + frame.header("ack") + "\n\n\0");
                }
            }
            default -> lost(frame.command() + " " + frame.header("message"));
        }
    }

    private void lost(String why) {
        if (!over) {
            over = true;
            listener.lost(name(number) + ": " + why);
        }
    }

    private static void write(Channel channel, String text) {
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }
}
