package gatepost.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers by which a proxy says that it passed a request on. One that runs on this machine makes every request come from
 * loopback; such a header tells it from a user who sits here. What is no proxy sends none of them. Never blocks.
 */
public final class ProxyHeaders {

    private static final Set<String> NAMES = Set.of(
            "forwarded",
            "via",
            "x-forwarded",
            "forwarded-for",
            "x-original-forwarded-for",
            "x-original-host",
            "x-original-url",
            "x-original-proto",
            "x-rewrite-url",
            "x-real-ip",
            "x-real-port",
            "x-client-ip",
            "client-ip",
            "true-client-ip",
            "x-cluster-client-ip",
            "x-remote-ip",
            "x-remote-addr",
            "remote-addr",
            "x-originating-ip",
            "x-source-ip",
            "proxy-client-ip",
            "wl-proxy-client-ip",
            "x-proxyuser-ip",
            "x-proxy-id",
            "x-bluecoat-via",
            "x-host",
            "x-scheme",
            "x-url-scheme",
            "front-end-https",
            "max-forwards",
            "cdn-loop",
            "x-amzn-trace-id",
            "x-amz-cf-id",
            "x-arr-log-id",
            "x-arr-ssl",
            "x-nf-client-connection-ip",
            "fly-client-ip",
            "do-connecting-ip",
            "x-cloud-trace-context");
    private static final List<String> PREFIXES = List.of(
            "x-forwarded-",
            "cf-",
            "cloudfront-",
            "fastly-",
            "x-envoy-",
            "x-azure-",
            "x-appengine-",
            "x-vercel-",
            "x-akamai-",
            "tailscale-");

    private ProxyHeaders() {}

    /** @param name of a header, in any case */
    public static boolean isProxys(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
    }

    /** @return whether any of these headers says that a proxy passed the request on */
    public static boolean tellOfProxy(Iterable<String> names) {
        for (String name : names) {
            if (isProxys(name)) {
                return true;
            }
        }
        return false;
    }
}
