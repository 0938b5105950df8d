package gatepost.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service that says what a changed file in {@code etc} would do, before it is one: it asks whoever takes its configuration. Safe for
 * use by several threads; a check reads small files, and those that the configuration names.
 */
@Component(service = ConfigurationChecks.class)
public final class ConfigurationChecks {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationChecks.class);

    private final Map<String, ConfigurationCheck> checks = new ConcurrentHashMap<>();
    private final List<ConfigurationPlugin> plugins = new CopyOnWriteArrayList<>();

    /**
     * What would become of a text.
     *
     * @param problems for which it would be refused, without what placeholders stand for; empty when it would be taken
     * @param effects what it would do to those who are connected, a sentence each
     * @param values what it would set, placeholders replaced; of two texts with the same values nothing becomes different
     */
    public record Result(List<Problem> problems, List<String> effects, Map<String, Object> values) {

        public Result {
            problems = List.copyOf(problems);
            effects = List.copyOf(effects);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addCheck(ConfigurationCheck check, Map<String, ?> properties) {
        checks.put(properties.get(ConfigurationCheck.PID).toString(), check);
    }

    public void removeCheck(ConfigurationCheck check, Map<String, ?> properties) {
        checks.remove(properties.get(ConfigurationCheck.PID).toString(), check);
    }

    /** They put values where there is {@code $[env:NAME]}. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPlugin(ConfigurationPlugin plugin) {
        plugins.add(plugin);
    }

    void removePlugin(ConfigurationPlugin plugin) {
        plugins.remove(plugin);
    }

    /**
     * @param file the name of a file in {@code etc}
     * @return who checks it; nothing where the part of Gatepost that reads it is not there, or it is a file of somebody else's
     */
    public Optional<ConfigurationCheck> of(String file) {
        return file.endsWith(".cfg")
                ? Optional.ofNullable(checks.get(ConfigurationName.component(pid(file))))
                : Optional.empty();
    }

    /** @return the PID of what is in a file of {@code etc}, by its name */
    public static String pid(String file) {
        return ConfigurationName.pid(file);
    }

    /**
     * Checks a text and puts nothing in force.
     *
     * @param file the name of the file in {@code etc} that it would be, of which {@link #of} knows a check
     * @throws IOException when there is no place to keep the text for the moment
     */
    public Result check(String file, String text) throws IOException {
        ConfigurationCheck check = of(file).orElseThrow(() -> new IllegalArgumentException("nobody checks " + file));
        try (Candidate candidate = Candidate.of(file, text)) {
            Set<Problem> problems = new LinkedHashSet<>(candidate.problems());
            List<String> effects = new ArrayList<>();
            if (text.isEmpty()) {
                problems.add(new Problem(
                        "etc/" + file,
                        "file",
                        null,
                        "a file of no bytes says nothing: its content would be waited for"));
            }
            try {
                effects.addAll(check.check(candidate.pid(), withPlugins(candidate.properties(), text)));
            } catch (ConfigurationProblems e) {
                problems.addAll(e.problems());
            }
            return new Result(
                    problems.stream()
                            .map(problem -> new Problem(
                                    problem.file(),
                                    problem.key(),
                                    problem.value(),
                                    candidate.hidden(problem.reason()),
                                    problem.awaits()))
                            .distinct()
                            .toList(),
                    effects.stream().map(candidate::hidden).toList(),
                    candidate.values());
        }
    }

    /** As Config Admin asks them before it gives a configuration to somebody. */
    private Map<String, Object> withPlugins(Map<String, Object> properties, String text) {
        if (!text.contains("$[")) {
            return properties;
        }
        Dictionary<String, Object> changed = new Hashtable<>(properties);
        for (ConfigurationPlugin plugin : plugins) {
            try {
                plugin.modifyConfiguration(null, changed);
            } catch (RuntimeException e) {
                LOG.debug("{} does not say what a configuration would be", plugin, e);
            }
        }
        Map<String, Object> all = new TreeMap<>();
        Collections.list(changed.keys()).forEach(key -> all.put(key, changed.get(key)));
        return all;
    }
}
