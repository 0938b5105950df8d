package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.transport.connector.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final int WRITE_TIMEOUT = 4_000;

    /** A socket that takes nothing while it is stuck. */
    private final class Socket extends ChannelDuplexHandler {

        private boolean stuck;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            if (!stuck) {
                ctx.flush();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            outbox.drain();
        }
    }

    private static final class Events implements Outbox.Listener {

        private final List<String> seen = new ArrayList<>();

        @Override
        public void drained() {
            seen.add("drained");
        }

        @Override
        public void stalled() {
            seen.add("stalled");
        }

        @Override
        public void broken(Outbox.Item item, IOException failure) {
            seen.add("broken " + failure.getMessage());
        }
    }

    private static final class Item implements Outbox.Item {

        private final String text;
        private final boolean message;
        private boolean written;

        Item(String text, boolean message) {
            this.text = text;
            this.message = message;
        }

        @Override
        public int size() {
            return text.length();
        }

        @Override
        public ByteBuf encode(ByteBufAllocator allocator) throws IOException {
            if (text.equals("bad")) {
                throw new IOException("bad");
            }
            return text.isEmpty() ? null : ByteBufUtil.writeUtf8(allocator, text);
        }

        @Override
        public boolean isMessage() {
            return message;
        }

        @Override
        public void written() {
            written = true;
        }
    }

    private final Socket socket = new Socket();
    private final Events events = new Events();
    private final EmbeddedChannel channel = new EmbeddedChannel(socket);
    private final Outbox outbox = new Outbox(channel, events, WRITE_TIMEOUT);

    OutboxTest() {
        channel.freezeTime();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(5, 10));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void itemsAreWrittenInTheirOrderAndThenToldSo() {
        Item message = add("m1", true);
        add("r1", false);
        add("m2", true);
        assertFalse(message.written);
        channel.runPendingTasks();
        assertEquals(List.of("m1", "r1", "m2"), sent());
        assertTrue(message.written);
        assertEquals(0, outbox.messageBytes());
        assertEquals(0, outbox.controlFrames());
    }

    @Test
    void whileTheSocketTakesNothingMessagesWaitAndAreCounted() {
        socket.stuck = true;
        Item first = add("0123456789", true);
        channel.runPendingTasks();
        add("later", true);
        channel.runPendingTasks();
        assertFalse(first.written);
        assertEquals(5, outbox.messageBytes(), "one is with the socket, one waits");
        socket.stuck = false;
        channel.flush();
        outbox.drain();
        assertEquals(List.of("0123456789", "later"), sent());
        assertEquals(0, outbox.messageBytes());
    }

    @Test
    void closingDropsMessagesButNoReceiptAndEndsWithTheLastFrame() {
        socket.stuck = true;
        add("0123456789", true);
        channel.runPendingTasks();
        Item dropped = add("dropped", true);
        add("receipt", false);
        outbox.close(new Item("error", false), CloseReason.POLICY);
        channel.runPendingTasks();
        socket.stuck = false;
        channel.flush();
        assertEquals(List.of("0123456789", "receipt", "error", CloseReason.POLICY.toString()), sent());
        assertFalse(dropped.written);
        assertTrue(channel.isOpen(), "the client may still read");
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertFalse(channel.isOpen());
    }

    @Test
    void nothingIsWrittenAfterClosing() {
        outbox.close(null, CloseReason.NORMAL);
        add("late", true);
        channel.runPendingTasks();
        assertEquals(List.of(CloseReason.NORMAL.toString()), sent());
    }

    @Test
    void aSocketThatTakesNothingForTheTimeoutIsStalled() {
        socket.stuck = true;
        add("m", true);
        channel.runPendingTasks();
        advance(WRITE_TIMEOUT / 2);
        assertFalse(events.seen.contains("stalled"));
        advance(WRITE_TIMEOUT);
        assertTrue(events.seen.contains("stalled"));
    }

    @Test
    void aSocketThatTakesALittleIsNotStalled() {
        socket.stuck = true;
        for (int i = 0; i < 8; i++) {
            add("message", true);
            channel.runPendingTasks();
            advance(WRITE_TIMEOUT / 2);
            socket.stuck = false;
            channel.flush();
            socket.stuck = true;
            outbox.drain();
        }
        assertFalse(events.seen.contains("stalled"));
    }

    @Test
    void whatCannotBeEncodedIsReportedAndTheRestGoesOn() {
        add("bad", true);
        add("", true);
        add("good", true);
        channel.runPendingTasks();
        assertEquals(List.of("good"), sent());
        assertEquals(List.of("broken bad", "drained"), events.seen);
    }

    @Test
    void ofManyPingsTheFirstAndTheLastAreAnsweredOnceTheSocketTakesThem() {
        socket.stuck = true;
        ByteBuf[] answers = new ByteBuf[100];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = ByteBufUtil.writeUtf8(channel.alloc(), "pong" + i);
            outbox.answer(answers[i]);
        }
        assertEquals(0, answers[50].refCnt());
        socket.stuck = false;
        channel.flush();
        assertEquals(List.of("pong0", "pong99"), sent());
    }

    @Test
    void whoOnlyPingsAndNeverReadsIsStalled() {
        socket.stuck = true;
        for (int passed = 0; passed < 2 * WRITE_TIMEOUT; passed += 500) {
            outbox.answer(ByteBufUtil.writeUtf8(channel.alloc(), "pong"));
            advance(500);
        }
        assertTrue(events.seen.contains("stalled"));
    }

    @Test
    void aGoodbyeIsAnsweredOnceAndIsTheLast() {
        add("late", false);
        outbox.answerLast(ByteBufUtil.writeUtf8(channel.alloc(), "goodbye"));
        outbox.answerLast(ByteBufUtil.writeUtf8(channel.alloc(), "again"));
        outbox.answer(ByteBufUtil.writeUtf8(channel.alloc(), "pong"));
        channel.runPendingTasks();
        assertEquals(List.of("goodbye"), sent());
        assertFalse(channel.isOpen());
    }

    @Test
    void aGoodbyeThatTheClientDoesNotReadIsNotWaitedFor() {
        socket.stuck = true;
        outbox.answerLast(ByteBufUtil.writeUtf8(channel.alloc(), "goodbye"));
        assertTrue(channel.isOpen());
        advance(1_000);
        assertFalse(channel.isOpen());
    }

    private void advance(int milliseconds) {
        for (int passed = 0; passed < milliseconds; passed += 100) {
            channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private Item add(String text, boolean message) {
        Item item = new Item(text, message);
        outbox.add(item);
        return item;
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (Object next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            if (next instanceof ByteBuf buffer) {
                sent.add(buffer.toString(StandardCharsets.UTF_8));
                buffer.release();
            } else {
                sent.add(next.toString());
            }
        }
        assertNull(channel.readOutbound());
        return sent;
    }
}
