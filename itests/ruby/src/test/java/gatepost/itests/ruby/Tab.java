package gatepost.itests.ruby;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;

/** A page of a user, which is signed in with a token and has subscribed to the inbox. For one thread. */
final class Tab implements AutoCloseable {

    private final StompClient client = Transport.WEB_SOCKET.client(Suite.gatepost());

    Tab(String user, String token) {
        client.connect(user, token);
        client.done(ClientFrame.subscribe("1", "/queue/user." + user));
    }

    ServerFrame message() {
        return client.expect("MESSAGE");
    }

    StompClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
