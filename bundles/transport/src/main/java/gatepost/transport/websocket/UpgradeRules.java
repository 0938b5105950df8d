package gatepost.transport.websocket;

import gatepost.contracts.Page;
import gatepost.transport.connector.ConnectorOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Looks at the request for a WebSocket before Netty answers it: the path, version 13 and nothing else (RFC 6455, section
 * 4.4), and where the page comes from. A browser sends {@code Origin} and lets no page forge it (RFC 6455, section 10.2): it
 * has to name the host that the request goes to, or be listed; a client that is no browser sends none.
 */
public final class UpgradeRules extends ChannelInboundHandlerAdapter {

    /** What the request said of where it comes from; there once it is let through. */
    public static final AttributeKey<Page> PAGE = AttributeKey.valueOf("gatepost.page");

    private static final String VERSION = "13";

    private final ConnectorOptions options;
    private final RefusedOrigins refused;

    /** @param refused is told of pages that may not connect */
    public UpgradeRules(ConnectorOptions options, RefusedOrigins refused) {
        this.options = options;
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(message);
            return;
        }
        FullHttpResponse refusal = refusal(ctx, request);
        if (refusal == null) {
            ctx.channel().attr(PAGE).set(Pages.of(request.headers()));
            SubProtocols.leaveTheBest(request.headers());
            ctx.fireChannelRead(request);
            return;
        }
        ReferenceCountUtil.release(request);
        ctx.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
    }

    private FullHttpResponse refusal(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return answer(ctx, HttpResponseStatus.BAD_REQUEST, "The request cannot be understood.");
        }
        if (!new QueryStringDecoder(request.uri()).path().equals(options.path())) {
            return answer(
                    ctx,
                    HttpResponseStatus.NOT_FOUND,
                    "There is a WebSocket at " + options.path() + " and nothing else.");
        }
        boolean upgrade = request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (!upgrade || !VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            FullHttpResponse answer =
                    answer(ctx, HttpResponseStatus.UPGRADE_REQUIRED, "This is STOMP over WebSocket, version 13.");
            answer.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
            answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
            return answer;
        }
        Optional<String> problem = HandshakeHeaders.problem(request.headers());
        if (problem.isPresent()) {
            return answer(ctx, HttpResponseStatus.BAD_REQUEST, problem.get());
        }
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin != null
                && !Pages.isAllowed(origin, request.headers().get(HttpHeaderNames.HOST), options.origins())) {
            refused.refused(options.connector(), origin);
            return answer(ctx, HttpResponseStatus.FORBIDDEN, "Pages of this origin may not connect.");
        }
        return null;
    }

    private static FullHttpResponse answer(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
        ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), text + "\n");
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return answer;
    }
}
