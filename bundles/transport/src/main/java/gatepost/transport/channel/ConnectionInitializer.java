package gatepost.transport.channel;

import gatepost.contracts.Scheme;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.frame.FrameDecoder;
import gatepost.transport.http.HttpCalls;
import gatepost.transport.metrics.ConnectionMeter;
import gatepost.transport.session.SharedResources;
import gatepost.transport.tls.TlsContext;
import gatepost.transport.websocket.ControlFrames;
import gatepost.transport.websocket.RefusedOrigins;
import gatepost.transport.websocket.UpgradeRules;
import gatepost.transport.websocket.WebSocketBytes;
import gatepost.transport.websocket.WebSocketUpgrade;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.activemq.transport.Transport;

/** Builds the pipeline of a connection, the same for TCP and WebSocket but for what unwraps the bytes. */
final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

    private static final int HTTP_LINE = 4096;
    private static final int HTTP_HEADERS = 16_384;
    private static final int HTTP_PART = 8192;
    /** Of a request for a WebSocket, which has none. */
    private static final int HTTP_BODY = 1024;

    private static final List<String> OF_WEB_SOCKETS =
            List.of("request", "rules", "control-frames", "upgrade", "bytes");

    private final Scheme scheme;
    private final Supplier<ConnectorOptions> options;
    private final Supplier<TlsContext> tls;
    private final Admission admission;
    private final SharedResources shared;
    private final RefusedOrigins refusedOrigins;
    private final Consumer<Transport> accept;
    private final WebSocketUpgrade.Source upgrades = new WebSocketUpgrade.Source();

    /**
     * @param tls gives the TLS context, or {@code null} for a scheme without TLS
     * @param accept hands a connection to the broker
     */
    ConnectionInitializer(
            Scheme scheme,
            Supplier<ConnectorOptions> options,
            Supplier<TlsContext> tls,
            Admission admission,
            SharedResources shared,
            Consumer<Transport> accept) {
        this.scheme = scheme;
        this.options = options;
        this.tls = tls;
        this.admission = admission;
        this.shared = shared;
        this.refusedOrigins = new RefusedOrigins(shared.metrics());
        this.accept = accept;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        ConnectorOptions current = options.get();
        TlsContext context = tls.get();
        FrameDecoder decoder = new FrameDecoder(current.frame());
        Optional<ControlFrames> webSocket = scheme.isWebSocket() ? Optional.of(new ControlFrames()) : Optional.empty();
        UnfinishedBytes unfinished = new UnfinishedBytes(decoder, webSocket);
        SessionHandler session = new SessionHandler(scheme, current, shared, unfinished, accept);
        ConnectionMeter meter = new ConnectionMeter(shared.metrics(), current.connector());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("wire-meter", meter.atSocket());
        pipeline.addLast("admission", new AdmissionHandler(admission, current, shared.metrics()));
        pipeline.addLast("deadline", session.deadline());
        if (context != null) {
            SslHandler handler = context.current().newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(current.handshakeTimeout());
            pipeline.addLast("tls", handler);
        }
        pipeline.addLast("allowance", session.allowance());
        pipeline.addLast("unfinished", unfinished);
        if (webSocket.isPresent()) {
            pipeline.addLast("http", new HttpServerCodec(HTTP_LINE, HTTP_HEADERS, HTTP_PART));
            pipeline.addLast("calls", calls(meter, current));
            pipeline.addLast("request", new HttpObjectAggregator(HTTP_BODY, true));
            pipeline.addLast("rules", new UpgradeRules(current, refusedOrigins));
            pipeline.addLast("control-frames", webSocket.get());
            pipeline.addLast("upgrade", upgrades.next(current));
            pipeline.addLast("bytes", new WebSocketBytes());
        } else {
            pipeline.addLast("closing", new TcpClosing());
        }
        pipeline.addLast("frames", decoder);
        pipeline.addLast("frame-meter", meter.atSession());
        pipeline.addLast("session", session);
    }

    /** Takes out what makes a WebSocket of a connection, and puts something in its place. */
    static void withoutWebSocket(ChannelPipeline pipeline, ChannelHandler instead) {
        OF_WEB_SOCKETS.forEach(pipeline::remove);
        pipeline.addBefore("frames", "events", instead);
    }

    private HttpCalls calls(ConnectionMeter meter, ConnectorOptions current) {
        return new HttpCalls(current, shared, refusedOrigins, new CallSurroundings(scheme, meter, accept));
    }
}
