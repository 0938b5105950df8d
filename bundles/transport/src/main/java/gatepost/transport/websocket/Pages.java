package gatepost.transport.websocket;

import gatepost.contracts.Page;
import gatepost.contracts.ProxyHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Which pages may speak to a connector: a browser sends {@code Origin} and lets no page forge it (RFC 6455, section 10.2). */
public final class Pages {

    private Pages() {}

    /** @return what the request says of where it comes from */
    public static Page of(HttpHeaders headers) {
        return new Page(
                Optional.ofNullable(headers.get(HttpHeaderNames.ORIGIN)),
                headers.get(HttpHeaderNames.HOST, ""),
                ProxyHeaders.tellOfProxy(headers.names()));
    }

    /**
     * A page of the host that it asks for may connect. That says nothing of whose host it is: an attacker's name may lead here
     * (DNS rebinding), and such a page is one of strangers, who have to prove who they are.
     *
     * @param listed origins that may besides, or {@code *}
     * @param host the {@code Host} header, or {@code null}
     */
    public static boolean isAllowed(String origin, String host, Set<String> listed) {
        return listed.contains("*")
                || listed.contains(origin)
                || host != null
                        && host("http://" + host) != null
                        && host("http://" + host).equalsIgnoreCase(host(origin));
    }

    private static String host(String uri) {
        try {
            return new URI(uri).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
