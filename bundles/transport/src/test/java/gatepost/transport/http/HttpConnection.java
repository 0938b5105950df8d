package gatepost.transport.http;

import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.contracts.Page;
import gatepost.contracts.SignInDenied;
import gatepost.transport.Options;
import gatepost.transport.connector.LimitReached;
import gatepost.transport.frame.Frame;
import gatepost.transport.metrics.OpenSockets;
import gatepost.transport.metrics.TransportMetrics;
import gatepost.transport.session.CallTransport;
import gatepost.transport.session.SharedResources;
import gatepost.transport.session.UserShares;
import gatepost.transport.websocket.RefusedOrigins;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.ConnectionError;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ExceptionResponse;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.DefaultTransportListener;

/** A connection of loopback on which calls are made, with a broker that lets in whose password is not {@code wrong}. */
final class HttpConnection implements Surroundings {

    final StandInApi api = new StandInApi();
    /** Each sign-in, in order. */
    final List<String> signedIn = new ArrayList<>();
    /** Sessions that the broker was given. */
    final List<CallTransport> sessions = new ArrayList<>();
    /** What was left to those behind. */
    final List<Object> passed = new ArrayList<>();
    /** Work of sessions that is not done yet, while it is held. */
    final Queue<Runnable> held = new ArrayDeque<>();

    boolean holding;
    /** What its surroundings hear. */
    final List<String> events = new ArrayList<>();

    Optional<LimitReached> tooMany = Optional.empty();
    private final EmbeddedChannel channel;
    private final UserShares users;

    HttpConnection(Object... options) {
        this(Optional.empty(), options);
    }

    /** @return one more of the same connector */
    HttpConnection another(Object... options) {
        return new HttpConnection(Optional.of(users), options);
    }

    private HttpConnection(Optional<UserShares> shares, Object... options) {
        TransportMetrics metrics = new TransportMetrics(new OpenSockets());
        channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress("127.0.0.1", 4711);
            }
        };
        channel.freezeTime();
        users = shares.orElseGet(() -> new UserShares(channel.eventLoop()));
        SharedResources shared = new SharedResources(
                task -> {
                    if (holding) {
                        held.add(task);
                    } else {
                        task.run();
                    }
                },
                Runnable::run,
                metrics,
                users,
                () -> Optional.of(api),
                Optional::empty);
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpCalls(Options.with(options), shared, new RefusedOrigins(metrics), this))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        passed.add(
                                message instanceof Frame frame
                                        ? frame.command() + " " + new TreeMap<>(frame.headers())
                                        : message.getClass().getSimpleName());
                        ReferenceCountUtil.release(message);
                    }

                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        if (event instanceof EventStream.Begins begins) {
                            channelRead(ctx, begins.connect());
                        }
                    }
                });
    }

    /** The client sends that; each line end is that of HTTP. */
    void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text.replace("\n", "\r\n"), StandardCharsets.UTF_8));
        channel.runPendingTasks();
    }

    /** @return all that was sent to the client since, with line ends as here */
    String received() {
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return text.toString().replace("\r\n", "\n");
    }

    void passes(long milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    /** The pool comes to what it was given. */
    void runHeld() {
        for (Runnable task = held.poll(); task != null; task = held.poll()) {
            task.run();
        }
        channel.runPendingTasks();
    }

    void disconnect() {
        channel.close();
        channel.runPendingTasks();
    }

    boolean isOpen() {
        channel.runPendingTasks();
        return channel.isOpen();
    }

    boolean isReading() {
        return channel.config().isAutoRead();
    }

    void end() {
        channel.finishAndReleaseAll();
    }

    /** The broker ends the last session. */
    void cut() {
        ConnectionError error = new ConnectionError();
        error.setException(new SecurityException("the token has expired"));
        sessions.get(sessions.size() - 1).oneway(error);
        channel.runPendingTasks();
    }

    @Override
    public void accept(CallTransport session) {
        sessions.add(session);
        session.setTransportListener(new DefaultTransportListener() {
            @Override
            public void onCommand(Object received) {
                Command command = (Command) received;
                Response response = new Response();
                if (command instanceof ConnectionInfo connection) {
                    String user =
                            connection.getUserName().isEmpty() ? connection.getPassword() : connection.getUserName();
                    if (connection.getPassword().equals("wrong")) {
                        response = new ExceptionResponse(
                                new SignInDenied(SignInDenied.Why.NO_PROOF, "name or password is wrong"));
                    } else {
                        signedIn.add(user);
                        Client.of(connection).orElseThrow().signedIn(new Somebody(user));
                    }
                }
                if (command.isResponseRequired()) {
                    session.oneway(response);
                }
            }
        });
        try {
            session.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<LimitReached> refused(Channel of) {
        return tooMany;
    }

    @Override
    public void began(ChannelPipeline pipeline) {
        events.add("began");
    }

    @Override
    public void signedIn(ChannelPipeline pipeline) {
        events.add("signed in");
    }

    @Override
    public void webSocket(ChannelPipeline pipeline) {
        events.add("WebSocket");
    }

    @Override
    public void events(ChannelPipeline pipeline, ChannelHandler stream) {
        events.add("events");
        pipeline.addBefore(pipeline.lastContext().name(), "stream", stream);
    }

    /** A session says that to its client: a frame of STOMP, or the reason of its end. */
    void says(Object message) {
        channel.pipeline().lastContext().writeAndFlush(message);
        channel.runPendingTasks();
    }

    @Override
    public boolean isTls() {
        return false;
    }

    @Override
    public String address(Channel of, Page page) {
        return "http://127.0.0.1:4711";
    }

    @Override
    public Client caller(Channel of, Page page) {
        return Client.caller(Optional.of(page), List.of());
    }

    private record Somebody(String user) implements Account {

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }

        @Override
        public boolean isTrusted() {
            return false;
        }
    }
}
