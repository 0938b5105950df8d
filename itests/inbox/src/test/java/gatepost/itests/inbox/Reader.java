package gatepost.itests.inbox;

import gatepost.itests.harness.ClientFrame;
import gatepost.itests.harness.ServerFrame;
import gatepost.itests.harness.StompClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads, and acknowledges all but every tenth message with a RECEIPT where its subscription asks for acknowledgements. */
final class Reader extends Side {

    private final List<ServerFrame> messages = new ArrayList<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> done = new HashSet<>();

    Reader(Tab tab) {
        super(tab.client());
    }

    /** @return what came */
    List<ServerFrame> messages() {
        return messages;
    }

    /** @return the texts of which it has sent an ACK */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** @return the texts of whose ACK the RECEIPT has come */
    Set<String> done() {
        return done;
    }

    @Override
    void talk(StompClient client) {
        ServerFrame frame = next(client);
        if (frame.command().equals("RECEIPT")) {
            done.add(frame.header("receipt-id"));
            answered();
            return;
        }
        messages.add(frame);
        if (frame.header("ack") != null && messages.size() % 10 != 0) {
            acknowledged.add(frame.text());
            client.send(ClientFrame.of("ACK", "id:" + frame.header("ack"), "receipt:" + frame.text()));
        }
    }
}
