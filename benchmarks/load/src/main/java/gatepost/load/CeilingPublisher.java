package gatepost.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A publisher's connection to the ceiling: hands its messages over, and writes once for all that came at a time. */
final class CeilingPublisher extends SimpleChannelInboundHandler<ByteBuf> {

    private static final byte[] HEAD = "MESSAGE\nsubscription:0\nmessage-id:1\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Channel> users;
    private final Set<Channel> written = new HashSet<>();
    private final FrameReader reader = new FrameReader(this::take);
    private ChannelHandlerContext context;

    /** @param users by the destination that each has subscribed */
    CeilingPublisher(Map<String, Channel> users) {
        this.users = users;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        reader.read(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        written.forEach(Channel::flush);
        written.clear();
        ctx.flush();
    }

    private void take(Frame frame) {
        switch (frame.command()) {
            case "CONNECT" -> answer("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
            case "SEND" -> {
                Channel user = users.get(frame.header("destination"));
                if (user != null) {
                    int body = frame.body();
                    user.write(new TextWebSocketFrame(user.alloc()
                            .buffer(HEAD.length + frame.end() - body + 1)
                            .writeBytes(HEAD)
                            .writeBytes(frame.bytes(), body, frame.end() - body)
                            .writeByte(0)));
                    written.add(user);
                }
                answer("RECEIPT\nreceipt-id:" + frame.header("receipt") + "\n\n\0");
            }
            default -> {
                // publishers say nothing else
            }
        }
    }

    private void answer(String text) {
        context.write(ByteBufUtil.writeUtf8(context.alloc(), text));
    }
}
