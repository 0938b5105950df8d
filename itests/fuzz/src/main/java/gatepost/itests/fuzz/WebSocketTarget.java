package gatepost.itests.fuzz;

import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.websocket.ControlFrames;
import gatepost.transport.websocket.RefusedOrigins;
import gatepost.transport.websocket.UpgradeRules;
import gatepost.transport.websocket.WebSocketBytes;
import gatepost.transport.websocket.WebSocketUpgrade;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.ConfigurationException;

/**
 * What comes after a WebSocket's handshake: the frames, the PINGs, the end and its reason are the same wherever the bytes are cut. An
 * input that begins with {@code GET} is a handshake of its own. Nothing but a broken protocol is thrown, and nothing stays in memory.
 */
public final class WebSocketTarget {

    private static final ConnectorOptions OPTIONS = options();
    private static final RefusedOrigins REFUSED = new RefusedOrigins(new TransportMetrics(new OpenSockets()));
    private static final WebSocketUpgrade.Source UPGRADES = new WebSocketUpgrade.Source();
    private static final byte[] HANDSHAKE = """
            GET /stomp HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);

    private WebSocketTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> whole = events(input, Cuts.none(input));
        List<String> each = events(input, Cuts.each(input));
        List<String> some = events(input, Cuts.some(input));
        // nobody may send a frame before the handshake was answered (RFC 6455, section 4.1): what comes with it may be
        // passed over
        if (!isHandshake(input)) {
            Same.check("what a WebSocket brings", whole, each);
            Same.check("what a WebSocket brings", whole, some);
        }
    }

    private static List<String> events(byte[] input, List<byte[]> pieces) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        Events events = new Events();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(4096, 16_384, 1024),
                        new HttpObjectAggregator(1024, true),
                        new UpgradeRules(OPTIONS, REFUSED),
                        new ControlFrames(),
                        UPGRADES.next(OPTIONS),
                        new WebSocketBytes(),
                        new FrameDecoder(OPTIONS.frame()),
                        events);
        if (!isHandshake(input)) {
            write(channel, HANDSHAKE);
        }
        for (byte[] piece : pieces) {
            if (events.ended || !channel.isActive()) {
                break;
            }
            write(channel, piece);
        }
        events.seen.add(channel.isActive() ? "open" : "closed");
        channel.finishAndReleaseAll();
        long left = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
        if (left != 0) {
            throw new AssertionError(left + " bytes of buffers are left behind");
        }
        return events.seen;
    }

    private static boolean isHandshake(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1).startsWith("GET");
    }

    private static void write(EmbeddedChannel channel, byte[] bytes) {
        ByteBuf buffer = channel.alloc().buffer(Math.max(1, bytes.length)).writeBytes(bytes);
        channel.writeInbound(buffer);
        channel.runPendingTasks();
    }

    private static ConnectorOptions options() {
        try {
            return ConnectorOptions.of(Map.ofEntries(
                    Map.entry("connector", "fuzz"),
                    Map.entry("path", "/stomp"),
                    Map.entry("origins", new String[0]),
                    Map.entry("http.path", "/gatepost"),
                    Map.entry("http.query.token", false),
                    Map.entry("http.body.max", 1000),
                    Map.entry("http.idle", 60_000),
                    Map.entry("connections.max", 10),
                    Map.entry("connections.anonymous.max", 10),
                    Map.entry("connections.per.address", 0),
                    Map.entry("proxies", new String[0]),
                    Map.entry("connect.size.max", 16_384),
                    Map.entry("subscriptions.max", 10),
                    Map.entry("frame.size.max", 4 << 10),
                    Map.entry("headers.max", 20),
                    Map.entry("header.length.max", 512),
                    Map.entry("transactions.max", 3),
                    Map.entry("transaction.size.max", 1000),
                    Map.entry("subscriptions.per.user", 20),
                    Map.entry("temporary.per.user", 20),
                    Map.entry("transaction.size.per.user", 2000),
                    Map.entry("unfinished.per.user", 100_000),
                    Map.entry("rate.messages", 0),
                    Map.entry("rate.bytes", 0),
                    Map.entry("rate.user.messages", 0),
                    Map.entry("rate.user.bytes", 0),
                    Map.entry("rate.burst", 1),
                    Map.entry("handshake.timeout", 60_000),
                    Map.entry("connect.timeout", 60_000),
                    Map.entry("write.timeout", 60_000),
                    Map.entry("outbound.max", 1000),
                    Map.entry("prefetch.auto", 10),
                    Map.entry("prefetch.client", 10),
                    Map.entry("heartbeat.send", 0),
                    Map.entry("heartbeat.receive", 0),
                    Map.entry("tls.certificate", ""),
                    Map.entry("tls.key", ""),
                    Map.entry("tls.password", ""),
                    Map.entry("tls.protocols", new String[0])));
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes what the session would take. */
    private static final class Events extends ChannelInboundHandlerAdapter {

        private final List<String> seen = new ArrayList<>();
        private boolean ended;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (ended) {
                ReferenceCountUtil.release(message);
            } else if (message instanceof Frame frame) {
                seen.add(frame.command() + frame.headers() + Base64.getEncoder().encodeToString(frame.body()));
            } else {
                seen.add("malformed");
                ended = true;
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (ended) {
                return;
            }
            if (event instanceof ControlFrames.Ping ping) {
                seen.add("ping " + ByteBufUtil.hexDump(ping.payload()));
            } else if (event instanceof ControlFrames.Goodbye goodbye) {
                seen.add("goodbye " + goodbye.code());
                ended = true;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!(cause instanceof CorruptedWebSocketFrameException)) {
                throw new AssertionError("thrown: " + cause, cause);
            }
            if (!ended) {
                seen.add("corrupted");
                ended = true;
            }
        }
    }
}
