package gatepost.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The destinations that the gate does not let the account send to. One message at a time, and one in so many milliseconds, is
 * tried again; all others are denied without asking. Belongs to the connection's event loop.
 */
final class Denials {

    private static final int MOST = 10_000;

    private final long pauseNanos;
    private final Map<String, Denial> denials = new LinkedHashMap<>();

    Denials(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    /** What the gate has said to a message; who could not ask it, or was refused otherwise, leaves that to the next. */
    void answered(String destination, GatepostException failure, long now) {
        if (failure == null) {
            denials.remove(destination);
        } else if (failure instanceof GatepostDeniedException || denials.containsKey(destination)) {
            String message = failure instanceof GatepostDeniedException
                    ? failure.getMessage()
                    : denials.get(destination).message;
            denials.put(destination, new Denial(message, now + pauseNanos));
            forgetTheOldest();
        }
    }

    boolean isDenied(String destination) {
        return denials.containsKey(destination);
    }

    /** @return whether it is time to ask the gate about a denied destination; true only once until the answer is reported */
    boolean isDue(String destination, long now) {
        Denial denial = denials.get(destination);
        if (now - denial.next < 0) {
            return false;
        }
        denials.put(destination, new Denial(denial.message, now + Long.MAX_VALUE / 2));
        return true;
    }

    GatepostDeniedException exception(String destination) {
        return new GatepostDeniedException(denials.get(destination).message);
    }

    private void forgetTheOldest() {
        if (denials.size() > MOST) {
            denials.remove(denials.keySet().iterator().next());
        }
    }

    private record Denial(String message, long next) {}
}
