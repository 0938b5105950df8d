package gatepost.contracts;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/** The schemes of a connector's URI, and what each is made of. */
public enum Scheme {
    STOMP("stomp", false, false),
    STOMP_TLS("stomp+ssl", true, false),
    WEB_SOCKET("ws", false, true),
    WEB_SOCKET_TLS("wss", true, true);

    private final String text;
    private final boolean tls;
    private final boolean webSocket;

    Scheme(String text, boolean tls, boolean webSocket) {
        this.text = text;
        this.tls = tls;
        this.webSocket = webSocket;
    }

    /** @return as a URI has it */
    public String text() {
        return text;
    }

    /** Whether everything is encrypted. */
    public boolean isTls() {
        return tls;
    }

    /** Whether STOMP is spoken in the messages of a WebSocket. */
    public boolean isWebSocket() {
        return webSocket;
    }

    /** @return the scheme of the URI, nothing for one that is not served here */
    public static Optional<Scheme> of(URI uri) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.text.equals(uri.getScheme()))
                .findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
