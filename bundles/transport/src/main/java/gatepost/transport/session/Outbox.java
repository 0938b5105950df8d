package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to be written to one connection. Broker threads only add to it; the connection's event loop encodes and writes as
 * much as the socket takes, with one flush for all that is there. Messages wait as references to the broker's own, and frames
 * that still wait when the connection is closed with an ERROR are dropped if they are messages: the broker queues them again.
 */
final class Outbox {

    /** What is written as one frame. */
    interface Item {

        /** @return about how many bytes it takes; the same at each call */
        int size();

        /**
         * Called on the event loop, once, right before it is written.
         *
         * @return the frame, or {@code null} when there is nothing to be written any more
         */
        ByteBuf encode(ByteBufAllocator allocator) throws IOException;

        /** Whether the broker keeps it until it is acknowledged, so that it may be dropped. */
        default boolean isMessage() {
            return false;
        }

        /** Called on the event loop once the socket has taken it. */
        default void written() {}
    }

    /** Told on the event loop. */
    interface Listener {

        /** Something was taken from what waits. */
        void drained();

        /** Nothing of what waits was taken by the socket for as long as may be. */
        void stalled();

        /** An item could not be encoded. */
        void broken(Item item, IOException failure);
    }

    /** How long a closed connection may take to read its last frames, milliseconds. */
    private static final long LINGER = 1_000;

    private static final int CHECKS_PER_TIMEOUT = 4;

    private final Channel channel;
    private final Listener listener;
    private final int writeTimeout;
    private final PingAnswers answers;
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicLong messageBytes = new AtomicLong();
    private final AtomicInteger controlFrames = new AtomicInteger();
    private volatile boolean dropping;
    private boolean closing;
    private boolean watching;
    private long completed;

    /** @param writeTimeout milliseconds after which a socket that takes nothing counts as stalled */
    Outbox(Channel channel, Listener listener, int writeTimeout) {
        this.channel = channel;
        this.listener = listener;
        this.writeTimeout = writeTimeout;
        this.answers = new PingAnswers(channel, () -> {
            completed++;
            drain();
        });
    }

    /** Adds an item; any thread, never blocks. */
    void add(Item item) {
        count(item);
        addCounted(item);
    }

    /** Counts an item among those that wait, which {@link #addCounted} adds later; any thread. */
    void count(Item item) {
        if (item.isMessage()) {
            messageBytes.addAndGet(item.size());
        } else {
            controlFrames.incrementAndGet();
        }
    }

    /** Adds an item that was counted before; any thread, never blocks. */
    void addCounted(Item item) {
        items.add(item);
        if (scheduled.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::drain);
        }
    }

    /** @return bytes of messages that wait; any thread */
    long messageBytes() {
        return messageBytes.get();
    }

    /** @return frames other than messages that wait; any thread */
    int controlFrames() {
        return controlFrames.get();
    }

    /**
     * Writes what waits and is no message, then {@code last}, then closes; any thread. A client that does not read gets a second.
     *
     * @param last the last frame, or {@code null} for none
     */
    void close(Item last, CloseReason reason) {
        channel.eventLoop().execute(() -> closeNow(last, reason));
    }

    /** From now on messages that wait are not written any more; any thread. */
    void dropMessages() {
        dropping = true;
    }

    /** Answers a PING. A client that only asks and never reads is {@link Listener#stalled} like any other. Event loop only. */
    void answer(ReferenceCounted pong) {
        if (closing) {
            pong.release();
            return;
        }
        answers.owe(pong);
        drain();
    }

    /** Writes this, and nothing that waits, and closes: the client has said good-bye. Event loop only. */
    void answerLast(ReferenceCounted goodbye) {
        if (closing) {
            // ours went first, and this is the answer to it
            goodbye.release();
            channel.close();
            return;
        }
        closing = true;
        items.clear(); // the client reads no further
        answers.drop();
        channel.writeAndFlush(goodbye).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), LINGER, TimeUnit.MILLISECONDS);
    }

    /** Writes as much as the socket takes; event loop only. */
    void drain() {
        scheduled.set(false);
        if (closing) {
            return;
        }
        boolean took = false;
        while (channel.isWritable()) {
            Item item = next();
            if (item == null) {
                break;
            }
            took = true;
            if (!dropping || !item.isMessage()) {
                write(item);
            }
        }
        boolean answered = answers.write();
        if (took || answered) {
            channel.flush();
        }
        if (took) {
            listener.drained();
        }
        watch();
    }

    private Item next() {
        Item item = items.poll();
        if (item != null && item.isMessage()) {
            messageBytes.addAndGet(-item.size());
        } else if (item != null) {
            controlFrames.decrementAndGet();
        }
        return item;
    }

    private void write(Item item) {
        try {
            ByteBuf frame = item.encode(channel.alloc());
            if (frame == null) {
                return;
            }
            channel.write(frame).addListener(future -> {
                if (future.isSuccess()) {
                    completed++;
                    item.written();
                }
            });
        } catch (IOException e) {
            listener.broken(item, e);
        }
    }

    private void closeNow(Item last, CloseReason reason) {
        if (closing) {
            return;
        }
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        closing = true;
        answers.drop();
        for (Item item = next(); item != null; item = next()) {
            if (!item.isMessage()) {
                write(item);
            }
        }
        if (last != null) {
            write(last);
        }
        ChannelFuture farewell = channel.writeAndFlush(reason);
        // closing at once while the client still sends would reset the connection and lose the last frame on its way
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), LINGER, TimeUnit.MILLISECONDS);
        farewell.addListener(future -> {
            if (!future.isSuccess()) {
                channel.close();
            }
        });
    }

    /** Looks, while bytes wait in the socket's buffer, whether the client takes any of them. */
    private void watch() {
        if (!watching && pending() > 0) {
            watching = true;
            schedule(completed, progress(), 0);
        }
    }

    private void schedule(long lastCompleted, long lastProgress, int idleChecks) {
        channel.eventLoop()
                .schedule(
                        () -> check(lastCompleted, lastProgress, idleChecks),
                        Math.max(1, writeTimeout / CHECKS_PER_TIMEOUT),
                        TimeUnit.MILLISECONDS);
    }

    private void check(long lastCompleted, long lastProgress, int idleChecks) {
        if (!channel.isActive() || closing || pending() == 0) {
            watching = false;
            return;
        }
        int idle = completed == lastCompleted && progress() == lastProgress ? idleChecks + 1 : 0;
        if (idle >= CHECKS_PER_TIMEOUT) {
            listener.stalled();
        } else {
            schedule(completed, progress(), idle);
        }
    }

    private long pending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Bytes that the socket has taken of the frame that it is at. */
    private long progress() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.currentProgress();
    }
}
