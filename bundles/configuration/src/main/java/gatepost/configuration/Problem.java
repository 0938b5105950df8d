package gatepost.configuration;

import java.util.Objects;

/**
 * One thing that is wrong with a configuration: where it was set, what was set, and what was expected instead.
 *
 * @param file the file that it was set in, or the PID where it came from elsewhere
 * @param key the key, never empty
 * @param value the value as it was written, or {@code null} where the key itself is the problem
 * @param reason what was expected
 */
public record Problem(String file, String key, String value, String reason) {

    public Problem {
        Objects.requireNonNull(file);
        Objects.requireNonNull(key);
        Objects.requireNonNull(reason);
    }

    @Override
    public String toString() {
        return file + ": " + key + (value == null ? "" : " = " + value) + ": " + reason;
    }
}
