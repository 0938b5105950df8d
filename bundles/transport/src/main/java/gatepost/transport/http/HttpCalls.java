package gatepost.transport.http;

import gatepost.contracts.Durability;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpApi;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpEvents;
import gatepost.contracts.http.HttpPending;
import gatepost.contracts.http.HttpStep;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.session.CallTransport;
import gatepost.transport.session.SharedResources;
import gatepost.transport.websocket.Pages;
import gatepost.transport.websocket.RefusedOrigins;
import gatepost.transport.websocket.UpgradeRules;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
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
    private Caller caller;
    private State state = State.IDLE;
    private boolean calling;
    /** Whether there is no other call after this one. */
    private boolean closing;

    private HttpApi api;
    private Exchange exchange;

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
            caller.end();
            surroundings.webSocket(ctx.pipeline());
        }
        calling = false;
        ctx.fireChannelRead(next);
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        if (!calling) {
            calling = true;
            prepare(ctx);
        }
        api = shared.api().get().orElse(NOBODY);
        exchange = new Exchange(request);
        state(ctx, State.SERVING);
        try {
            exchange.require(rules);
            Optional<LimitReached> tooMany = surroundings.refused(ctx.channel());
            if (tooMany.isPresent()) {
                throw new CallRefused(Reason.UNAVAILABLE, tooMany.get().reason());
            }
            if (exchange.isPreflight()) {
                answer(ctx, Answers.preflight());
                return;
            }
            HttpApi.Call call = api.find(exchange.head(options.http()));
            if (call.isPublic()) {
                step(ctx, call.begin(null));
            } else {
                serve(ctx, call);
            }
        } catch (CallRefused e) {
            answer(ctx, api.answer(e));
        }
    }

    private void prepare(ChannelHandlerContext ctx) {
        surroundings.began(ctx.pipeline());
        if (caller != null) {
            return;
        }
        silence = new Silence(ctx, options);
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        rules = new CallRules(options, refusedOrigins, surroundings.isTls(), peer.getAddress());
        caller = new Caller(options, shared, surroundings, new Caller.Listener() {
            @Override
            public void readOn() {
                read(ctx);
            }

            @Override
            public void closed() {
                // what is being served gets its answer still
                closing = true;
                if (state == State.IDLE || state == State.READING) {
                    ctx.close();
                }
            }
        });
        ctx.pipeline().addBefore(ctx.name(), "one-at-a-time", new FlowControlHandler());
    }

    private void serve(ChannelHandlerContext ctx, HttpApi.Call call) throws CallRefused {
        Credentials credentials = rules.credentials(exchange.request());
        CallTransport session = caller.session(ctx.channel(), exchange.request(), credentials);
        session.execute(() -> then(ctx, session, () -> {
            if (!session.isSignedIn()) {
                session.signIn(credentials.login(), credentials.passcode());
            }
            return call.begin(session);
        }));
    }

    /** What may wait, and fail. */
    @FunctionalInterface
    private interface Work {

        HttpStep step() throws CallRefused;
    }

    /** Does that on the session's thread, and goes on here with what comes of it. */
    private void then(ChannelHandlerContext ctx, CallTransport session, Work work) {
        HttpStep next;
        try {
            next = work.step();
        } catch (CallRefused e) {
            next = api.answer(e);
        } catch (RuntimeException e) {
            LOG.error("a call of {} failed", session.getRemoteAddress(), e);
            next = api.answer(new CallRefused(Reason.FAILED, "the call failed inside Gatepost"));
        }
        HttpStep step = next;
        ctx.executor().execute(() -> {
            if (session.isSignedIn()) {
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
        } else if (next instanceof HttpEvents events) {
            stream(ctx, events);
        } else if (next instanceof HttpPending pending) {
            CallTransport session = caller.session();
            Durability.ofAll(pending.awaited())
                    .whenSettled(() -> session.execute(() -> then(ctx, session, pending.next()::get)));
        }
    }

    /** The connection is a session of its own from now on, as that of a WebSocket is. */
    private void stream(ChannelHandlerContext ctx, HttpEvents events) {
        HttpRequest request = exchange.request();
        Credentials credentials;
        try {
            credentials = rules.credentials(request);
        } catch (CallRefused e) {
            answer(ctx, api.answer(e));
            return;
        }
        ctx.channel().attr(UpgradeRules.PAGE).set(Pages.of(request.headers()));
        silence.stop();
        caller.end();
        ChannelPipeline pipeline = ctx.pipeline();
        surroundings.events(
                pipeline, new EventStream(api, events.subscriptions(), exchange.origin(), request.protocolVersion()));
        leave(ctx);
        pipeline.fireUserEventTriggered(EventStream.Begins.with(credentials));
    }

    private void leave(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(FlowControlHandler.class) != null) {
            ctx.pipeline().remove(FlowControlHandler.class);
        }
        ctx.pipeline().remove(this);
    }

    private void readBody(ChannelHandlerContext ctx, HttpBody needed) {
        try {
            exchange.want(needed, options.http().bodySize());
        } catch (CallRefused e) {
            refuseBody(ctx, e);
            return;
        }
        if (HttpUtil.is100ContinueExpected(exchange.request())) {
            ctx.writeAndFlush(Answers.goOn());
        }
        state(ctx, State.READING);
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        silence.heard();
        exchange.came(content);
        if (state != State.READING) {
            return;
        }
        CallTransport session = caller.session();
        try {
            session.count(content.content().readableBytes());
            exchange.add(content);
            // until it is served
            session.keepUnfinished(exchange.size());
        } catch (CallRefused e) {
            refuseBody(ctx, e);
            return;
        }
        if (exchange.isWhole()) {
            byte[] body = exchange.takeBody();
            HttpBody.Next wanted = exchange.wanted();
            state(ctx, State.SERVING);
            session.execute(() -> then(ctx, session, () -> wanted.take(body)));
        } else {
            read(ctx);
        }
    }

    private void refuseBody(ChannelHandlerContext ctx, CallRefused e) {
        if (e.reason() != Reason.MALFORMED) {
            shared.metrics().limitReached(e.reason() == Reason.TOO_LARGE ? "http.body.max" : "unfinished.per.user");
        }
        answer(ctx, api.answer(e));
    }

    private void answer(ChannelHandlerContext ctx, HttpAnswer answer) {
        if (caller.session() != null) {
            caller.session().served();
        }
        boolean last = closing || exchange.isLast(answer);
        shared.metrics().called(answer.status());
        state(ctx, last ? State.ENDING : State.ANSWERING);
        ctx.writeAndFlush(exchange.response(answer, last)).addListener((ChannelFutureListener) written -> {
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

    private void end(ChannelHandlerContext ctx) {
        if (exchange.isBodyLeft()) {
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
                        caller.session() == null
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
        boolean pausing = caller.session() != null && caller.session().isPausing();
        ctx.channel().config().setAutoRead(state == State.ENDING || waits && !pausing);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
        if (event instanceof HandshakeComplete) {
            // nothing that comes from now on is HTTP
            leave(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (caller != null) {
            caller.end();
            silence.stop();
        }
        ctx.fireChannelInactive();
    }
}
