package gatepost.contracts;

import jakarta.jms.ResourceAllocationException;

/**
 * What somebody asks for would be more than they may have. The message names the limit, its value and its key, and nothing of
 * others: the client is told it word for word.
 */
public final class QuotaReached extends ResourceAllocationException {

    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key of the configuration, by which refusals are counted
     * @param message for the client
     */
    public QuotaReached(String key, String message) {
        super(message);
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** None: a client can bring this about as often as it likes, and the message says all. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
