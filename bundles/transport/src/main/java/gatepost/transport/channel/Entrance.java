package gatepost.transport.channel;

/** What a connection has to get through before STOMP is spoken. */
enum Entrance {

    /** Nothing. */
    TCP,
    /** The TLS handshake. */
    TLS,
    /** The WebSocket handshake, over TLS or not. */
    WEB_SOCKET
}
