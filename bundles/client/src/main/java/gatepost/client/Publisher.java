package gatepost.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends messages without a Camel route. Safe for use by several threads; nothing blocks. */
public interface Publisher extends AutoCloseable {

    /**
     * Sends a message.
     *
     * @param destination {@code queue://user.alice} or {@code topic://news}
     * @param headers of the SEND frame, besides its destination
     * @param timeout how long it may wait, for a connection and then for its receipt
     * @return completes when the receipt is there, or with a {@link GatepostException}
     */
    CompletionStage<Void> publish(String destination, Map<String, String> headers, byte[] body, Duration timeout);

    /** Lets the connection go. What still waits for its receipt fails when nobody else of the account uses it. */
    @Override
    void close();
}
