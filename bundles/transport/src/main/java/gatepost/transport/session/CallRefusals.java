package gatepost.transport.session;

import gatepost.contracts.IdentityRefused;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.SignInDenied;
import gatepost.contracts.http.CallRefused;
import gatepost.contracts.http.CallRefused.Reason;
import gatepost.transport.connector.CloseReason;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.ResourceAllocationException;
import java.util.Optional;

/** What a STOMP client reads in an ERROR frame, for one that calls over HTTP: the same words, and a reason of HTTP's. */
final class CallRefusals {

    private CallRefusals() {}

    /** @param doing what was tried, for the log and the client */
    static CallRefused of(Throwable failure, String doing) {
        return new CallRefused(reason(failure), Refusal.of(failure, doing).getMessage());
    }

    /** What the client's own request cannot be used for. */
    static CallRefused of(Refusal refusal) {
        Optional<String> limit = refusal.limit();
        Reason reason = limit.isPresent()
                ? Reason.LIMIT
                : refusal.reason() == CloseReason.GOING_AWAY ? Reason.UNAVAILABLE : Reason.UNUSABLE;
        return new CallRefused(reason, refusal.getMessage());
    }

    private static Reason reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SignInDenied denied) {
                return switch (denied.why()) {
                    case NO_PROOF -> Reason.NOT_SIGNED_IN;
                    case TOO_MANY_FAILURES -> Reason.LIMIT;
                    case NOT_POSSIBLE -> Reason.UNAVAILABLE;
                };
            }
            if (cause instanceof SecurityException) {
                return Reason.DENIED;
            }
            if (cause instanceof QuotaReached) {
                return Reason.LIMIT;
            }
            if (cause instanceof ResourceAllocationException) {
                return Reason.UNAVAILABLE;
            }
            if (cause instanceof IdentityRefused) {
                return Reason.CONFLICT;
            }
            if (cause instanceof InvalidSelectorException || cause instanceof InvalidDestinationException) {
                return Reason.UNUSABLE;
            }
        }
        return Reason.FAILED;
    }
}
