package gatepost.transport.http;

import gatepost.contracts.http.CallRefused.Reason;
import gatepost.contracts.http.HttpAnswer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.Optional;

/** Makes HTTP's response of an answer, with what every one of ours says. */
final class Answers {

    private static final String RETRY_SECONDS = "5";
    /** For how long a browser need not ask again, seconds. */
    private static final String PREFLIGHT_AGE = "600";

    private Answers() {}

    /**
     * @param origin of the page that called, which may read it
     * @param close whether the connection ends with it
     */
    static FullHttpResponse of(HttpAnswer answer, Optional<String> origin, boolean close) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        HttpHeaders headers = response.headers();
        // of one that has not changed it would be the length of the whole (RFC 9110, section 8.6)
        if (answer.status() != HttpResponseStatus.NO_CONTENT.code()
                && answer.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        }
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set("x-content-type-options", "nosniff");
        answer.headers().forEach(headers::set);
        if (answer.status() == Reason.NOT_SIGNED_IN.status()) {
            // of a page a browser would ask for a password that it may not send
            headers.set(
                    HttpHeaderNames.WWW_AUTHENTICATE,
                    origin.isPresent() ? "Bearer" : "Bearer, Basic realm=\"gatepost\", charset=\"UTF-8\"");
        }
        if ((answer.status() == Reason.LIMIT.status() || answer.status() == Reason.UNAVAILABLE.status())
                && !headers.contains(HttpHeaderNames.RETRY_AFTER)) {
            headers.set(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
        }
        headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        origin.ifPresent(page -> {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, page);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaderNames.RETRY_AFTER);
        });
        if (close) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    /** @return what a client hears that asks whether its body is wanted (RFC 9110, section 10.1.1) */
    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    /** @return what a browser hears that asks whether a page may call */
    static HttpAnswer preflight() {
        return new HttpAnswer(
                HttpResponseStatus.NO_CONTENT.code(),
                Map.of(
                        "access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE",
                        "access-control-allow-headers",
                                "authorization, content-type, last-event-id, traceparent, tracestate",
                        "access-control-max-age", PREFLIGHT_AGE),
                new byte[0]);
    }
}
