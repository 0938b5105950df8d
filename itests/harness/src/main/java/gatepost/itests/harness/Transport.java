package gatepost.itests.harness;

/** What STOMP is carried by. */
public enum Transport {
    TCP("stomp") {
        @Override
        public StompClient client(int port) {
            return StompSocket.open(port);
        }

        @Override
        public int port(Gatepost gatepost) {
            return gatepost.stompPort();
        }
    },
    WEB_SOCKET("ws") {
        @Override
        public StompClient client(int port) {
            return WebSocketRequest.to(port).open();
        }

        @Override
        public int port(Gatepost gatepost) {
            return gatepost.wsPort();
        }
    };

    private final String scheme;

    Transport(String scheme) {
        this.scheme = scheme;
    }

    /** @return of a connector's uri */
    public String scheme() {
        return scheme;
    }

    /** Connects to a port of loopback; over WebSocket at {@code /stomp} with the sub-protocol {@code v12.stomp}. */
    public abstract StompClient client(int port);

    /** @return the port of the shipped connector of this kind */
    public abstract int port(Gatepost gatepost);

    /** Connects to the shipped connector. */
    public StompClient client(Gatepost gatepost) {
        return client(port(gatepost));
    }
}
