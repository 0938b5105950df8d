package gatepost.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A service of whoever takes a configuration: says what it would make of another one, and takes nothing. Registered with the property
 * {@value #PID}. Safe for use by several threads.
 */
public interface ConfigurationCheck {

    /** The service property that names the PID, or the PID of a factory, that is checked. */
    String PID = "gatepost.configuration.pid";

    /** What the names of keys have in them whose values are secrets. */
    Pattern SECRET = Pattern.compile("pass|pas+w|pwd|sec|credential|private");

    /**
     * Does what is done with a changed configuration before anything of it comes into force, and nothing more.
     *
     * @param pid with {@code ~NAME} for a factory's
     * @param properties as Config Admin would give them
     * @return what it would do to those who are connected, a sentence each, as far as that is known; mostly nothing
     * @throws ConfigurationProblems with everything for which it would be refused
     */
    List<String> check(String pid, Map<String, ?> properties) throws ConfigurationProblems;

    /**
     * Whether nobody may be shown a value, not even who may change it.
     *
     * @param key as it is written, which may be an unknown or a misspelt one, or one in a comment
     * @param value as it is written
     */
    default boolean isSecret(String key, String value) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
    }
}
