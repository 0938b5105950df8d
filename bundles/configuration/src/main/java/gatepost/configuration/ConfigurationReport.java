package gatepost.configuration;

import java.time.Instant;
import java.util.List;

/**
 * What became of the last change of one configuration.
 *
 * @param pid the PID, with {@code ~NAME} for a factory's
 * @param file where it was set: a file's name, or the PID
 * @param at when it was read
 * @param problems why it was refused; empty when it was taken
 * @param note what an operator should know besides, such as that the broker was restarted; may be empty
 */
public record ConfigurationReport(String pid, String file, Instant at, List<Problem> problems, String note) {

    public ConfigurationReport {
        problems = List.copyOf(problems);
    }

    /** Whether the change is in force. */
    public boolean taken() {
        return problems.isEmpty();
    }
}
