package gatepost.itests.protocol;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompSocket;
import gatepost.itests.harness.Transport;
import gatepost.itests.harness.WebSocketRequest;

/** A version of STOMP, as a client asks for it. */
enum Version {
    V1_0("1.0"),
    V1_1("1.1"),
    V1_2("1.2");

    private final String number;

    Version(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }

    /** @return a CONNECT frame of the version, for the publisher's account */
    ClientFrame connect(String... headers) {
        ClientFrame connect =
                ClientFrame.of("CONNECT", "login:system", "passcode:manager").with(headers);
        return this == V1_0 ? connect : connect.with("accept-version:" + number, "host:localhost");
    }

    /** @return a client that has not sent anything yet; over WebSocket it asked for the version's sub-protocol */
    StompClient open(Transport transport, int port) {
        return transport == Transport.TCP
                ? StompSocket.open(port)
                : WebSocketRequest.to(port)
                        .with("Sec-WebSocket-Protocol", "v" + number.replace(".", "") + ".stomp")
                        .open();
    }

    /** @return a client that is signed in */
    StompClient signedIn(Transport transport, int port, String... headers) {
        StompClient client = open(transport, port);
        client.send(connect(headers));
        client.expect("CONNECTED");
        return client;
    }

    @Override
    public String toString() {
        return "STOMP " + number;
    }
}
