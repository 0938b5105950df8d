package gatepost.events.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Why an event was not taken. The message is for operators and holds no secret. */
public final class NotTaken extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Duration after;
    private final boolean forGood;

    private NotTaken(String reason, Duration after, boolean forGood, Throwable cause) {
        super(reason, cause);
        this.after = after;
        this.forGood = forGood;
    }

    public static NotTaken because(String reason, Throwable cause) {
        return new NotTaken(reason, null, false, cause);
    }

    /** @param after not to be asked again before; {@code null} when it did not say */
    public static NotTaken because(String reason, Duration after) {
        return new NotTaken(reason, after, false, null);
    }

    /** It wants to hear nothing any more. */
    public static NotTaken forGood(String reason) {
        return new NotTaken(reason, null, true, null);
    }

    /** @return the reason of whatever a subscriber failed with */
    static NotTaken of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof NotTaken why
                ? why
                : because(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    /** @return not to be asked again before */
    public Optional<Duration> after() {
        return Optional.ofNullable(after);
    }

    public boolean isForGood() {
        return forGood;
    }
}
