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
import gatepost.transport.connector.LimitReached;
import gatepost.transport.http.CallConnection.State;
import gatepost.transport.session.CallTransport;
import gatepost.transport.websocket.Pages;
import gatepost.transport.websocket.UpgradeRules;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call from its head to its answer. Event loop only, but for what is done on the session's thread meanwhile. */
final class ServedCall {

    private static final Logger LOG = LoggerFactory.getLogger(ServedCall.class);
    /** So long a client may take to read an answer before which it was still sending, milliseconds. */
    private static final long LINGER = 1_000;

    private final CallConnection connection;
    private final ChannelHandlerContext ctx;
    private final HttpApi api;
    private final Exchange exchange;

    /** What may wait, and fail. */
    @FunctionalInterface
    private interface Work {

        HttpStep step() throws CallRefused;
    }

    ServedCall(CallConnection connection, HttpApi api, Exchange exchange) {
        this.connection = connection;
        this.ctx = connection.ctx();
        this.api = api;
        this.exchange = exchange;
    }

    /** Its head is here. */
    void begin() {
        connection.state(State.SERVING);
        try {
            exchange.require(connection.rules());
            Optional<LimitReached> tooMany = connection.surroundings().refused(ctx.channel());
            if (tooMany.isPresent()) {
                throw new CallRefused(Reason.UNAVAILABLE, tooMany.get().reason());
            }
            if (exchange.isPreflight()) {
                answer(Answers.preflight());
                return;
            }
            HttpApi.Call call = api.find(exchange.head(connection.options().http()));
            if (call.isPublic()) {
                step(call.begin(null));
            } else {
                serve(call);
            }
        } catch (CallRefused e) {
            answer(api.answer(e));
        }
    }

    private void serve(HttpApi.Call call) throws CallRefused {
        Credentials credentials = connection.rules().credentials(exchange.request());
        CallTransport session = connection.caller().session(ctx.channel(), exchange.request(), credentials);
        session.execute(() -> then(session, () -> {
            if (!session.isSignedIn()) {
                session.signIn(credentials.login(), credentials.passcode());
            }
            return call.begin(session);
        }));
    }

    /** Does that on the session's thread, and goes on here with what comes of it. */
    private void then(CallTransport session, Work work) {
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
                connection.surroundings().signedIn(ctx.pipeline());
            }
            step(step);
        });
    }

    private void step(HttpStep next) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (next instanceof HttpAnswer answer) {
            answer(answer);
        } else if (next instanceof HttpBody needed) {
            readBody(needed);
        } else if (next instanceof HttpEvents events) {
            stream(events);
        } else if (next instanceof HttpPending pending) {
            CallTransport session = connection.session();
            Durability.ofAll(pending.awaited())
                    .whenSettled(() -> session.execute(() -> then(session, pending.next()::get)));
        }
    }

    /** The connection is a session of its own from now on, as that of a WebSocket is. */
    private void stream(HttpEvents events) {
        HttpRequest request = exchange.request();
        Credentials credentials;
        try {
            credentials = connection.rules().credentials(request);
        } catch (CallRefused e) {
            answer(api.answer(e));
            return;
        }
        ctx.channel().attr(UpgradeRules.PAGE).set(Pages.of(request.headers()));
        connection.end();
        ChannelPipeline pipeline = ctx.pipeline();
        connection
                .surroundings()
                .events(
                        pipeline,
                        new EventStream(api, events.subscriptions(), exchange.origin(), request.protocolVersion()));
        CallConnection.leave(ctx);
        pipeline.fireUserEventTriggered(EventStream.Begins.with(credentials));
    }

    private void readBody(HttpBody needed) {
        try {
            exchange.want(needed, connection.options().http().bodySize());
        } catch (CallRefused e) {
            refuseBody(e);
            return;
        }
        if (HttpUtil.is100ContinueExpected(exchange.request())) {
            ctx.writeAndFlush(Answers.goOn());
        }
        connection.state(State.READING);
    }

    /** A part of its body has come, whether anybody wants it or not; the caller gives it back. */
    void take(HttpContent content) {
        connection.heard();
        exchange.came(content);
        if (!connection.is(State.READING)) {
            return;
        }
        CallTransport session = connection.session();
        try {
            session.count(content.content().readableBytes());
            exchange.add(content);
            // until it is served
            session.keepUnfinished(exchange.size());
        } catch (CallRefused e) {
            refuseBody(e);
            return;
        }
        if (exchange.isWhole()) {
            byte[] body = exchange.takeBody();
            HttpBody.Next wanted = exchange.wanted();
            connection.state(State.SERVING);
            session.execute(() -> then(session, () -> wanted.take(body)));
        } else {
            connection.readOn();
        }
    }

    private void refuseBody(CallRefused e) {
        if (e.reason() != Reason.MALFORMED) {
            connection
                    .shared()
                    .metrics()
                    .limitReached(e.reason() == Reason.TOO_LARGE ? "http.body.max" : "unfinished.per.user");
        }
        answer(api.answer(e));
    }

    private void answer(HttpAnswer answer) {
        if (connection.session() != null) {
            connection.session().served();
        }
        boolean last = connection.isClosing() || exchange.isLast(answer);
        connection.shared().metrics().called(answer.status());
        connection.state(last ? State.ENDING : State.ANSWERING);
        ctx.writeAndFlush(exchange.response(answer, last)).addListener((ChannelFutureListener) written -> {
            if (!written.isSuccess()) {
                ctx.close();
            } else if (last) {
                end();
            } else {
                connection.state(State.IDLE);
            }
        });
        connection.heard();
    }

    private void end() {
        if (exchange.isBodyLeft()) {
            // closing at once while the client still sends would reset the connection and lose the answer on its way
            ctx.executor().schedule(() -> ctx.close(), LINGER, TimeUnit.MILLISECONDS);
        } else {
            ctx.close();
        }
    }
}
