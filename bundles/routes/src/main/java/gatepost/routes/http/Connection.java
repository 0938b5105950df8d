package gatepost.routes.http;

import gatepost.routes.http.HttpCounts.Outcome;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: reads a request after the other without a thread of its own, hands each that has come whole to the threads that
 * run routes, and writes what they answer. For its event loop.
 */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** WAITING: for a head; READING: its body; SERVING: a route has it; ANSWERING: the client takes it; REFUSED: the rest is dropped. */
    private enum Phase {
        WAITING,
        READING,
        SERVING,
        ANSWERING,
        REFUSED
    }

    private final Supplier<HttpSettings> settings;
    private final Paths paths;
    private final Crowd crowd;
    private final HttpCounts counts;
    private final Executor threads;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private ChannelHandlerContext context;
    private Phase phase = Phase.WAITING;
    private Future<?> deadline;
    private boolean first = true;
    private HttpRequest head;
    private URI uri;
    private Match match;

    Connection(Supplier<HttpSettings> settings, Paths paths, Crowd crowd, HttpCounts counts, Executor threads) {
        this.settings = settings;
        this.paths = paths;
        this.crowd = crowd;
        this.counts = counts;
        this.threads = threads;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        startDeadline();
        crowd.opened(this, settings.get().connectionsMax());
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel(false);
        release();
        crowd.closed(this);
        ctx.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (phase == Phase.REFUSED) {
            // closed at once, what still comes would make the system take the answer back from the client
            if (part instanceof LastHttpContent) {
                ctx.close();
            }
            return;
        }
        if (part.decoderResult().isFailure()) {
            refuse(Answer.of(400), Outcome.UNKNOWN);
            return;
        }
        if (part instanceof HttpRequest request) {
            begin(request);
        }
        if (part instanceof HttpContent content) {
            take(content);
        }
    }

    private void begin(HttpRequest request) {
        head = request;
        phase = Phase.READING;
        Optional<URI> asked = uri(request);
        if (asked.isEmpty() || request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            refuse(Answer.of(400), Outcome.UNKNOWN);
            return;
        }
        uri = asked.get();
        Optional<String> foreign =
                Callers.refusal(request.headers(), settings.get().hosts());
        Optional<Match> found = paths.find(request.method().name(), uri.getPath());
        if (foreign.isPresent()) {
            refuse(Answer.of(403, foreign.get()), Outcome.FOREIGN);
        } else if (found.isEmpty()) {
            refuse(Answer.of(paths.isKnown(uri.getPath()) ? 405 : 404), Outcome.UNKNOWN);
        } else if (HttpUtil.getContentLength(request, 0L) > settings.get().bodyMax()) {
            refuse(Answer.of(413), Outcome.TOO_LARGE);
        } else {
            match = found.get();
            if (HttpUtil.is100ContinueExpected(request)) {
                context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
        }
    }

    private void take(HttpContent content) {
        if (phase == Phase.READING) {
            int size = content.content().readableBytes();
            if (body.size() + size > settings.get().bodyMax()) {
                refuse(Answer.of(413), Outcome.TOO_LARGE);
            } else {
                append(content);
                crowd.grew(size, settings.get().bodiesMax());
            }
        }
        if (content instanceof LastHttpContent && phase == Phase.READING) {
            serve();
        } else if (content instanceof LastHttpContent && phase == Phase.REFUSED) {
            context.close();
        }
    }

    private void append(HttpContent content) {
        byte[] bytes = new byte[content.content().readableBytes()];
        content.content().readBytes(bytes);
        body.writeBytes(bytes);
    }

    private void serve() {
        phase = Phase.SERVING;
        deadline.cancel(false);
        crowd.waitsNoMore(this);
        // the next request stays with the client until this one is answered
        context.channel().config().setAutoRead(false);
        Request request = new Request(head.method().name(), uri, head.headers(), body.toByteArray());
        Match served = match;
        try {
            threads.execute(() -> {
                Answer answer = served.route().answer(request, served.variables());
                context.executor().execute(() -> answer(answer));
            });
        } catch (RejectedExecutionException e) {
            context.close(); // the listener is being shut
        }
    }

    private void answer(Answer answer) {
        release();
        counts.add(Outcome.ANSWERED);
        phase = Phase.ANSWERING;
        boolean again = HttpUtil.isKeepAlive(head);
        write(answer, again).addListener(written -> {
            if (!written.isSuccess() || !again) {
                context.close();
                return;
            }
            phase = Phase.WAITING;
            first = false;
            startDeadline();
            crowd.waits(this);
            context.channel().config().setAutoRead(true);
        });
    }

    private void refuse(Answer answer, Outcome why) {
        counts.add(why);
        release();
        phase = Phase.REFUSED;
        write(answer, false);
    }

    private ChannelFuture write(Answer answer, boolean again) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        answer.contentType().ifPresent(type -> response.headers().set(HttpHeaderNames.CONTENT_TYPE, type));
        if (answer.status() != 204 && answer.status() != 304) {
            HttpUtil.setContentLength(response, answer.body().length);
        }
        HttpUtil.setKeepAlive(response, again);
        return context.writeAndFlush(response);
    }

    /** @return bytes that it has sent of a request that is not whole */
    int bodySize() {
        return body.size();
    }

    /** Makes room for others. */
    void crowdOut() {
        boolean reading = phase == Phase.READING;
        release();
        phase = Phase.REFUSED;
        if (reading) {
            write(Answer.of(503, "There is too much to do. Send it all at once, or later."), false)
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close();
        }
    }

    private void release() {
        crowd.released(body.size());
        body.reset();
    }

    private void startDeadline() {
        deadline = context.executor()
                .schedule(this::missed, settings.get().timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void missed() {
        if (phase == Phase.READING) {
            counts.add(Outcome.TOO_SLOW);
            release();
            phase = Phase.REFUSED;
            write(Answer.of(408), false).addListener(ChannelFutureListener.CLOSE);
        } else {
            if (phase == Phase.WAITING && first) {
                counts.add(Outcome.TOO_SLOW);
            }
            context.close();
        }
    }

    /** The client has taken nothing of its answer for as long as a request may take. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && phase == Phase.ANSWERING) {
            counts.add(Outcome.TOO_SLOW);
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("a connection for routes ends: {}", cause.toString());
        ctx.close();
    }

    private static Optional<URI> uri(HttpRequest request) {
        try {
            return Optional.of(new URI(request.uri()))
                    .filter(uri -> uri.getPath() != null && uri.getPath().startsWith("/"));
        } catch (URISyntaxException e) {
            return Optional.empty(); // answered with 400
        }
    }
}
