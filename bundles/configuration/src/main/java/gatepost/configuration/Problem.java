package gatepost.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One thing that is wrong with a configuration: where it was set, what was set, and what was expected instead.
 *
 * @param file the file that it was set in, or the PID where it came from elsewhere
 * @param key the key, never empty
 * @param value the value as it was written, or {@code null} where the key itself is the problem
 * @param reason what was expected
 * @param awaits the files that could heal it, by coming or by changing; empty where an operator has to do something else
 */
public record Problem(String file, String key, String value, String reason, List<Path> awaits) {

    /** What an operator has to mend in the configuration itself. */
    public Problem(String file, String key, String value, String reason) {
        this(file, key, value, reason, List.of());
    }

    public Problem {
        Objects.requireNonNull(file);
        Objects.requireNonNull(key);
        Objects.requireNonNull(reason);
        awaits = List.copyOf(awaits);
    }

    @Override
    public String toString() {
        return file + ": " + key + (value == null ? "" : " = " + value) + ": " + reason;
    }
}
