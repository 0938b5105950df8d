package gatepost.transport.http;

import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.session.CallTransport;
import gatepost.transport.session.SharedResources;
import gatepost.transport.websocket.RefusedOrigins;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.flow.FlowControlHandler;
import java.net.InetSocketAddress;

/**
 * A connection on which calls are made: who calls, whose turn it is, and how long that may take. Who calls is signed in with the first
 * call, and stays so for as long as the calls come with the same credentials. Event loop only.
 */
final class CallConnection implements Caller.Listener {

    /** Whose turn it is. */
    enum State {
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

    private final ChannelHandlerContext ctx;
    private final ConnectorOptions options;
    private final SharedResources shared;
    private final Surroundings surroundings;
    private final Silence silence;
    private final CallRules rules;
    private final Caller caller;
    private State state = State.IDLE;
    private boolean calling;
    private boolean closing;

    /** @param ctx of the handler that calls come to */
    CallConnection(
            ChannelHandlerContext ctx,
            ConnectorOptions options,
            SharedResources shared,
            RefusedOrigins refusedOrigins,
            Surroundings surroundings) {
        this.ctx = ctx;
        this.options = options;
        this.shared = shared;
        this.surroundings = surroundings;
        this.silence = new Silence(ctx, options);
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        this.rules = new CallRules(options, refusedOrigins, surroundings.isTls(), peer.getAddress());
        this.caller = new Caller(options, shared, surroundings, this);
        ctx.pipeline().addBefore(ctx.name(), "one-at-a-time", new FlowControlHandler());
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    ConnectorOptions options() {
        return options;
    }

    SharedResources shared() {
        return shared;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    CallRules rules() {
        return rules;
    }

    Caller caller() {
        return caller;
    }

    /** @return the session of the last call, or {@code null} */
    CallTransport session() {
        return caller.session();
    }

    /** Whether what comes belongs to a call. */
    boolean isCalling() {
        return calling;
    }

    /** Whether there is no other call after this one. */
    boolean isClosing() {
        return closing;
    }

    boolean is(State which) {
        return state == which;
    }

    /** A call has come. */
    void begin() {
        if (!calling) {
            calling = true;
            surroundings.began(ctx.pipeline());
        }
    }

    /** What comes is no call. */
    void pass() {
        if (calling) {
            end();
            surroundings.webSocket(ctx.pipeline());
        }
        calling = false;
    }

    /** It is another's turn, who has so long as is usual for that. */
    void state(State next) {
        state = next;
        silence.expect(
                switch (next) {
                    case IDLE, READING ->
                        session() == null
                                ? options.handshakeTimeout()
                                : options.http().idle();
                    case SERVING -> 0;
                    case ANSWERING, ENDING -> options.writeTimeout();
                });
        readOn();
    }

    /** The client has sent, or is being sent, something. */
    void heard() {
        silence.heard();
    }

    /** Whoever called is gone, and nobody is waited for. */
    void end() {
        silence.stop();
        caller.end();
    }

    @Override
    public void readOn() {
        if (!calling) {
            return;
        }
        boolean waits = state == State.IDLE || state == State.READING;
        boolean pausing = session() != null && session().isPausing();
        ctx.channel().config().setAutoRead(state == State.ENDING || waits && !pausing);
    }

    @Override
    public void closed() {
        // what is being served gets its answer still
        closing = true;
        if (state == State.IDLE || state == State.READING) {
            ctx.close();
        }
    }

    /** Nothing that comes from now on is a call. */
    static void leave(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(FlowControlHandler.class) != null) {
            ctx.pipeline().remove(FlowControlHandler.class);
        }
        ctx.pipeline().remove(ctx.handler());
    }
}
