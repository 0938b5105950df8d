package gatepost.itests.inbox;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.util.HashMap;
import java.util.Map;

/** Publishes numbered messages, some at a time, and reads their RECEIPTs. */
final class Publisher extends Side {

    /** Messages that are sent before their RECEIPTs are read. */
    private static final int WINDOW = 10;

    private final String destination;
    private final String prefix;
    private final Map<String, ServerFrame> receipts = new HashMap<>();
    private int sent;

    /** @param prefix of the texts, behind which their numbers stand */
    Publisher(StompClient client, String destination, String prefix) {
        super(client);
        this.destination = destination;
        this.prefix = prefix;
    }

    /** @return the RECEIPT of each text that is safe */
    Map<String, ServerFrame> receipts() {
        return receipts;
    }

    @Override
    void talk(StompClient client) {
        for (int i = 0; i < WINDOW; i++) {
            String text = prefix + sent++;
            client.send(ClientFrame.send(destination, text, "receipt:" + text));
        }
        for (int i = 0; i < WINDOW; i++) {
            ServerFrame receipt = next(client);
            receipts.put(receipt.header("receipt-id"), receipt);
            answered();
        }
    }
}
