package gatepost.itests.inbox;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.Transport;
import java.util.List;
import java.util.stream.Stream;

/** A connection with one subscription, as a page has. Closing it is what a user does who closes the page. */
final class Tab implements AutoCloseable {

    private static final String ID = "tab";

    private final StompClient client;
    private final ServerFrame begun;

    private Tab(StompClient client, ServerFrame begun) {
        this.client = client;
        this.begun = begun;
    }

    /** Signs in and subscribes; the RECEIPT of the SUBSCRIBE has to come before any MESSAGE. */
    static Tab open(Transport transport, String login, String passcode, String destination, String... headers) {
        StompClient client = transport.client(Suite.gatepost());
        try {
            client.connect(login, passcode);
            client.send(ClientFrame.subscribe(ID, destination, headers).with("receipt:begun"));
            return new Tab(client, client.expect("RECEIPT"));
        } catch (AssertionError e) {
            client.close();
            throw e;
        }
    }

    /** @return the answer, which has to be a RECEIPT */
    static ServerFrame receipt(ServerFrame answer) {
        if (!answer.command().equals("RECEIPT")) {
            throw new AssertionError("expected a RECEIPT, got " + answer);
        }
        return answer;
    }

    /** @return the RECEIPT of its SUBSCRIBE */
    ServerFrame begun() {
        return begun;
    }

    StompClient client() {
        return client;
    }

    /** @return the next message */
    ServerFrame next() {
        return client.expect("MESSAGE");
    }

    /** @return the next messages */
    List<ServerFrame> next(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }

    /** Acknowledges a message, or all up to it; returns the RECEIPT. */
    ServerFrame acknowledge(ServerFrame message, String... headers) {
        return answer("ACK", message, headers);
    }

    /** Refuses a message; returns the RECEIPT. */
    ServerFrame refuse(ServerFrame message, String... headers) {
        return answer("NACK", message, headers);
    }

    /** Ends the subscription and keeps the connection. */
    void unsubscribe() {
        client.done(ClientFrame.of("UNSUBSCRIBE", "id:" + ID));
    }

    @Override
    public void close() {
        client.close();
    }

    private ServerFrame answer(String command, ServerFrame message, String... headers) {
        return receipt(client.request(
                ClientFrame.of(command, "id:" + message.header("ack")).with(headers)));
    }
}
