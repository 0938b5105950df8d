package gatepost.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An application's server: publishes over STOMP on TCP, with so many messages waiting for their receipt at a time. */
final class Publisher extends SimpleChannelInboundHandler<ByteBuf> {

    /** Bytes after which what is written goes out, and the next buffer begins. */
    private static final int BATCH = 32_768;

    /** It lives for one phase only. */
    private static final String NO_HEART_BEATS = "0,0";

    private final int number;
    private final Broker broker;
    private final int window;
    private final Traffic traffic;
    private final byte[][] heads;
    private final FrameReader reader = new FrameReader(this::take);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private ChannelHandlerContext context;
    private Pace pace;
    private int sent;
    private int unconfirmed;
    private boolean waking;

    /** @param heads of SEND frames to each user, as {@link Broker#send} says them */
    Publisher(int number, Broker broker, int window, Traffic traffic, byte[][] heads) {
        this.number = number;
        this.broker = broker;
        this.window = window;
        this.traffic = traffic;
        this.heads = heads;
    }

    static byte[][] heads(Broker broker, int users, boolean persistent) {
        byte[][] heads = new byte[users][];
        for (int user = 0; user < users; user++) {
            heads[user] = broker.send(user, persistent).getBytes(StandardCharsets.UTF_8);
        }
        return heads;
    }

    /** @return done when it is signed in */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** To be called once, when it is ready. @return done when everything is sent and has its receipt */
    CompletableFuture<Void> publish(Pace at) {
        context.executor().execute(() -> {
            pace = at;
            publish();
        });
        return done;
    }

    void close() {
        context.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.writeAndFlush(
                ByteBufUtil.writeUtf8(ctx.alloc(), broker.connect(broker.login(), broker.passcode(), NO_HEART_BEATS)));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        reader.read(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        publish();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        publish();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("the server closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause.toString());
        ctx.close();
    }

    private void take(Frame frame) {
        switch (frame.command()) {
            case "CONNECTED" -> ready.complete(null);
            case "RECEIPT" -> unconfirmed--;
            default -> fail(frame.excerpt());
        }
    }

    private void publish() {
        if (pace == null || done.isDone()) {
            return;
        }
        ByteBuf batch = null;
        long now = System.nanoTime();
        while (unconfirmed < window
                && context.channel().isWritable()
                && !pace.isOver(sent, now)
                && pace.due(sent) <= now) {
            if (batch == null) {
                batch = context.alloc().buffer(2 * BATCH);
            }
            write(batch, pace.interval() > 0 ? pace.due(sent) : now, now);
            if (batch.readableBytes() > BATCH) {
                context.writeAndFlush(batch);
                batch = null;
            }
            now = System.nanoTime();
        }
        if (batch != null) {
            context.writeAndFlush(batch);
        }
        if (!pace.isOver(sent, now)) {
            wake(pace.due(sent) - now);
        } else if (unconfirmed == 0) {
            done.complete(null);
        }
    }

    /** Comes back when the next message is due; a receipt, and room in the socket's buffer, wake it as well. */
    private void wake(long nanos) {
        if (nanos > 0 && !waking) {
            waking = true;
            context.executor()
                    .schedule(
                            () -> {
                                waking = false;
                                publish();
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    private void write(ByteBuf batch, long due, long now) {
        Traffic.Pick pick = traffic.next();
        batch.writeBytes(heads[pick.user()]);
        batch.writeCharSequence(
                "content-length:" + pick.lot().body() + "\nreceipt:" + sent + "\n\n", StandardCharsets.US_ASCII);
        pick.lot()
                .ledger()
                .sent(number, pick.user(), due, now)
                .write(batch, pick.lot().body());
        batch.writeByte(0);
        sent++;
        unconfirmed++;
    }

    private void fail(String why) {
        IllegalStateException failure = new IllegalStateException("publisher " + number + ": " + why);
        ready.completeExceptionally(failure);
        done.completeExceptionally(failure);
    }
}
