package gatepost.routes.camel;

import gatepost.client.GatepostDeniedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Counts what the routes of a context have done. Safe for use by several threads. */
final class RouteCounts extends EventNotifierSupport {

    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final UnaryOperator<String> hide;

    RouteCounts(UnaryOperator<String> hide) {
        this.hide = hide;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    /** What one route has done. */
    static final class Count {

        private final AtomicLong completed = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private volatile String error = "";
        private volatile boolean denied;

        long completed() {
            return completed.get();
        }

        long failed() {
            return failed.get();
        }

        /** The last failure; stays after later successes, which is what {@link #denied} does not. */
        String error() {
            return error;
        }

        /** Whether the last message of all was denied by the gate. */
        boolean denied() {
            return denied;
        }
    }

    Count of(String route) {
        return counts.computeIfAbsent(route, name -> new Count());
    }

    @Override
    public void notify(CamelEvent event) {
        if (!(event instanceof CamelEvent.ExchangeEvent about)
                || about.getExchange().getFromRouteId() == null) {
            return;
        }
        Exchange exchange = about.getExchange();
        Count count = of(exchange.getFromRouteId());
        if (event instanceof CamelEvent.ExchangeCompletedEvent) {
            count.completed.incrementAndGet();
            count.denied = false;
        } else if (event instanceof CamelEvent.ExchangeFailedEvent) {
            count.failed.incrementAndGet();
            count.error = hide.apply(Faults.reason(exchange.getException()));
            count.denied = Faults.find(exchange.getException(), GatepostDeniedException.class)
                    .isPresent();
        }
    }
}
