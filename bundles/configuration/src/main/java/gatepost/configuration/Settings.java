package gatepost.configuration;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one configuration by the definition that describes it: an annotation type marked with
 * {@code @ObjectClassDefinition}, whose methods name the keys and give their defaults. Problems are collected, not thrown
 * one by one; call {@link #verify()} once everything has been read. Where the configuration came from a file, what is wrong with
 * how that is written ({@link ConfigurationFile}) is among them.
 *
 * <p>Key names follow the component property name mapping of OSGi Declarative Services (OSGi Compendium 8, section
 * 112.8.2.1): {@code frame_size_max} is the key {@code frame.size.max}, {@code try$} is {@code try}.
 *
 * <p>Not safe for use by several threads.
 */
public final class Settings {

    private static final Set<String> FRAMEWORK_PREFIXES =
            Set.of("service.", "felix.", "component.", "objectClass", "osgi.ds.", "gatepost.");

    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\[(env|prop|secret):[^\\]]*]");

    private final String file;
    private final Map<String, Object> values = new TreeMap<>();
    private final Map<String, Object> defaults = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param pid what problems are reported under when the configuration did not come from a file
     * @param properties the configuration as Config Admin gives it
     * @param definition the annotation type that describes the keys
     */
    public Settings(String pid, Map<String, ?> properties, Class<?> definition) {
        this.file = file(pid, properties);
        try {
            ConfigurationFile.of(pid, properties).ifPresent(written -> problems.addAll(written.problems()));
        } catch (IOException e) {
            problems.add(new Problem(file, "file", null, "it cannot be read: " + e));
        }
        properties.forEach((key, value) -> {
            if (!isFrameworkKey(key)) {
                values.put(key, value);
            }
        });
        values.forEach((key, value) ->
                unresolved(key, value instanceof Object[] list ? Arrays.toString(list) : value.toString()));
        for (Method method : definition.getDeclaredMethods()) {
            if (method.getParameterCount() == 0) {
                defaults.put(key(method.getName()), method.getDefaultValue());
            }
        }
    }

    /** The other kind of placeholder, Config Admin's own, is left as it stands where it is not set. */
    private void unresolved(String key, String value) {
        Matcher matcher = UNRESOLVED.matcher(value);
        if (matcher.find()) {
            problems.add(new Problem(
                    file, key, matcher.group(), "it is not set; a default is written ;default=DEFAULT before the ]"));
        }
    }

    /**
     * Whether a configuration says nothing at all yet: a file of no bytes is a file that is being written, so nothing should be
     * done about it. One with content but without keys, all of which were commented out, says something: the defaults.
     */
    public static boolean isBlank(Map<String, ?> properties) {
        return properties.keySet().stream().allMatch(Settings::isFrameworkKey) && !isCommentsOnly(properties);
    }

    /** A file that has keys by now was still empty when it was read, and is about to be read again. */
    private static boolean isCommentsOnly(Map<String, ?> properties) {
        try {
            return ConfigurationFile.of("", properties)
                    .filter(file -> file.size() > 0 && file.values().isEmpty())
                    .isPresent();
        } catch (IOException e) {
            return false; // not known, so it is waited for
        }
    }

    /** @return the file that a configuration came from as an operator would name it, such as {@code etc/gatepost.broker.cfg} */
    public static String file(String pid, Map<String, ?> properties) {
        Object url = properties.get(ConfigurationFile.LOCATION);
        if (url == null) {
            return pid;
        }
        String path = url.toString();
        return "etc/" + path.substring(path.lastIndexOf('/') + 1);
    }

    /** The file, or else the PID, that problems are reported under. */
    public String file() {
        return file;
    }

    /** @return the text, trimmed; may be empty where the default is */
    public String text(String key) {
        Object value = value(key);
        return value == null ? "" : value.toString().trim();
    }

    /** @return the text; a problem is noted unless it is one of those allowed */
    public String choice(String key, Collection<String> allowed) {
        String text = text(key);
        if (!allowed.contains(text)) {
            problem(key, "expected one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** @return the flag; only {@code true} and {@code false} are understood */
    public boolean flag(String key) {
        String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            problem(key, "expected true or false");
        }
        return text.equals("true");
    }

    /** @return the number, or {@code min} with a problem noted when it is none or outside the range (inclusive) */
    public int integer(String key, int min, int max) {
        return (int) number(key, min, max);
    }

    /** @return the number, or {@code min} with a problem noted when it is none or outside the range (inclusive) */
    public long number(String key, long min, long max) {
        try {
            long number = Long.parseLong(text(key));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below with the range, which is what the operator needs to know
        }
        problem(key, "expected a whole number from " + min + " to " + max);
        return min;
    }

    /** @return the elements of a comma-separated list or of an array, trimmed, empty ones left out */
    public List<String> list(String key) {
        Object value = value(key);
        List<String> elements = new ArrayList<>();
        if (value instanceof Collection<?> collection) {
            collection.forEach(element -> elements.add(element.toString()));
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i).toString());
            }
        } else if (value != null) {
            elements.addAll(Arrays.asList(value.toString().split(",")));
        }
        return elements.stream()
                .map(String::trim)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** Notes that the value of a key cannot be used. */
    public void problem(String key, String reason) {
        Object value = value(key);
        problems.add(new Problem(
                file,
                key,
                value == null ? null : value instanceof String ? value.toString() : String.join(",", list(key)),
                reason));
    }

    /** Notes, when a key that earlier versions had is still there, why it is gone and what to do about it. */
    public void removed(String key, String reason) {
        Object value = values.remove(key);
        if (value != null) {
            problems.add(new Problem(file, key, value.toString(), reason));
        }
    }

    /** @throws ConfigurationProblems when anything was wrong, unknown keys included */
    public void verify() throws ConfigurationProblems {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(defaults.keySet());
        for (String key : unknown) {
            problems.add(new Problem(
                    file,
                    key,
                    values.get(key).toString(),
                    "unknown key, expected one of " + String.join(", ", defaults.keySet())));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
    }

    private Object value(String key) {
        if (!defaults.containsKey(key)) {
            throw new IllegalArgumentException("the definition has no key " + key);
        }
        Object value = values.get(key);
        return value == null ? defaults.get(key) : value;
    }

    /**
     * What Config Admin, fileinstall and Declarative Services add: the last also the target of each reference, and the
     * component's own properties, of which ours begin with {@code gatepost.}
     */
    private static boolean isFrameworkKey(String key) {
        return key.endsWith(".target") || FRAMEWORK_PREFIXES.stream().anyMatch(key::startsWith);
    }

    private static String key(String method) {
        return method.replace("$_$", "-")
                .replace("$", "")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }
}
