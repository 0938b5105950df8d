package gatepost.transport.channel;

import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.websocket.ControlFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/**
 * Where bytes are bytes still: knows how many have come that are no whole frame yet, of a WebSocket or of STOMP, or that wait until the
 * channel is read again. Each may be of megabytes, so those of a few hundred connections would take all memory of the buffers.
 */
final class UnfinishedBytes extends ChannelInboundHandlerAdapter {

    private final FrameDecoder decoder;
    private final Optional<ControlFrames> webSocket;
    private long whole;
    private long inWebSocket;

    UnfinishedBytes(FrameDecoder decoder, Optional<ControlFrames> webSocket) {
        this.decoder = decoder;
        this.webSocket = webSocket;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        int size = message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ctx.fireChannelRead(message);
        if (webSocket.isPresent()) {
            // what is behind a whole one came with its end
            long now = webSocket.get().frames();
            inWebSocket = now == whole ? inWebSocket + size : size;
            whole = now;
        }
    }

    /** @return their number, or a little more; event loop only */
    long count() {
        return inWebSocket + decoder.waiting();
    }
}
