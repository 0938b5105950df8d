package gatepost.contracts;

import java.net.URI;

/** The service that says where clients connect to, one for each connector that is open. Any thread; never blocks. */
public interface ConnectorAddress {

    /** @return such as {@code stomp://127.0.0.1:61613}, with the port that is open, also where any was asked for */
    URI uri();

    /** @return where a WebSocket is opened, such as {@code /stomp}, as it is configured now */
    String path();

    /** @return below which HTTP calls are, such as {@code /gatepost}, as it is configured now; empty where none are taken */
    String httpPath();
}
