package gatepost.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A publisher over the connection of an account, which it uses until it is closed. */
final class ConnectionPublisher implements Publisher {

    private final SharedConnection connection;
    private final AtomicBoolean closed = new AtomicBoolean();

    ConnectionPublisher(SharedConnection connection) {
        this.connection = connection;
        connection.use();
    }

    @Override
    public CompletionStage<Void> publish(
            String destination, Map<String, String> headers, byte[] body, Duration timeout) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("destination", DestinationName.stomp(destination));
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        connection.send(all, body.clone(), timeout, failure -> {
            if (failure == null) {
                receipt.complete(null);
            } else {
                receipt.completeExceptionally(failure);
            }
        });
        return receipt;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            connection.release();
        }
    }
}
