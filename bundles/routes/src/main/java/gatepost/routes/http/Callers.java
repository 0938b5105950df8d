package gatepost.routes.http;

import gatepost.contracts.Loopback;
import gatepost.contracts.ProxyHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whose requests reach routes, which ask nobody who they are. A page elsewhere can let its own name point to this machine (DNS
 * rebinding), or send its visitors' browsers here: so the host asked for, and the page's, are loopback's or are listed. A proxy is
 * everybody who comes through it: it has to ask for a host that is listed.
 */
final class Callers {

    private Callers() {}

    /** @return why not, for whoever sent it; empty when the request may pass */
    static Optional<String> refusal(HttpHeaders headers, Set<String> hosts) {
        String host = headers.get(HttpHeaderNames.HOST);
        boolean listed = isListed("http://" + host, hosts);
        if (!listed && !Loopback.isHost(host)) {
            return Optional.of("This host name is not served here.");
        }
        if (!listed && ProxyHeaders.tellOfProxy(headers.names())) {
            return Optional.of("Requests through a proxy are not served here.");
        }
        return isForeignPage(headers, hosts)
                ? Optional.of("Pages of this origin are not served here.")
                : Optional.empty();
    }

    private static boolean isForeignPage(HttpHeaders headers, Set<String> hosts) {
        if (headers.contains(HttpHeaderNames.ORIGIN)) {
            return headers.getAll(HttpHeaderNames.ORIGIN).stream()
                    .anyMatch(origin -> !Loopback.isOrigin(origin) && !isListed(origin, hosts));
        }
        // a link, an image or a form that is read: browsers name no origin there, but say that another site has it
        return "cross-site".equals(headers.get("Sec-Fetch-Site"));
    }

    private static boolean isListed(String origin, Set<String> hosts) {
        if (hosts.isEmpty()) {
            return false;
        }
        try {
            URI uri = new URI(origin);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && hosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false; // no name of a host
        }
    }
}
