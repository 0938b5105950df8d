package gatepost.transport.connector;

/** Why a connection is closed, with the WebSocket status code for it (RFC 6455, section 7.4.1). */
public enum CloseReason {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    NOT_UTF8(1007),
    POLICY(1008),
    TOO_LARGE(1009),
    INTERNAL_ERROR(1011),
    TRY_AGAIN_LATER(1013),
    /** Nothing came from the client, not even a heart-beat. */
    SILENT(1002),
    /** The client reads nothing of what waits for it. */
    SLOW(1008);

    private final int webSocketCode;

    CloseReason(int webSocketCode) {
        this.webSocketCode = webSocketCode;
    }

    public int webSocketCode() {
        return webSocketCode;
    }
}
