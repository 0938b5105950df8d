package gatepost.configuration;

import java.util.List;
import java.util.Map;
import org.osgi.framework.Constants;

/**
 * The service that keeps, for each PID, what became of its last change, and writes it to the log. Safe for use by several
 * threads.
 */
public interface ConfigurationReports {

    /** A configuration is in force; {@code note} says what that took, and may be empty. */
    void taken(String pid, String file, String note);

    /**
     * A configuration was refused and the last good one, if there was one, stays in force. Refused again for the same, it is
     * not written to the log again.
     */
    void refused(String pid, String file, List<Problem> problems);

    /** A configuration says nothing yet ({@link Settings#isBlank}): its content is waited for. */
    void awaited(String pid, String file);

    /** A configuration is gone. */
    void removed(String pid);

    /**
     * To be asked before a configuration is read: whether there is nothing to read yet. Where there is a configuration at all it
     * is reported as one that is waited for.
     */
    default boolean isAwaited(String pid, Map<String, ?> properties) {
        boolean blank = Settings.isBlank(properties);
        if (blank && properties.containsKey(Constants.SERVICE_PID)) {
            awaited(pid, Settings.file(pid, properties));
        }
        return blank;
    }

    /** @return the last report of each PID, ordered by PID */
    List<ConfigurationReport> all();
}
