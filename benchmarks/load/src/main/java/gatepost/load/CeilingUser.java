package gatepost.load;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Map;

/** A user's connection to the ceiling. */
final class CeilingUser extends SimpleChannelInboundHandler<WebSocketFrame> {

    private final Map<String, Channel> users;
    private final FrameReader reader = new FrameReader(this::take);
    private ChannelHandlerContext context;

    /** @param users by the destination that each has subscribed */
    CeilingUser(Map<String, Channel> users) {
        this.users = users;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame message) {
        reader.read(message.content());
    }

    private void take(Frame frame) {
        switch (frame.command()) {
            case "CONNECT" -> answer("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
            case "SUBSCRIBE" -> {
                users.put(frame.header("destination"), context.channel());
                answer("RECEIPT\nreceipt-id:" + frame.header("receipt") + "\n\n\0");
            }
            default -> {
                // a DISCONNECT is followed by the end of the WebSocket
            }
        }
    }

    private void answer(String text) {
        context.writeAndFlush(new TextWebSocketFrame(ByteBufUtil.writeUtf8(context.alloc(), text)));
    }
}
