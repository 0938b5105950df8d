package gatepost.configuration;

import java.util.List;

/**
 * The service that keeps, for each PID, what became of its last change, and writes it to the log. Safe for use by several
 * threads.
 */
public interface ConfigurationReports {

    /** A configuration is in force; {@code note} says what that took, and may be empty. */
    void taken(String pid, String file, String note);

    /** A configuration was refused and the last good one, if there was one, stays in force. */
    void refused(String pid, String file, List<Problem> problems);

    /** A configuration is gone. */
    void removed(String pid);

    /** @return the last report of each PID, ordered by PID */
    List<ConfigurationReport> all();
}
