package gatepost.camel;

import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.events.EventType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Runs a route for each event. It was taken when the route has succeeded on it; where that fails it is told again later, and what comes of
 * the same user waits for it.
 */
final class EventsConsumer extends DefaultConsumer implements EventSubscriber, Hindered {

    private static final long STOP_SECONDS = 20;

    private final EventsEndpoint endpoint;
    private volatile ExecutorService threads;

    EventsConsumer(EventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    /** The same after each start, so that nothing is passed over meanwhile. */
    @Override
    public String name() {
        return DeviceName.of(endpoint.getCamelContext().getName(), getRouteId());
    }

    @Override
    public Set<EventType> types() {
        return endpoint.wanted();
    }

    @Override
    public Duration after() {
        return endpoint.patience();
    }

    @Override
    public Optional<String> problem() {
        return endpoint.feeds().isThere()
                ? Optional.empty()
                : Optional.of("nobody tells of events: the feature gatepost-events is not there");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        threads = endpoint.getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "gatepost-events", endpoint.getConcurrentConsumers());
        endpoint.feeds().add(this);
    }

    /** Lets the events that the route has begun come to their end; all others are told after the next start. */
    @Override
    protected void doStop() throws Exception {
        endpoint.feeds().remove(this);
        endpoint.getCamelContext()
                .getExecutorServiceManager()
                .shutdownGraceful(threads, TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        super.doStop();
    }

    @Override
    public CompletionStage<Void> tell(Told event) {
        if (!isRunAllowed()) {
            return CompletableFuture.failedFuture(new RejectedExecutionException("the route is stopped"));
        }
        CompletableFuture<Void> taken = new CompletableFuture<>();
        threads.execute(() -> run(event, taken));
        return taken;
    }

    private void run(Told event, CompletableFuture<Void> taken) {
        Exchange exchange = createExchange(false);
        exchange.getIn().setBody(event.json());
        exchange.getIn().setHeader(GatepostHeaders.EVENT_ID, event.id());
        exchange.getIn().setHeader(GatepostHeaders.EVENT_TYPE, event.type());
        exchange.getIn().setHeader(GatepostHeaders.USER, event.user());
        Optional<Exception> failure = Attempt.of(getProcessor(), exchange);
        releaseExchange(exchange, false);
        failure.ifPresentOrElse(taken::completeExceptionally, () -> taken.complete(null));
    }
}
