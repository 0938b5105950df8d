package gatepost.routes.http;

import gatepost.camel.GatepostHeaders;
import gatepost.client.GatepostException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.Method;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A route that begins with {@code platform-http:}: makes an exchange of a request, and a response of what came of it. */
final class HttpRoute extends DefaultConsumer implements PlatformHttpConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRoute.class);

    private final PlatformHttpEndpoint endpoint;
    private final HttpListener listener;
    private final PathPattern pattern;
    private final Set<Method> methods;

    HttpRoute(PlatformHttpEndpoint endpoint, Processor processor, HttpListener listener) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.listener = listener;
        this.pattern = PathPattern.of(path(), endpoint.isMatchOnUriPrefix());
        this.methods = Method.parseList(endpoint.getHttpMethodRestrict());
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        listener.add(this);
    }

    @Override
    protected void doStop() throws Exception {
        listener.remove(this);
        super.doStop();
    }

    String path() {
        return endpoint.getPath();
    }

    PathPattern pattern() {
        return pattern;
    }

    boolean serves(String method) {
        return methods.stream().anyMatch(each -> each.name().equals(method));
    }

    boolean isInTheWayOf(HttpRoute other) {
        return pattern.equals(other.pattern) && methods.stream().anyMatch(other.methods::contains);
    }

    /** Runs the route, on the thread that asks. */
    Answer answer(Request request, Map<String, String> variables) {
        Exchange exchange = createExchange(false);
        try {
            take(request, exchange, variables);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        try {
            return answer(exchange);
        } catch (RuntimeException e) {
            // what the route has made cannot be written
            exchange.setException(e);
            return answer(exchange);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void take(Request request, Exchange exchange, Map<String, String> variables) {
        HeaderFilterStrategy filter = endpoint.getHeaderFilterStrategy();
        Message message = exchange.getIn();
        for (String name : request.headers().names()) {
            take(filter, exchange, name, String.join(", ", request.headers().getAll(name)));
        }
        String query = request.uri().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            take(
                    filter,
                    exchange,
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        variables.forEach((name, value) -> take(filter, exchange, name, value));
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setHeader(Exchange.HTTP_PATH, request.path());
        message.setHeader(Exchange.HTTP_URI, request.path());
        message.setHeader(Exchange.HTTP_QUERY, query);
        message.setBody(request.body().length == 0 ? null : request.body());
    }

    /** Nobody is known by name here: a caller's {@code gatepost-user} is no more than a claim. */
    private static void take(HeaderFilterStrategy filter, Exchange exchange, String name, String value) {
        if (!name.equalsIgnoreCase(GatepostHeaders.WIRE_USER)
                && !filter.applyFilterToExternalHeaders(name, value, exchange)) {
            exchange.getIn().setHeader(name, value);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** What went wrong is for the log, not for whoever sent the request. */
    private Answer answer(Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure != null) {
            LOG.warn("{}: {}", endpoint.getPath(), failure.toString());
            return Answer.of(isOwn(failure) ? 503 : 500);
        }
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        boolean empty = body == null || body.length == 0;
        int code = message.getHeader(Exchange.HTTP_RESPONSE_CODE, empty ? 204 : 200, Integer.class);
        if (empty || code == 204 || code == 304) {
            return Answer.of(code);
        }
        return new Answer(
                code,
                Optional.ofNullable(message.getHeader(Exchange.CONTENT_TYPE, String.class))
                        .filter(type -> type.chars().noneMatch(Character::isISOControl)),
                body);
    }

    private static boolean isOwn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GatepostException) {
                return true;
            }
        }
        return false;
    }
}
