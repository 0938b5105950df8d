package gatepost.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/** An administrator who takes what waits in all users' queues. */
final class AllQueuesReader extends SimpleChannelInboundHandler<ByteBuf> {

    private final Broker broker;
    private final Ledgers ledgers;
    private final FrameReader reader = new FrameReader(this::take);
    private ChannelHandlerContext context;

    AllQueuesReader(Broker broker, Ledgers ledgers) {
        this.broker = broker;
        this.ledgers = ledgers;
    }

    /** Closes its connection. */
    void leave() {
        context.close().syncUninterruptibly();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        write(broker.connect(broker.login(), broker.passcode(), "0,0"));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        reader.read(bytes);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("the reader of all queues: " + cause);
        ctx.close();
    }

    private void take(Frame frame) {
        if (frame.isMessage()) {
            int body = frame.body();
            Stamp stamp = Stamp.read(frame.bytes(), body, frame.end() - body);
            // it reads everybody's: whose queue a message was in is not its question
            ledgers.received(stamp == null ? 0 : stamp.user(), 0, stamp, System.nanoTime());
        } else if (frame.command().equals("CONNECTED")) {
            write(broker.subscribeAll());
        } else {
            System.err.println("the reader of all queues: " + frame.excerpt());
        }
    }

    private void write(String text) {
        context.writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), text));
    }
}
