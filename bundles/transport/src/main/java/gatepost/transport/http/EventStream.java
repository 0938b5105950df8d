package gatepost.transport.http;

import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpApi;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.frame.Frame;
import gatepost.transport.frame.WrittenFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands in place of the WebSocket between a session and its socket, and tells what the session says in STOMP as Server-Sent Events
 * (HTML, section 9.2). What goes the other way is said here, too: one CONNECT, and the SUBSCRIBEs. Windows, limits and the end are the
 * session's, which knows nothing of it. Event loop only.
 */
public final class EventStream extends ChannelDuplexHandler {

    /** An event of the pipeline: the session of a stream begins. */
    public record Begins(Frame connect) {

        static Begins with(Credentials credentials) {
            return new Begins(new Frame(
                    "CONNECT",
                    Map.of(
                            "accept-version",
                            "1.2",
                            "login",
                            credentials.login(),
                            "passcode",
                            credentials.passcode(),
                            "heart-beat",
                            "0," + BEAT),
                    NOTHING));
        }
    }

    /** The stream is over for good: who asks for more of it hears that there is none. */
    static final String OVER = "end";

    /** Something is written so often to a stream in which nothing happens, milliseconds: proxies close what is silent. */
    private static final int BEAT = 15_000;

    private static final String STATE = "/gatepost/inbox/state";
    private static final String RECEIPT = "begin";
    private static final byte[] NOTHING = {};
    private static final ByteBuf SIGN_OF_LIFE = Unpooled.unreleasableBuffer(
            Unpooled.wrappedBuffer(":\n\n".getBytes(StandardCharsets.US_ASCII)).asReadOnly());

    private final HttpApi api;
    private final List<Map<String, String>> subscriptions;
    private final Optional<String> origin;
    private final HttpVersion version;
    /** What the first event says. */
    private final Map<String, String> where = new LinkedHashMap<>();

    private String refusal;
    private boolean connected;
    private boolean begun;
    private boolean ended;

    /**
     * @param api says what a message is in an event
     * @param subscriptions each what a SUBSCRIBE frame says, without its id
     * @param origin of the page that called
     * @param version that the client speaks
     */
    EventStream(HttpApi api, List<Map<String, String>> subscriptions, Optional<String> origin, HttpVersion version) {
        this.api = api;
        this.subscriptions = subscriptions;
        this.origin = origin;
        this.version = version;
    }

    /** Whatever the client sends now, it has said what it wants. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof CloseReason reason) {
            end(ctx, reason, promise);
        } else if (message instanceof ByteBuf bytes) {
            try {
                tell(ctx, bytes, promise);
            } finally {
                bytes.release();
            }
        } else {
            ctx.write(message, promise);
        }
    }

    private void tell(ChannelHandlerContext ctx, ByteBuf bytes, ChannelPromise promise) {
        if (WrittenFrame.isHeartBeat(bytes)) {
            if (begun) {
                ctx.write(new DefaultHttpContent(SIGN_OF_LIFE.duplicate()), promise);
            } else {
                promise.setSuccess();
            }
            return;
        }
        WrittenFrame frame = WrittenFrame.of(bytes);
        switch (frame.command()) {
            case "CONNECTED" -> {
                connected = true;
                copy(frame, where, "session", "gatepost-expires-in");
                promise.setSuccess();
                subscribe(ctx);
            }
            case "RECEIPT" -> receipt(ctx, frame, promise);
            case "MESSAGE" -> message(ctx, frame, promise);
            case "ERROR" -> {
                refusal = frame.headers().getOrDefault("message", "");
                promise.setSuccess();
            }
            default -> throw new IllegalArgumentException("no event for " + frame.command());
        }
    }

    private void subscribe(ChannelHandlerContext ctx) {
        List<Frame> frames = new ArrayList<>();
        for (Map<String, String> subscription : subscriptions) {
            Map<String, String> headers = new LinkedHashMap<>(subscription);
            headers.put("id", String.valueOf(frames.size()));
            headers.put("receipt", frames.isEmpty() ? RECEIPT : "more");
            frames.add(new Frame("SUBSCRIBE", headers, NOTHING));
        }
        // not from within what the session is just writing
        ctx.executor().execute(() -> frames.forEach(ctx::fireChannelRead));
    }

    /** The first says where the stream begins, and that it does. */
    private void receipt(ChannelHandlerContext ctx, WrittenFrame frame, ChannelPromise promise) {
        if (!RECEIPT.equals(frame.headers().get("receipt-id"))) {
            promise.setSuccess();
            return;
        }
        begun = true;
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpHeaders headers = head.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set("x-content-type-options", "nosniff");
        // or nginx would keep events back until it has enough of them
        headers.set("x-accel-buffering", "no");
        headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        origin.ifPresent(page -> headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, page));
        if (version.equals(HttpVersion.HTTP_1_1)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ctx.write(head);
        copy(frame, where, "gatepost-epoch", "gatepost-head", "gatepost-gap");
        event(ctx, "begin", "", api.event("begin", where, NOTHING), promise);
    }

    private void message(ChannelHandlerContext ctx, WrittenFrame frame, ChannelPromise promise) {
        if (STATE.equals(frame.headers().get("destination"))) {
            event(ctx, "state", "", frame.body(), promise);
            return;
        }
        String offset = frame.headers().get("gatepost-offset");
        String id = offset == null ? "" : frame.headers().get("gatepost-epoch") + "." + offset;
        event(ctx, "", id, api.event("message", frame.headers(), frame.body()), promise);
    }

    private static void copy(WrittenFrame frame, Map<String, String> into, String... names) {
        for (String name : names) {
            String value = frame.headers().get(name);
            if (value != null) {
                into.put(name, value);
            }
        }
    }

    private static void event(ChannelHandlerContext ctx, String name, String id, byte[] data, ChannelPromise promise) {
        ByteBuf event = ctx.alloc().buffer(data.length + 96);
        if (!name.isEmpty()) {
            ByteBufUtil.writeAscii(event, "event: " + name + "\n");
        }
        if (!id.isEmpty()) {
            ByteBufUtil.writeAscii(event, "id: " + id + "\n");
        }
        ByteBufUtil.writeAscii(event, "data: ");
        event.writeBytes(data);
        ByteBufUtil.writeAscii(event, "\n\n");
        ctx.write(new DefaultHttpContent(event), promise);
    }

    private void end(ChannelHandlerContext ctx, CloseReason reason, ChannelPromise promise) {
        if (ended) {
            promise.setSuccess();
            return;
        }
        ended = true;
        if (begun) {
            farewell(ctx, reason);
        } else {
            CallRefused refused = new CallRefused(status(reason), refusal == null ? "the stream ended" : refusal);
            ctx.write(Answers.of(api.answer(refused), origin, true));
        }
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, promise).addListener(ChannelFutureListener.CLOSE);
    }

    /** Why it ends; who was sent away for good is told not to come back, which a browser does by itself otherwise. */
    private void farewell(ChannelHandlerContext ctx, CloseReason reason) {
        boolean over = reason == CloseReason.POLICY || reason == CloseReason.PROTOCOL_ERROR;
        Map<String, String> why = new LinkedHashMap<>();
        why.put("message", refusal == null ? "the stream ended" : refusal);
        event(ctx, "end", over ? OVER : "", api.event("end", why, NOTHING), ctx.newPromise());
    }

    private Reason status(CloseReason reason) {
        return switch (reason) {
            case POLICY -> connected ? Reason.DENIED : Reason.NOT_SIGNED_IN;
            case PROTOCOL_ERROR, NOT_UTF8 -> Reason.UNUSABLE;
            case TOO_LARGE -> Reason.TOO_LARGE;
            case TRY_AGAIN_LATER, GOING_AWAY, NORMAL, SILENT, SLOW -> Reason.UNAVAILABLE;
            case INTERNAL_ERROR -> Reason.FAILED;
        };
    }
}
