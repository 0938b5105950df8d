package gatepost.console.monitor;

import gatepost.console.monitor.Monitor.Answer;
import gatepost.console.monitor.Monitor.Asker;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one monitor, one request at a time. Whatever a monitor does not send ends the connection. */
final class ProbeConnection extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeConnection.class);
    /** More than the minute in which Prometheus asks by default. */
    private static final long IDLE_SECONDS = 75;

    private final Monitor monitor;
    private final ProbeConnections connections;
    private final Function<String, Executor> executors;
    private boolean answering;
    private Future<?> deadline;

    /** @param executors which of them answers a path */
    ProbeConnection(Monitor monitor, ProbeConnections connections, Function<String, Executor> executors) {
        this.monitor = monitor;
        this.connections = connections;
        this.executors = executors;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        waitsForRequest(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.gone(context.channel());
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    /** So long for a whole request and its answer to go: bytes that drip in are none. */
    private void waitsForRequest(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = context.executor().schedule(() -> context.close(), IDLE_SECONDS, TimeUnit.SECONDS);
        connections.waits(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (!(part instanceof HttpRequest request)) {
            return; // the end of a request without a body
        }
        if (answering) {
            context.close(); // nobody who watches asks before the answer has come
            return;
        }
        answering = true;
        Optional<Answer> refusal = refusal(request);
        if (refusal.isPresent()) {
            answer(context, refusal.get(), false);
            return;
        }
        String path = path(request);
        Asker asker = asker(context, request);
        boolean stays = HttpUtil.isKeepAlive(request);
        try {
            executors.apply(path).execute(() -> answer(context, told(path, asker), stays));
        } catch (RejectedExecutionException e) {
            answer(context, Answer.text(503, "Too many ask for this."), false);
        }
    }

    private Answer told(String path, Asker asker) {
        try {
            return monitor.answer(path, asker);
        } catch (RuntimeException e) {
            LOG.error("{} could not be answered", path, e);
            return Answer.text(500, "This could not be answered: the log says why.");
        }
    }

    private static Optional<Answer> refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(Answer.text(400, "This is no request that can be read."));
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            return Optional.of(Answer.text(405, "There is nothing here but to be read."));
        }
        return HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) != 0
                ? Optional.of(Answer.text(400, "A request that reads has no body."))
                : Optional.empty();
    }

    private static String path(HttpRequest request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    private static Asker asker(ChannelHandlerContext context, HttpRequest request) {
        InetSocketAddress from = (InetSocketAddress) context.channel().remoteAddress();
        return new Asker(
                from.getAddress(),
                request.headers().get(HttpHeaderNames.HOST),
                request.headers().names());
    }

    private void answer(ChannelHandlerContext context, Answer answer, boolean stays) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff");
        HttpUtil.setKeepAlive(response, stays);
        context.executor().execute(() -> {
            answering = false;
            context.writeAndFlush(response)
                    .addListener(stays ? written -> waitsForRequest(context) : ChannelFutureListener.CLOSE);
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a monitor's connection ended", cause);
        context.close();
    }
}
