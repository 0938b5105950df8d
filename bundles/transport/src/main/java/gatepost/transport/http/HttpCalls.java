package gatepost.transport.http;

import gatepost.contracts.Client;
import gatepost.contracts.Page;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpApi;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.session.CallTransport;
import gatepost.transport.session.SharedResources;
import gatepost.transport.websocket.Pages;
import gatepost.transport.websocket.RefusedOrigins;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP calls, and lets through what is for the WebSocket. One call at a time on a connection: while it is served, and until the
 * socket has taken its answer, nothing more is read. Who calls is signed in with the first call, and stays so for as long as the
 * calls come with the same credentials. Event loop only.
 */
public final class HttpCalls extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpCalls.class);
    /** So long a client may take to read an answer before which it was still sending, milliseconds. */
    private static final long LINGER = 1_000;

    private static final byte[] NOTHING = {};
    private static final HttpApi NOBODY = new NoApi();

    private enum State {
        /** The next call may come. */
        IDLE,
        /** The call is in the session's hands. */
        SERVING,
        /** Its body comes. */
        READING,
        /** The answer goes. */
        ANSWERING,
        /** The connection ends, and what still comes is dropped. */
        ENDING
    }

    private final ConnectorOptions options;
    private final SharedResources shared;
    private final RefusedOrigins refusedOrigins;
    private final Surroundings surroundings;
    private Silence silence;
    private CallRules rules;
    private State state = State.IDLE;
    private boolean calling;
    /** Whether there is no other call after this one. */
    private boolean closing;

    private HttpRequest request;
    private Optional<String> origin = Optional.empty();
    private HttpApi api;
    private Body body;
    private HttpBody wanted;
    /** Whether all of the request has been read. */
    private boolean whole;

    private CallTransport session;
    private Page sessionsPage;
    private byte[] sessionsCredentials = NOTHING;

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
        if (state == State.IDLE && message instanceof HttpRequest next) {
            if (options.http().isCall(HttpTarget.of(next))) {
                api = shared.api().get().orElse(NOBODY);
                begin(ctx, next);
            } else {
                pass(ctx, next);
            }
        } else if (!calling) {
            ctx.fireChannelRead(message);
        } else {
            try {
                if (message instanceof HttpContent content) {
                    take(ctx, content);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
    }

    /** No call: whoever is behind this handler knows what it is. */
    private void pass(ChannelHandlerContext ctx, HttpRequest next) {
        if (calling) {
            silence.stop();
            endSession();
            surroundings.webSocket(ctx.pipeline());
        }
        calling = false;
        ctx.fireChannelRead(next);
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest next) {
        if (!calling) {
            calling = true;
            surroundings.began(ctx.pipeline());
            silence = silence == null ? new Silence(ctx, options) : silence;
            rules = rules == null ? rules(ctx) : rules;
            if (ctx.pipeline().get(FlowControlHandler.class) == null) {
                ctx.pipeline().addBefore(ctx.name(), "one-at-a-time", new FlowControlHandler());
            }
        }
        request = next;
        body = null;
        wanted = null;
        whole = false;
        origin = Optional.empty();
        state(ctx, State.SERVING);
        try {
            requireReadable(next);
            rules.require(next);
            origin = Optional.ofNullable(next.headers().get(HttpHeaderNames.ORIGIN));
            Optional<LimitReached> tooMany = surroundings.refused(ctx.channel());
            if (tooMany.isPresent()) {
                throw new CallRefused(Reason.UNAVAILABLE, tooMany.get().reason());
            }
            if (isPreflight(next)) {
                answer(ctx, Answers.preflight());
                return;
            }
            HttpApi.Call call = api.find(head(next));
            if (call.isPublic()) {
                step(ctx, call.begin(null));
            } else {
                serve(ctx, call);
            }
        } catch (CallRefused e) {
            answer(ctx, api.answer(e));
        }
    }

    private CallRules rules(ChannelHandlerContext ctx) {
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        return new CallRules(options, refusedOrigins, surroundings.isTls(), peer.getAddress());
    }

    private static void requireReadable(HttpRequest request) throws CallRefused {
        Throwable fault = request.decoderResult().cause();
        if (fault instanceof TooLongFrameException) {
            throw new CallRefused(Reason.TOO_LARGE, "the request line or its headers are too long");
        }
        if (fault != null) {
            throw new CallRefused(Reason.MALFORMED, "the request cannot be understood");
        }
    }

    private static boolean isPreflight(HttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ORIGIN)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private HttpHead head(HttpRequest of) {
        Map<String, String> headers = new HashMap<>();
        of.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        // nobody but the rules has to know them
        headers.remove(HttpHeaderNames.AUTHORIZATION.toString());
        String target = HttpTarget.of(of).substring(options.http().path().length());
        return new HttpHead(of.method().name(), target, headers);
    }

    private void serve(ChannelHandlerContext ctx, HttpApi.Call call) throws CallRefused {
        Credentials credentials = rules.credentials(request.headers());
        CallTransport of = session(ctx);
        of.execute(() -> then(ctx, of, () -> {
            if (!of.isSignedIn()) {
                of.signIn(credentials.login(), credentials.passcode());
            }
            return call.begin(of);
        }));
    }

    /** @return that of the last call, if this one comes from the same */
    private CallTransport session(ChannelHandlerContext ctx) {
        Page page = Pages.of(request.headers());
        byte[] fingerprint = Credentials.fingerprint(request.headers().get(HttpHeaderNames.AUTHORIZATION));
        if (session == null
                || !session.isSignedIn()
                || !page.equals(sessionsPage)
                || !MessageDigest.isEqual(fingerprint, sessionsCredentials)) {
            endSession();
            Client client = surroundings.client(ctx.channel(), page);
            session = new CallTransport(
                    ctx.channel(),
                    surroundings.address(ctx.channel(), page),
                    client,
                    options,
                    shared,
                    () -> read(ctx),
                    () -> ctx.executor().execute(() -> closed(ctx)));
            sessionsPage = page;
            sessionsCredentials = fingerprint;
            surroundings.accept(session);
        }
        return session;
    }

    private void endSession() {
        if (session != null) {
            session.end();
            session = null;
        }
    }

    /** The connector closes: what is being served gets its answer still. */
    private void closed(ChannelHandlerContext ctx) {
        closing = true;
        if (state == State.IDLE || state == State.READING) {
            ctx.close();
        }
    }

    /** What may wait, and fail. */
    @FunctionalInterface
    private interface Work {

        HttpStep step() throws CallRefused;
    }

    /** Does that on the session's thread, and goes on here with what comes of it. */
    private void then(ChannelHandlerContext ctx, CallTransport of, Work work) {
        HttpStep next;
        try {
            next = work.step();
        } catch (CallRefused e) {
            next = api.answer(e);
        } catch (RuntimeException e) {
            LOG.error("a call of {} failed", of.getRemoteAddress(), e);
            next = api.answer(new CallRefused(Reason.FAILED, "the call failed inside Gatepost"));
        }
        HttpStep step = next;
        ctx.executor().execute(() -> {
            if (of.isSignedIn()) {
                surroundings.signedIn(ctx.pipeline());
            }
            step(ctx, step);
        });
    }

    private void step(ChannelHandlerContext ctx, HttpStep next) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (next instanceof HttpAnswer answer) {
            answer(ctx, answer);
        } else if (next instanceof HttpBody needed) {
            readBody(ctx, needed);
        } else if (next instanceof HttpPending pending) {
            CallTransport of = session;
            Awaited.all(pending.awaited(), () -> of.execute(() -> then(ctx, of, pending.next()::get)));
        }
    }

    private void readBody(ChannelHandlerContext ctx, HttpBody needed) {
        wanted = needed;
        body = new Body(options.http().bodySize());
        try {
            body.announce(HttpUtil.getContentLength(request, 0L));
        } catch (CallRefused e) {
            tooLarge(ctx, e);
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(Answers.goOn());
        }
        state(ctx, State.READING);
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        silence.heard();
        whole |= content instanceof LastHttpContent;
        if (state != State.READING) {
            return;
        }
        try {
            int size = content.content().readableBytes();
            session.count(size);
            body.add(content.content());
            session.keepUnfinished(whole ? 0 : body.size());
        } catch (CallRefused e) {
            tooLarge(ctx, e);
            return;
        }
        if (!content.decoderResult().isSuccess()) {
            answer(ctx, api.answer(new CallRefused(Reason.MALFORMED, "the body cannot be understood")));
        } else if (whole) {
            byte[] bytes = body.bytes();
            body = null;
            HttpBody needed = wanted;
            CallTransport of = session;
            state(ctx, State.SERVING);
            of.execute(() -> then(ctx, of, () -> needed.next().take(bytes)));
        } else {
            read(ctx);
        }
    }

    private void tooLarge(ChannelHandlerContext ctx, CallRefused e) {
        shared.metrics().limitReached(e.reason() == Reason.TOO_LARGE ? "http.body.max" : "unfinished.per.user");
        answer(ctx, api.answer(e));
    }

    private void answer(ChannelHandlerContext ctx, HttpAnswer answer) {
        if (session != null) {
            session.countCall();
        }
        body = null;
        boolean refused = answer.status() == Reason.NOT_SIGNED_IN.status();
        // a body that nobody has read ends the connection, and so does a guess
        boolean last = closing || !HttpUtil.isKeepAlive(request) || refused || isBodyLeft();
        shared.metrics().called(answer.status());
        state(ctx, last ? State.ENDING : State.ANSWERING);
        FullHttpResponse response = Answers.of(answer, origin, last);
        if (!last && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            // without it, such a client waits for the end (RFC 9112, section 9.3)
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        ctx.writeAndFlush(response).addListener((ChannelFutureListener) written -> {
            if (!written.isSuccess()) {
                ctx.close();
            } else if (last) {
                end(ctx);
            } else {
                state(ctx, State.IDLE);
            }
        });
        silence.heard();
    }

    private boolean isBodyLeft() {
        // of a request that cannot be understood nobody knows where it ends, and its length may be no number
        return !whole
                && (request.decoderResult().isFailure()
                        || HttpUtil.isTransferEncodingChunked(request)
                        || HttpUtil.getContentLength(request, 0L) > 0);
    }

    private void end(ChannelHandlerContext ctx) {
        if (isBodyLeft()) {
            // closing at once while the client still sends would reset the connection and lose the answer on its way
            ctx.executor().schedule(() -> ctx.close(), LINGER, TimeUnit.MILLISECONDS);
        } else {
            ctx.close();
        }
    }

    private void state(ChannelHandlerContext ctx, State next) {
        state = next;
        silence.expect(
                switch (next) {
                    case IDLE, READING ->
                        session == null
                                ? options.handshakeTimeout()
                                : options.http().idle();
                    case SERVING -> 0;
                    case ANSWERING, ENDING -> options.writeTimeout();
                });
        read(ctx);
    }

    private void read(ChannelHandlerContext ctx) {
        if (!calling) {
            return;
        }
        boolean waits = state == State.IDLE || state == State.READING;
        boolean reading = state == State.ENDING || waits && (session == null || !session.isPausing());
        ctx.channel().config().setAutoRead(reading);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
        if (event instanceof HandshakeComplete) {
            // nothing that comes from now on is HTTP
            if (ctx.pipeline().get(FlowControlHandler.class) != null) {
                ctx.pipeline().remove(FlowControlHandler.class);
            }
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endSession();
        if (silence != null) {
            silence.stop();
        }
        ctx.fireChannelInactive();
    }
}
