package gatepost.transport.http;

import gatepost.contracts.TraceContext;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;
import gatepost.contracts.http.HttpBody;
import gatepost.contracts.http.HttpHead;
import gatepost.transport.connector.HttpOptions;
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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request, as far as it has come, and how it is answered. Event loop only. */
final class Exchange {

    /** Of which each that came counts (RFC 9110, section 5.3). Two parents make none that can be understood, as W3C has it. */
    private static final Set<String> LISTS = Set.of(TraceContext.PARENT, TraceContext.STATE);

    private final HttpRequest request;
    /** Of the page that called, once it may. */
    private Optional<String> origin = Optional.empty();

    private Body body;
    private HttpBody wanted;
    private boolean whole;

    Exchange(HttpRequest request) {
        this.request = request;
    }

    HttpRequest request() {
        return request;
    }

    Optional<String> origin() {
        return origin;
    }

    /** @throws CallRefused when it cannot be understood, or breaks a rule */
    void require(CallRules rules) throws CallRefused {
        Throwable fault = request.decoderResult().cause();
        if (fault instanceof TooLongFrameException) {
            throw new CallRefused(Reason.TOO_LARGE, "the request line or its headers are too long");
        }
        if (fault != null) {
            throw new CallRefused(Reason.MALFORMED, "the request cannot be understood");
        }
        rules.require(request);
        origin = Optional.ofNullable(request.headers().get(HttpHeaderNames.ORIGIN));
    }

    /** Whether a browser asks whether a page may call. */
    boolean isPreflight() {
        return request.method().equals(HttpMethod.OPTIONS)
                && origin.isPresent()
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Without what proves who calls: where a token may not stand in the address, it is a parameter that nobody knows. */
    HttpHead head(HttpOptions options) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue(),
                        (first, next) ->
                                LISTS.contains(header.getKey().toLowerCase(Locale.ROOT)) ? first + "," + next : first));
        // nobody but the rules has to know them
        headers.remove(HttpHeaderNames.AUTHORIZATION.toString());
        String target = HttpTarget.of(request).substring(options.path().length());
        return new HttpHead(
                request.method().name(), options.isTokenInQuery() ? HttpTarget.withoutToken(target) : target, headers);
    }

    /**
     * The body is wanted.
     *
     * @param limit bytes that it may have
     * @throws CallRefused when it says that it has more
     */
    void want(HttpBody needed, int limit) throws CallRefused {
        wanted = needed;
        body = new Body(limit);
        body.announce(HttpUtil.getContentLength(request, 0L));
    }

    /** A part of the request has come, whether it is wanted or not. */
    void came(HttpContent part) {
        whole |= part instanceof LastHttpContent;
    }

    /** @throws CallRefused when the body is too large, or cannot be understood */
    void add(HttpContent part) throws CallRefused {
        body.add(part.content());
        if (!part.decoderResult().isSuccess()) {
            throw new CallRefused(Reason.MALFORMED, "the body cannot be understood");
        }
    }

    /** @return bytes of the body that have come */
    int size() {
        return body.size();
    }

    boolean isWhole() {
        return whole;
    }

    /** @return whoever wanted the body */
    HttpBody.Next wanted() {
        return wanted.next();
    }

    /** @return the body, which is nobody else's any more */
    byte[] takeBody() {
        byte[] bytes = body.bytes();
        body = null;
        return bytes;
    }

    /** Whether something of it may come that nobody has read. */
    boolean isBodyLeft() {
        // of a request that cannot be understood nobody knows where it ends, and its length may be no number
        return !whole
                && (request.decoderResult().isFailure()
                        || HttpUtil.isTransferEncodingChunked(request)
                        || HttpUtil.getContentLength(request, 0L) > 0);
    }

    /** @return whether the connection ends with such an answer */
    boolean isLast(HttpAnswer answer) {
        boolean guess = answer.status() == Reason.NOT_SIGNED_IN.status();
        return guess || isBodyLeft() || !HttpUtil.isKeepAlive(request);
    }

    /** @param last whether the connection ends with it */
    FullHttpResponse response(HttpAnswer answer, boolean last) {
        FullHttpResponse response = Answers.of(answer, origin, last);
        if (!last && request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            // without it, such a client waits for the end (RFC 9112, section 9.3)
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return response;
    }
}
