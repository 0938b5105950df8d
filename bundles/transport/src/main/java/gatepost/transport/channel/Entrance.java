package gatepost.transport.channel;

import gatepost.contracts.Scheme;

/** What a connection has to get through before STOMP is spoken. */
enum Entrance {

    /** Nothing. */
    TCP,
    /** The TLS handshake. */
    TLS,
    /** The WebSocket handshake, over TLS or not. */
    WEB_SOCKET;

    static Entrance of(Scheme scheme) {
        return scheme.isWebSocket() ? WEB_SOCKET : scheme.isTls() ? TLS : TCP;
    }
}
