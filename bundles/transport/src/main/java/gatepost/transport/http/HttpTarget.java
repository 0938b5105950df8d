package gatepost.transport.http;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a request asks for. */
final class HttpTarget {

    private static final String TOKEN = "access_token=";

    private HttpTarget() {}

    /** @return path and query; also of a request that names the host (RFC 9112, section 3.2.2) */
    static String of(HttpRequest request) {
        String uri = request.uri();
        int host =
                uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
        int path = host == 0 ? 0 : uri.indexOf('/', host);
        return path < 0 ? "/" : uri.substring(path);
    }

    /** @return the token in the query (RFC 6750, section 2.3) */
    static Optional<String> token(String target) {
        return Arrays.stream(query(target).split("&"))
                .filter(pair -> pair.startsWith(TOKEN))
                .map(pair -> pair.substring(TOKEN.length()))
                .findFirst();
    }

    /** @return the same without a token in its query, which is nobody's business */
    static String withoutToken(String target) {
        if (!query(target).contains(TOKEN)) {
            return target;
        }
        String rest = Arrays.stream(query(target).split("&"))
                .filter(pair -> !pair.startsWith(TOKEN))
                .collect(Collectors.joining("&"));
        String path = target.substring(0, target.indexOf('?'));
        return rest.isEmpty() ? path : path + "?" + rest;
    }

    private static String query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
