package gatepost.transport.session;

import gatepost.contracts.Printable;
import gatepost.contracts.QuotaReached;
import gatepost.transport.connector.CloseReason;
import gatepost.transport.connector.LimitReached;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.ResourceAllocationException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A frame cannot be served; the client gets the message in an ERROR frame and the connection closes. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

    private final transient CloseReason reason;
    private final transient Optional<String> limit;

    Refusal(String message) {
        this(message, CloseReason.PROTOCOL_ERROR);
    }

    Refusal(String message, CloseReason reason) {
        this(message, reason, Optional.empty());
    }

    Refusal(LimitReached limit, CloseReason reason) {
        this(limit.reason(), reason, Optional.of(limit.key()));
    }

    private Refusal(String message, CloseReason reason, Optional<String> limit) {
        super(message, null, false, false);
        this.reason = reason;
        this.limit = limit;
    }

    /** @return the key of the limit that was reached, if that is why */
    Optional<String> limit() {
        return limit;
    }

    CloseReason reason() {
        return reason;
    }

    /** The message for the log: what a client sent must not begin lines of its own there. */
    String printable() {
        return Printable.of(getMessage());
    }

    /**
     * What a client may know of a failure inside the broker: the gate's refusals and those that its own frame caused, word for
     * word; of anything else only that it happened, since messages of exceptions tell of files, classes and other users.
     *
     * @param doing what was tried, for the log and the client
     */
    static Refusal of(Throwable failure, String doing) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SecurityException) {
                return new Refusal(oneLine(cause.getMessage()), CloseReason.POLICY);
            }
            if (cause instanceof QuotaReached) {
                return new Refusal(oneLine(doing + " was refused: " + cause.getMessage()), CloseReason.TRY_AGAIN_LATER);
            }
            if (cause instanceof ResourceAllocationException) {
                LOG.warn("{} was refused: {}", Printable.of(doing), cause.getMessage());
                return new Refusal(
                        doing + " was refused: the store is full; try again later", CloseReason.TRY_AGAIN_LATER);
            }
            if (cause instanceof InvalidClientIDException) {
                // ActiveMQ's own words tell the address of the other connection
                return new Refusal(
                        doing + " was refused: the client-id is in use by another connection", CloseReason.POLICY);
            }
            if (cause instanceof InvalidSelectorException || cause instanceof InvalidDestinationException) {
                return new Refusal(oneLine(doing + " was refused: " + cause.getMessage()));
            }
        }
        LOG.warn("{} failed", Printable.of(doing), failure);
        return new Refusal(doing + " failed inside the broker", CloseReason.INTERNAL_ERROR);
    }

    private static String oneLine(String text) {
        return text == null ? "refused" : text.replaceAll("\\s+", " ").trim();
    }
}
