package gatepost.contracts.http;

import java.util.Map;
import java.util.Optional;

/**
 * A call without its body.
 *
 * @param method in capitals, not necessarily one that exists
 * @param target path and query, below the path of the connector and as they came: {@code /api/v1/users/42?after=7}
 * @param headers by names in small letters; of one that is repeated the first, but of those of a trace all, with commas between
 */
public record HttpHead(String method, String target, Map<String, String> headers) {

    /** @param name in small letters */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** @return the part before the query, still encoded */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** @return the part behind the question mark, still encoded; empty where there is none */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
