package gatepost.broker.quota;

import jakarta.jms.ResourceAllocationException;

/** There is no room in the store for whoever sends. */
final class StoreFull extends ResourceAllocationException {

    private static final long serialVersionUID = 1L;

    StoreFull(String message) {
        super(message);
    }

    /** None: a client can bring this about as often as it likes, and the message says all. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
