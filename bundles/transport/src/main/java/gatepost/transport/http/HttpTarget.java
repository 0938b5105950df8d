package gatepost.transport.http;

import io.netty.handler.codec.http.HttpRequest;

/** What a request asks for. */
final class HttpTarget {

    private HttpTarget() {}

    /** @return path and query; also of a request that names the host (RFC 9112, section 3.2.2) */
    static String of(HttpRequest request) {
        String uri = request.uri();
        int host =
                uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
        int path = host == 0 ? 0 : uri.indexOf('/', host);
        return path < 0 ? "/" : uri.substring(path);
    }
}
