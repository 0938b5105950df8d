package gatepost.itests.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import gatepost.itests.harness.StompWebSocket;
import java.util.Map;

/** Frame by frame over TCP or WebSocket: sees everything that comes. */
final class RawClient implements Client {

    /** The WebSocket close code after a refusal (RFC 6455, section 7.4.1). */
    private static final int POLICY_VIOLATION = 1008;

    private final StompClient client;
    private int lastSubscription;
    private boolean refused;

    /** @param headers of CONNECT besides the account */
    RawClient(StompClient client, Account account, String... headers) {
        this.client = client;
        client.connect(account.login(), account.passcode(), headers);
    }

    @Override
    public String subscribe(String destination, Map<String, String> headers) {
        return answer(ClientFrame.subscribe("s" + ++lastSubscription, escaped(destination)), headers);
    }

    @Override
    public String send(String destination, String body, Map<String, String> headers) {
        return answer(ClientFrame.send(escaped(destination), body), headers);
    }

    @Override
    public void begin(String transaction) {
        client.done(ClientFrame.of("BEGIN", "transaction:" + transaction));
    }

    @Override
    public void commit(String transaction) {
        client.done(ClientFrame.of("COMMIT", "transaction:" + transaction));
    }

    /** Ends a durable subscription; returns {@link #DONE} or the message of the ERROR frame. */
    String forget(String subscription) {
        return answer(
                ClientFrame.of("UNSUBSCRIBE", "id:s" + lastSubscription),
                Map.of("activemq.subscriptionName", subscription));
    }

    /** Ends the newest subscription. */
    void unsubscribe() {
        client.done(ClientFrame.of("UNSUBSCRIBE", "id:s" + lastSubscription));
    }

    @Override
    public String message() {
        return messageFrame().text();
    }

    ServerFrame messageFrame() {
        return client.expect("MESSAGE");
    }

    /** @return the message of the ERROR frame that comes next, on its own */
    String error() {
        refused = true;
        return client.expect("ERROR").text();
    }

    @Override
    public void expectEnd() {
        client.expectEnd();
        if (client instanceof StompWebSocket webSocket) {
            assertEquals(POLICY_VIOLATION, webSocket.closeCode(), "close code");
        }
    }

    @Override
    public void close() {
        try (client) {
            if (!refused) {
                client.request(ClientFrame.of("DISCONNECT"));
            }
        }
    }

    private String answer(ClientFrame frame, Map<String, String> headers) {
        ClientFrame whole = frame;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            whole = whole.with(header.getKey() + ":" + escaped(header.getValue()));
        }
        ServerFrame answer = client.request(whole);
        if (answer.command().equals("RECEIPT")) {
            return DONE;
        }
        refused = true;
        assertEquals(answer.header("message"), answer.text(), "an ERROR's body is its message");
        return answer.text();
    }

    /** As STOMP 1.2 writes a header's value. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(":", "\\c")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
