package gatepost.camel;

import gatepost.client.Delivery;
import gatepost.client.GatepostDeniedException;
import gatepost.client.GatepostUnavailableException;
import gatepost.client.Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultConsumer;

/**
 * Takes messages from a destination; each is acknowledged when the route has succeeded on it. Where it fails the message is tried
 * again after a while, with the others going on meanwhile, and refused in the end, which puts it into the dead letter queue. A
 * message that failed because Gatepost could not be reached, or denied what the route was doing, is tried for ever.
 */
public final class GatepostConsumer extends DefaultConsumer implements Hindered {

    private static final long STOP_SECONDS = 20;
    private static final long CONFIRM_SECONDS = 5;
    private static final long LONGEST_DELAY_MILLIS = 60_000;
    private static final long LONGEST_OWN_DELAY_MILLIS = 2_000;

    private final GatepostEndpoint endpoint;
    private ScheduledExecutorService threads;
    private Semaphore running;
    private volatile Subscription subscription;
    private volatile boolean stopping;

    GatepostConsumer(GatepostEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    public Optional<String> problem() {
        Subscription now = subscription;
        return Optional.ofNullable(now == null ? null : now.problem()).map(Throwable::getMessage);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        running = new Semaphore(endpoint.getConcurrentConsumers());
        threads = endpoint.getCamelContext()
                .getExecutorServiceManager()
                .newScheduledThreadPool(
                        this, "gatepost-" + endpoint.getDestination(), endpoint.getConcurrentConsumers());
        subscription = endpoint.connection().subscribe(this::headers, delivery -> next(delivery, 0, 0));
    }

    /** Asked for whenever the subscription begins: a queue may have become an inbox, or ceased to be one. */
    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("destination", endpoint.getDestination());
        headers.put("activemq.prefetchSize", Integer.toString(endpoint.getPrefetch()));
        if (endpoint.getSelector() != null) {
            headers.put("selector", endpoint.getSelector());
        }
        device().ifPresent(name -> headers.put("gatepost-device", name));
        return headers;
    }

    /** An inbox keeps what the route has taken, and would give it again to one that it does not know. */
    private Optional<String> device() {
        if (endpoint.getDevice() != null) {
            return Optional.of(endpoint.getDevice());
        }
        if (getRouteId() == null
                || endpoint.getSelector() != null
                || !endpoint.getComponent().isInbox(endpoint.getDestination())) {
            return Optional.empty();
        }
        return Optional.of(DeviceName.of(endpoint.getCamelContext().getName(), getRouteId()));
    }

    /** Lets the messages that the route has begun come to their end; all others go back to their queue. */
    @Override
    protected void doStop() throws Exception {
        stopping = true;
        if (!running.tryAcquire(endpoint.getConcurrentConsumers(), STOP_SECONDS, TimeUnit.SECONDS)) {
            getExceptionHandler()
                    .handleException(
                            "stopped after " + STOP_SECONDS
                                    + " s with messages still in the route: they will be delivered again",
                            null);
        }
        CountDownLatch confirmed = new CountDownLatch(1);
        subscription.close(failure -> confirmed.countDown());
        confirmed.await(CONFIRM_SECONDS, TimeUnit.SECONDS);
        subscription = null;
        endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(threads);
        super.doStop();
    }

    private void next(Delivery delivery, int redeliveries, long delayMillis) {
        try {
            threads.schedule(() -> run(delivery, redeliveries), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // stopped in this moment: not acknowledged, so it goes back to its queue
            log(delivery, e);
        }
    }

    private void run(Delivery delivery, int redeliveries) {
        running.acquireUninterruptibly();
        try {
            if (!stopping) {
                attempt(delivery, redeliveries);
            }
        } finally {
            running.release();
        }
    }

    private void attempt(Delivery delivery, int redeliveries) {
        Exchange exchange = exchange(delivery, redeliveries);
        Optional<Exception> failed = Attempt.of(getProcessor(), exchange);
        releaseExchange(exchange, false);
        if (failed.isEmpty()) {
            delivery.accept();
            return;
        }
        Exception failure = failed.get();
        boolean own = isOwn(failure);
        if (own || redeliveries < endpoint.getMaximumRedeliveries()) {
            long delay = endpoint.getRedeliveryDelay() << Math.min(16, redeliveries);
            next(delivery, redeliveries + 1, Math.min(delay, own ? LONGEST_OWN_DELAY_MILLIS : LONGEST_DELAY_MILLIS));
        } else {
            delivery.reject();
            log(delivery, failure);
        }
    }

    private Exchange exchange(Delivery delivery, int redeliveries) {
        Exchange exchange = createExchange(false);
        exchange.getIn().setBody(body(delivery.body()));
        HeaderFilterStrategy filter = endpoint.getComponent().getHeaderFilterStrategy();
        delivery.headers().forEach((name, value) -> {
            if (!filter.applyFilterToExternalHeaders(name, value, exchange)) {
                exchange.getIn().setHeader(name, value);
            }
        });
        String sender = delivery.headers().get(GatepostHeaders.WIRE_USER);
        if (sender != null) {
            exchange.getIn().setHeader(GatepostHeaders.USER, sender);
        }
        exchange.getIn().setHeader(Exchange.REDELIVERED, redeliveries > 0);
        exchange.setProperty(
                MessageOrigin.PROPERTY, new MessageOrigin(delivery.headers().get("message-id")));
        return exchange;
    }

    /** Text where it is valid UTF-8, else bytes. */
    private static Object body(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    private static boolean isOwn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GatepostDeniedException || cause instanceof GatepostUnavailableException) {
                return true;
            }
        }
        return false;
    }

    private void log(Delivery delivery, Exception failure) {
        getExceptionHandler()
                .handleException(
                        "message " + delivery.headers().get("message-id") + " of " + endpoint.getDestination(),
                        failure);
    }
}
