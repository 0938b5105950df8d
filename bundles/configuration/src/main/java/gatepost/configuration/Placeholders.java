package gatepost.configuration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.felix.utils.properties.InterpolationHelper;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Finds placeholders that stand for nothing. Before anybody sees a file's values, fileinstall puts the empty text where
 * {@code ${env:NAME}} is not set: {@code queue://${env:TENANT}>} would be {@code queue://>}, every queue of all users.
 */
final class Placeholders {

    private static final String BEGIN = "${";
    private static final String ENVIRONMENT = "env:";

    private static final Pattern LATE = Pattern.compile("\\$\\[env:([^;\\]]+)]");

    private Placeholders() {}

    /**
     * @param file what problems are reported under
     * @param values the file's lines as they are written
     * @return a problem for each placeholder that is neither set nor has a default ({@code ${NAME:-default}}), and for what
     *         cannot be understood, such as one that stands for itself
     */
    static List<Problem> unset(String file, Map<String, String> values) {
        List<Problem> problems = new ArrayList<>();
        values.forEach((key, value) -> {
            List<Fault> faults = new ArrayList<>(empty(value));
            if (value.contains(BEGIN)) {
                faults.addAll(missing(key, values));
            }
            faults.forEach(fault -> problems.add(new Problem(file, key, fault.placeholder(), fault.reason())));
        });
        return problems;
    }

    /** Config Admin's own placeholders stay as they are where nothing is set, which whoever reads the value sees. */
    private static List<Fault> empty(String value) {
        return LATE.matcher(value)
                .results()
                .filter(found -> "".equals(System.getenv(found.group(1))))
                .map(found -> new Fault(found.group(), "the environment variable " + found.group(1) + " is empty"))
                .toList();
    }

    private record Fault(String placeholder, String reason) {}

    /** The value is put together by the code that fileinstall uses, except that what is missing stays. */
    private static List<Fault> missing(String key, Map<String, String> values) {
        Set<String> missing = new LinkedHashSet<>();
        String value = values.get(key);
        try {
            String together = InterpolationHelper.substVars(
                    value, key, null, values, name -> lookUp(name, missing), true, false, false);
            return missing.stream()
                    .filter(name -> together.contains(BEGIN + name + "}"))
                    .map(name -> new Fault(BEGIN + name + "}", reason(name)))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of(new Fault(null, e.getMessage()));
        }
    }

    /** What is set to the empty text counts as not set, as it does where there is a default. */
    private static String lookUp(String name, Set<String> missing) {
        String value =
                name.startsWith(ENVIRONMENT) ? System.getenv(name.substring(ENVIRONMENT.length())) : property(name);
        if (value == null || value.isEmpty()) {
            missing.add(name);
            return null;
        }
        return value;
    }

    private static String property(String name) {
        Bundle bundle = FrameworkUtil.getBundle(Placeholders.class);
        BundleContext context = bundle == null ? null : bundle.getBundleContext();
        return context == null ? System.getProperty(name) : context.getProperty(name);
    }

    private static String reason(String name) {
        if (name.equals("user")) {
            return "it names a setting, and there is none: the name of the user who asks is written {user}";
        }
        String what = name.startsWith(ENVIRONMENT)
                ? "the environment variable " + name.substring(ENVIRONMENT.length())
                : "the setting " + name;
        return what + " is not set, or empty; a default is written " + BEGIN + name + ":-DEFAULT}";
    }
}
