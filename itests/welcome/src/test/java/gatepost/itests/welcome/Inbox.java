package gatepost.itests.welcome;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.time.Duration;

/** A user who is signed in and reads their own queue. */
final class Inbox implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final StompClient client;

    private Inbox(StompClient client, String user) {
        this.client = client;
        client.done(ClientFrame.subscribe("inbox", "/queue/user." + user));
    }

    static Inbox of(Gatepost gatepost, Transport transport, String user, String passcode) {
        StompClient client = transport.client(gatepost);
        client.connect(user, passcode);
        return new Inbox(client, user);
    }

    /** @return the message that comes next */
    ServerFrame next() {
        return client.expect("MESSAGE");
    }

    void expectNothing() {
        client.expectSilence(SILENCE);
    }

    @Override
    public void close() {
        client.done(ClientFrame.of("DISCONNECT"));
        client.close();
    }
}
