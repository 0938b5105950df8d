package gatepost.configuration;

import java.time.Instant;
import java.util.List;

/**
 * What became of the last change of one configuration.
 *
 * @param pid the PID, with {@code ~NAME} for a factory's
 * @param file where it was set: a file's name, or the PID
 * @param at when it was read
 * @param outcome what became of it
 * @param problems why it was refused; empty when it was not
 * @param note what an operator should know besides, such as that the broker was restarted; may be empty
 */
public record ConfigurationReport(
        String pid, String file, Instant at, Outcome outcome, List<Problem> problems, String note) {

    /** What may become of a change. */
    public enum Outcome {
        /** It is in force. */
        TAKEN,
        /** What was in force before stays, if there was anything. */
        REFUSED,
        /** It says nothing yet, as its file has no bytes; what was in force before stays. */
        AWAITED
    }

    public ConfigurationReport {
        problems = List.copyOf(problems);
    }

    /** Whether the change is in force. */
    public boolean taken() {
        return outcome == Outcome.TAKEN;
    }
}
