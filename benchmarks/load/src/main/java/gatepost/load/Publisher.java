package gatepost.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** An application's server: publishes persistent messages to random users, with so many waiting for their receipt at a time. */
final class Publisher extends SimpleChannelInboundHandler<ByteBuf> {

    private record Waiting(String receipt, long since) {
    }

    private final int number;
    private final int messages;
    private final Options options;
    private final Ledger ledger;
    private final Latencies receipts;
    private final Random random;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile ChannelHandlerContext context;
    private int sent;

    /** @param messages that this one sends in all */
    Publisher(int number, int messages, Options options, Ledger ledger, Latencies receipts) {
        this.number = number;
        this.messages = messages;
        this.options = options;
        this.ledger = ledger;
        this.receipts = receipts;
        this.random = new Random(number);
    }

    /** @return done when it is signed in */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** @return done when every message has its receipt */
    CompletableFuture<Void> done() {
        return done;
    }

    /** To be called once it is ready. */
    void start() {
        context.executor().execute(() -> publish(context));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(),
                "CONNECT\naccept-version:1.2\nhost:localhost\nlogin:system\npasscode:manager\n\n\0"));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        Frame frame = Frame.of(bytes);
        if (frame == null) {
            return;
        }
        switch (frame.command()) {
            case "CONNECTED" -> ready.complete(null);
            case "RECEIPT" -> {
                Waiting first = waiting.remove();
                if (!first.receipt().equals(frame.header("receipt-id"))) {
                    fail("the receipt " + frame.header("receipt-id") + " came before " + first.receipt());
                    return;
                }
                receipts.add(System.nanoTime() - first.since());
                publish(ctx);
            }
            default -> fail(frame.command() + " " + frame.header("message"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause.toString());
        ctx.close();
    }

    private void publish(ChannelHandlerContext ctx) {
        while (sent < messages && waiting.size() < options.window()) {
            int user = random.nextInt(options.users());
            String receipt = "" + sent++;
            ctx.write(ByteBufUtil.writeUtf8(ctx.alloc(), "SEND\ndestination:/queue/user." + User.name(user) + "\nreceipt:" + receipt
                    + "\n\n" + ledger.next(number, user) + "\0"));
            waiting.add(new Waiting(receipt, System.nanoTime()));
        }
        ctx.flush();
        if (sent == messages && waiting.isEmpty()) {
            done.complete(null);
        }
    }

    private void fail(String why) {
        IllegalStateException failure = new IllegalStateException("publisher " + number + ": " + why);
        ready.completeExceptionally(failure);
        done.completeExceptionally(failure);
    }
}
