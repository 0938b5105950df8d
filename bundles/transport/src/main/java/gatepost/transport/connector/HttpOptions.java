package gatepost.transport.connector;

/**
 * What a connector allows those who call over HTTP.
 *
 * @param path below which all calls are, such as {@code /gatepost}; empty for none
 * @param isTokenInQuery whether a token may stand in the query, as {@code access_token}
 * @param bodySize bytes of the body of a call
 * @param idle milliseconds for which a connection may be silent between two calls, or in the middle of a body
 */
public record HttpOptions(String path, boolean isTokenInQuery, int bodySize, int idle) {

    /** @param uri path and query */
    public boolean isCall(String uri) {
        return !path.isEmpty()
                && uri.startsWith(path)
                && uri.length() > path.length()
                && uri.charAt(path.length()) == '/';
    }
}
