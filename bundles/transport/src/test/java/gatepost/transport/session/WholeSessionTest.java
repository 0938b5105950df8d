package gatepost.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatepost.contracts.Client;
import gatepost.contracts.Durability;
import gatepost.transport.Options;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.frame.FrameLimits;
import gatepost.transport.frame.Inbound;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageAck;
import org.apache.activemq.command.RemoveInfo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session from its CONNECT to its end, byte for byte, against a stand-in for the broker. This thread is the event loop. */
class WholeSessionTest {

    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:here\nlogin:alice\npasscode:secret\n\n\0";
    private static final String SUBSCRIBE = "SUBSCRIBE\nid:s\ndestination:/queue/a\nack:client-individual\n\n\0";

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final TransportMetrics metrics = new TransportMetrics(new OpenSockets());
    private final StompTransport transport = new StompTransport(
            channel,
            "stomp://192.0.2.7:1",
            new Client(Optional.empty(), List.of()),
            Options.with("rate.messages", 20),
            new SharedResources(
                    pool::add,
                    Runnable::run,
                    metrics,
                    new UserShares(channel.eventLoop()),
                    Optional::empty,
                    Optional::empty),
            (send, receive) -> {});
    private final StandInBroker broker = new StandInBroker(transport);
    private final List<String> frames = new ArrayList<>();
    private CloseReason closed;

    @BeforeEach
    void open() {
        channel.freezeTime();
        channel.pipeline()
                .addLast(new FrameDecoder(new FrameLimits(1000, 10, 100)), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        transport.received((Inbound) message);
                    }

                    @Override
                    public void channelReadComplete(ChannelHandlerContext ctx) {
                        transport.readComplete(0);
                    }
                });
        transport.setTransportListener(broker);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingIsReadBeforeTheBrokerHasTakenTheConnection() throws Exception {
        channel.config().setAutoRead(false);
        send(CONNECT);
        assertEquals(List.of(), frames);
        assertFalse(channel.config().isAutoRead());

        start();
        assertTrue(frames.get(0).startsWith("CONNECTED\nversion:1.2\n"), frames.toString());
        assertTrue(channel.config().isAutoRead());
    }

    @Test
    void aClientConnectsAndIsKnown() throws Exception {
        start();
        assertFalse(transport.isSignedIn());
        send(CONNECT);

        assertTrue(transport.isSignedIn());
        ConnectionInfo connection = broker.commands(ConnectionInfo.class).get(0);
        assertEquals("alice", connection.getUserName());
        assertEquals("stomp://192.0.2.7:1", connection.getClientIp());
        assertTrue(Client.of(connection).isPresent());
        assertEquals("alice", metrics.sockets().sessions().get(0).user());
        assertEquals(
                Optional.of(StandInBroker.SIGNED_IN),
                metrics.sockets().sessions().get(0).since());
    }

    @Test
    void aMessageGoesAllTheWayAndIsAcknowledged() throws Exception {
        start();
        send(CONNECT);
        send(SUBSCRIBE);
        assertEquals(
                "queue://a",
                broker.commands(ConsumerInfo.class).get(0).getDestination().getQualifiedName());
        frames.clear();

        send("SEND\ndestination:/queue/a\nreceipt:r\n\nhello\0");

        assertEquals(
                "hello",
                new String(broker.commands(Message.class).get(0).getContent().getData(), StandardCharsets.UTF_8));
        String message = frames.stream()
                .filter(frame -> frame.startsWith("MESSAGE\n"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                message.contains("\ndestination:/queue/a\nsubscription:s\n") && message.endsWith("\n\nhello"), message);
        assertTrue(frames.contains("RECEIPT\nreceipt-id:r\n\n"), frames.toString());
        assertEquals(List.of(), broker.commands(MessageAck.class));

        send("ACK\nid:" + message.replaceAll("(?s).*\nack:([^\n]*)\n.*", "$1") + "\n\n\0");
        MessageAck ack = broker.commands(MessageAck.class).get(0);
        assertTrue(ack.isIndividualAck());
        assertEquals(broker.commands(Message.class).get(0).getMessageId(), ack.getLastMessageId());
    }

    @Test
    void aClientThatLeavesGetsItsReceiptsInTheirOrderAndTheEnd() throws Exception {
        start();
        send(CONNECT);
        frames.clear();
        Durability disk = broker.slowDisk();
        send("SEND\ndestination:/queue/a\nreceipt:1\n\nhello\0");
        send("DISCONNECT\nreceipt:2\n\n\0");
        assertEquals(List.of(), frames);
        assertEquals(1, broker.commands(RemoveInfo.class).size());
        assertEquals(List.of("the client disconnected"), broker.ends);

        disk.safe();
        turn();
        assertEquals(List.of("RECEIPT\nreceipt-id:1\n\n", "RECEIPT\nreceipt-id:2\n\n"), frames);
        assertEquals(CloseReason.NORMAL, closed);
    }

    @Test
    void whatIsNoFrameEndsTheSessionWithOneErrorAndNothingAfterIt() throws Exception {
        start();
        send(CONNECT);
        frames.clear();
        send("BEGIN\n\n\0SEND\ndestination:/queue/a\n\nlate\0");

        assertEquals(1, frames.size(), frames.toString());
        assertTrue(frames.get(0).startsWith("ERROR\nmessage:BEGIN needs a header transaction\n"), frames.toString());
        assertEquals(CloseReason.PROTOCOL_ERROR, closed);
        assertEquals(List.of(), broker.commands(Message.class));
        assertEquals(1, broker.commands(RemoveInfo.class).size());
        assertEquals(1, broker.ends.size());
        assertFalse(transport.isSignedIn());
    }

    @Test
    void nothingButConnectIsServedBeforeIt() throws Exception {
        start();
        send(SUBSCRIBE);

        assertTrue(
                frames.get(0).startsWith("ERROR\nversion:1.0,1.1,1.2\nmessage:expected a CONNECT frame first\n"),
                frames.toString());
        assertEquals(List.of(), broker.commands);
    }

    @Test
    void whoIsRefusedHearsWhyAndIsNotSignedIn() throws Exception {
        start();
        broker.refuse(new SecurityException("the password is wrong"));
        send(CONNECT);

        assertTrue(
                frames.get(0).startsWith("ERROR\nversion:1.0,1.1,1.2\nmessage:the password is wrong\n"),
                frames.toString());
        assertEquals(CloseReason.POLICY, closed);
        assertEquals(List.of(), broker.commands(RemoveInfo.class));
        assertEquals(1, broker.ends.size());
    }

    @Test
    void theBrokerCutsASessionWithAReason() throws Exception {
        start();
        send(CONNECT);
        frames.clear();
        ConnectionError error = new ConnectionError();
        error.setException(new SecurityException("the token has expired"));
        transport.oneway(error);
        turn();

        assertTrue(frames.get(0).startsWith("ERROR\nmessage:the token has expired\n"), frames.toString());
        assertEquals(1, broker.commands(RemoveInfo.class).size());
        transport.stop();
        turn();
        assertEquals(1, frames.size());
    }

    @Test
    void whatWasSentBeforeTheConnectionBrokeIsServedStill() throws Exception {
        start();
        send(CONNECT);
        channel.writeInbound(bytes("SEND\ndestination:/topic/a\n\nhello\0"));
        transport.disconnected();
        assertEquals(List.of(), broker.commands(Message.class));

        turn();
        assertEquals(1, broker.commands(Message.class).size());
        assertEquals(List.of("the client closed the connection"), broker.ends);
    }

    @Test
    void aConnectionThatIsRefusedBeforeItBeganHearsWhy() {
        transport.refuse("too many connections", CloseReason.TRY_AGAIN_LATER);
        turn();

        assertTrue(
                frames.get(0).startsWith("ERROR\nversion:1.0,1.1,1.2\nmessage:too many connections\n"),
                frames.toString());
        assertEquals(CloseReason.TRY_AGAIN_LATER, closed);
    }

    @Test
    void aSessionThatIsCutWhileItsThreadIsStuckIsGoneAllTheSame() throws Exception {
        start();
        send(CONNECT);
        frames.clear();
        broker.stuckWhile(() -> {
            transport.refuse("cut", CloseReason.POLICY);
            later(1_900);
            assertEquals(List.of(), broker.commands(RemoveInfo.class), "a disk may be slow");
            later(200);
            assertEquals(CloseReason.POLICY, closed, "the socket waits for no thread");
            assertEquals(1, broker.commands(RemoveInfo.class).size(), "neither does the broker");
            assertEquals(List.of("cut"), broker.ends);
        });
        send("SEND\ndestination:/queue/a\n\nhello\0");

        turn();
        assertEquals(1, broker.commands(RemoveInfo.class).size());
        assertEquals(1, broker.ends.size());
    }

    @Test
    void aSessionWhoseClientIsGoneWhileItsThreadIsStuckIsGoneToo() throws Exception {
        start();
        send(CONNECT);
        broker.stuckWhile(() -> {
            transport.disconnected();
            later(2_500);
            assertEquals(1, broker.commands(RemoveInfo.class).size());
            assertEquals(List.of("the client closed the connection"), broker.ends);
        });
        send("SEND\ndestination:/queue/a\n\nhello\0");
        assertEquals(1, broker.ends.size());
    }

    @Test
    void whileConnectIsServedNothingElseIsRead() throws Exception {
        start();
        channel.writeInbound(bytes(CONNECT));
        assertFalse(channel.config().isAutoRead());
        turn();
        assertTrue(channel.config().isAutoRead());
    }

    @Test
    void whoSendsTooFastIsNotReadForAWhileAndNotCalledSilent() throws Exception {
        channel.unfreezeTime();
        start();
        send(CONNECT);
        for (int i = 0; i < 30; i++) {
            channel.writeInbound(bytes("SEND\ndestination:/queue/a\n\nhello\0"));
        }
        assertFalse(channel.config().isAutoRead());
        transport.silent(1);
        turn();
        assertTrue(transport.isSignedIn());
        assertTrue(broker.commands(Message.class).size() < 30);

        Awaitility.await().pollInSameThread().untilAsserted(() -> {
            channel.runScheduledPendingTasks();
            turn();
            assertTrue(channel.config().isAutoRead());
            assertEquals(30, broker.commands(Message.class).size());
        });
    }

    @Test
    void ofWhatCameAtOnceNoMoreIsServedThanMayBe() throws Exception {
        channel.unfreezeTime();
        start();
        send(CONNECT);
        channel.writeInbound(bytes("SEND\ndestination:/queue/a\n\nhello\0".repeat(150)));
        assertFalse(channel.config().isAutoRead());
        turn();
        assertEquals(64, broker.commands(Message.class).size());

        Awaitility.await().pollInSameThread().untilAsserted(() -> {
            channel.runScheduledPendingTasks();
            turn();
            assertEquals(150, broker.commands(Message.class).size());
        });
    }

    @Test
    void aTrustedAccountMaySendAsFastAsItLikes() throws Exception {
        start();
        broker.trust();
        send(CONNECT);
        for (int i = 0; i < 100; i++) {
            channel.writeInbound(bytes("SEND\ndestination:/queue/a\n\nhello\0"));
        }
        assertTrue(channel.config().isAutoRead());
    }

    private void later(int milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
        look();
    }

    private void start() throws Exception {
        transport.start();
        turn();
    }

    private void send(String text) throws IOException {
        channel.writeInbound(bytes(text));
        turn();
    }

    /** Everything that can be done now is done. */
    private void turn() {
        do {
            while (!pool.isEmpty()) {
                pool.remove().run();
            }
            channel.runPendingTasks();
        } while (!pool.isEmpty());
        look();
    }

    private void look() {
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf buffer) {
                String text = buffer.toString(StandardCharsets.UTF_8);
                buffer.release();
                frames.add(text.substring(0, text.length() - 2));
            } else {
                closed = (CloseReason) out;
            }
        }
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
