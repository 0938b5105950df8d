package gatepost.console.tryit;

import gatepost.authentication.api.OwnAccount;
import gatepost.client.Connections;
import gatepost.client.GatepostException;
import gatepost.client.GatepostUnavailableException;
import gatepost.client.Publisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes as the account {@code gatepost-try}, and connects when there is something to publish first. */
@Component(service = Application.class)
public final class Application {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Connections connections;
    private Publisher publisher;

    @Activate
    public Application(@Reference Connections connections) {
        this.connections = connections;
    }

    @Deactivate
    synchronized void deactivate() {
        if (publisher != null) {
            publisher.close();
        }
    }

    /** Publishes to a user's queue; returns when the broker has the message on its disk. */
    void publish(String from, String to, String text) throws GatepostException {
        Map<String, String> headers = Map.of("content-type", "text/plain", "persistent", "true", "from", from);
        try {
            publisher()
                    .publish("queue://user." + to, headers, text.getBytes(StandardCharsets.UTF_8), PATIENCE)
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof GatepostException known
                    ? known
                    : new GatepostException(e.getCause().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatepostUnavailableException("the console is stopping");
        }
    }

    private synchronized Publisher publisher() {
        if (publisher == null) {
            publisher = connections.publisher(OwnAccount.TRY);
        }
        return publisher;
    }
}
