package gatepost.transport.channel;

import gatepost.transport.connector.CloseReason;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Says good-bye over TCP: closes our half of the connection, so that the client reads the last frame and then the end. */
final class TcpClosing extends ChannelDuplexHandler {

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof CloseReason)) {
            ctx.write(message, promise);
            return;
        }
        ctx.write(Unpooled.EMPTY_BUFFER, promise).addListener(written -> {
            if (!written.isSuccess()) {
                return;
            }
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.closeOutbound();
            } else {
                ((DuplexChannel) ctx.channel()).shutdownOutput();
            }
        });
    }
}
