package gatepost.camel;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RollbackExchangeException;

/** One way of an exchange through a route. */
final class Attempt {

    private Attempt() {}

    /** @return what the route failed by; nothing when it has succeeded. A route that rolled back has failed, too */
    static Optional<Exception> of(Processor route, Exchange exchange) {
        try {
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        Exception failure = exchange.getException();
        if (failure == null && (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast())) {
            failure = new RollbackExchangeException(exchange);
        }
        return Optional.ofNullable(failure);
    }
}
