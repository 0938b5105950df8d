package gatepost.transport.http;

import gatepost.contracts.http.HttpApi;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.session.SharedResources;
import gatepost.transport.websocket.RefusedOrigins;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;

/**
 * Tells HTTP calls from what is for the WebSocket, which it lets through. One call at a time on a connection: while it is served, and
 * until the socket has taken its answer, nothing more is read. Event loop only.
 */
public final class HttpCalls extends ChannelInboundHandlerAdapter {

    private static final HttpApi NOBODY = new NoApi();

    private final ConnectorOptions options;
    private final SharedResources shared;
    private final RefusedOrigins refusedOrigins;
    private final Surroundings surroundings;
    /** {@code null} before the first call, as what follows. */
    private CallConnection connection;

    private ServedCall call;

    /** @param surroundings what of the connection is not HTTP's */
    public HttpCalls(
            ConnectorOptions options,
            SharedResources shared,
            RefusedOrigins refusedOrigins,
            Surroundings surroundings) {
        this.options = options;
        this.shared = shared;
        this.refusedOrigins = refusedOrigins;
        this.surroundings = surroundings;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean idle = connection == null || connection.is(CallConnection.State.IDLE);
        if (idle && message instanceof HttpRequest next) {
            if (options.http().isCall(HttpTarget.of(next))) {
                begin(ctx, next);
            } else {
                pass(ctx, next);
            }
        } else if (connection == null || !connection.isCalling()) {
            ctx.fireChannelRead(message);
        } else {
            try {
                if (message instanceof HttpContent content) {
                    call.take(content);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
    }

    /** No call: whoever is behind this handler knows what it is. */
    private void pass(ChannelHandlerContext ctx, HttpRequest next) {
        if (connection != null) {
            connection.pass();
        }
        ctx.fireChannelRead(next);
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        if (connection == null) {
            connection = new CallConnection(ctx, options, shared, refusedOrigins, surroundings);
        }
        connection.begin();
        call = new ServedCall(connection, shared.api().get().orElse(NOBODY), new Exchange(request));
        call.begin();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
        if (event instanceof HandshakeComplete) {
            // nothing that comes from now on is HTTP
            CallConnection.leave(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (connection != null) {
            connection.end();
        }
        ctx.fireChannelInactive();
    }
}
