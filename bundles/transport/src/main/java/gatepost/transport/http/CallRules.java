package gatepost.transport.http;

import gatepost.contracts.Page;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.transport.connector.ConnectorOptions;
import gatepost.transport.websocket.Pages;
import gatepost.transport.websocket.RefusedOrigins;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What a request must be before anybody asks what it is about. Pure, but for what {@link RefusedOrigins} counts. */
final class CallRules {

    private static final String FORWARDED_PROTO = "x-forwarded-proto";
    private static final List<CharSequence> AT_MOST_ONCE = List.of(
            HttpHeaderNames.AUTHORIZATION, HttpHeaderNames.ORIGIN, HttpHeaderNames.CONTENT_LENGTH, FORWARDED_PROTO);

    private final ConnectorOptions options;
    private final RefusedOrigins refused;
    private final boolean tls;
    private final InetAddress peer;

    /**
     * @param tls whether the connection is encrypted
     * @param peer at the other end of the connection, which may be a proxy
     */
    CallRules(ConnectorOptions options, RefusedOrigins refused, boolean tls, InetAddress peer) {
        this.options = options;
        this.refused = refused;
        this.tls = tls;
        this.peer = peer;
    }

    /** @throws CallRefused when it is no request of HTTP, or of a page that may not call */
    void require(HttpRequest request) throws CallRefused {
        HttpHeaders headers = request.headers();
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && headers.getAll(HttpHeaderNames.HOST).size() != 1) {
            throw new CallRefused(Reason.MALFORMED, "expected one Host header");
        }
        for (CharSequence name : AT_MOST_ONCE) {
            // of two one of us would look at the one and another at the other
            if (headers.getAll(name).size() > 1) {
                throw new CallRefused(Reason.MALFORMED, "expected one header " + name + " at most");
            }
        }
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING) && headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new CallRefused(
                    Reason.MALFORMED,
                    "expected Transfer-Encoding or Content-Length, and not both (RFC 9112, section 6.1)");
        }
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.trim().equalsIgnoreCase("identity")) {
            throw new CallRefused(
                    Reason.MEDIA_TYPE, "Content-Encoding " + encoding + " is not understood: expected none");
        }
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null && !Pages.isAllowed(origin, headers.get(HttpHeaderNames.HOST), options.origins())) {
            refused.refused(options.connector(), origin);
            throw new CallRefused(Reason.DENIED, "pages of this origin may not call");
        }
    }

    /** @throws CallRefused when there are none, or they may not be used like this */
    Credentials credentials(HttpRequest request) throws CallRefused {
        HttpHeaders headers = request.headers();
        Optional<String> token =
                options.http().isTokenInQuery() ? HttpTarget.token(HttpTarget.of(request)) : Optional.empty();
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization == null && token.isPresent()) {
            authorization = "Bearer " + token.get();
        }
        if (authorization == null) {
            throw new CallRefused(
                    Reason.NOT_SIGNED_IN, "expected an Authorization header: Basic, or Bearer with a token");
        }
        if (!isSecret(headers)) {
            throw new CallRefused(
                    Reason.DENIED,
                    "credentials are taken over TLS only, from this machine, or from a proxy among the connector's proxies"
                            + " that says X-Forwarded-Proto: https");
        }
        if (headers.contains(HttpHeaderNames.ORIGIN) && !Credentials.isBearer(authorization)) {
            throw new CallRefused(Reason.NOT_SIGNED_IN, "a page has to come with a token: expected Bearer");
        }
        return Credentials.of(authorization);
    }

    /** Whether nobody between the client and us can have read what it sent. */
    private boolean isSecret(HttpHeaders headers) {
        if (tls) {
            return true;
        }
        Page page = Pages.of(headers);
        if (!page.forwarded()) {
            return peer.isLoopbackAddress();
        }
        boolean proxy =
                peer.isLoopbackAddress() || options.admittance().proxies().contains(peer);
        return proxy
                && Optional.ofNullable(headers.get(FORWARDED_PROTO))
                        .filter(proto -> proto.trim().equalsIgnoreCase("https"))
                        .isPresent();
    }
}
