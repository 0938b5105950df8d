package gatepost.itests.events;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.Gatepost;
import gatepost.itests.harness.Queues;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Token;
import gatepost.itests.harness.Transport;

/** What users and applications do. */
final class Users {

    private Users() {}

    static StompClient signedIn(Gatepost gatepost, String user) {
        StompClient client = Transport.TCP.client(gatepost);
        client.connect(user, Token.of(user, "users"));
        return client;
    }

    /** Publishes and waits until that is safe. */
    static void publish(Gatepost gatepost, String user, String text, String... headers) {
        try (StompClient application = Queues.admin(gatepost)) {
            application.done(ClientFrame.send("/queue/user." + user, text, headers));
        }
    }

    /** Acknowledges the first so many messages that wait. */
    static void acknowledge(Gatepost gatepost, String user, int count) {
        try (StompClient client = signedIn(gatepost, user)) {
            client.send(ClientFrame.subscribe("1", "/queue/user." + user, "ack:client-individual"));
            for (int i = 0; i < count; i++) {
                ServerFrame message = client.expect("MESSAGE");
                client.done(ClientFrame.of("ACK", "id:" + message.header("ack")));
            }
        }
    }
}
