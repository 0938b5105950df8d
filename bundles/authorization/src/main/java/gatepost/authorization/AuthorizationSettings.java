package gatepost.authorization;

import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.EntrySyntax;
import gatepost.authorization.engine.Grants;
import gatepost.authorization.engine.SharedNames;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One configuration of {@code gatepost.authorization}, read as a whole or not at all.
 *
 * @param map the entry map
 * @param auditAllowed whether the audit log tells what was allowed
 */
public record AuthorizationSettings(EntryMap map, boolean auditAllowed) {

    static final String ENTRY = "entry.";

    /**
     * @param properties the configuration as Config Admin gives it
     * @param duplicates keys that its file had more than once when it was changed; those that it has now are found without
     * @throws ConfigurationProblems with all that is wrong
     */
    public static AuthorizationSettings of(Map<String, ?> properties, Set<String> duplicates)
            throws ConfigurationProblems {
        Map<String, Object> fixed = new HashMap<>();
        Map<String, Object> lines = new TreeMap<>();
        properties.forEach((key, value) -> (key.startsWith(ENTRY) ? lines : fixed).put(key, value));
        Settings settings = new Settings(Authorization.PID, fixed, AuthorizationDefinition.class);
        List<Problem> problems = new ArrayList<>();
        Grants temporary = EntrySyntax.grants(text(fixed, settings), reason -> settings.problem("temporary", reason))
                .orElse(Grants.NOBODY);
        boolean auditAllowed = settings.flag("audit.allowed");
        try {
            settings.verify();
        } catch (ConfigurationProblems e) {
            problems.addAll(e.problems());
        }
        duplicates.stream()
                .map(key -> new Problem(settings.file(), key, null, "the key is there more than once"))
                .filter(problem -> !problems.contains(problem))
                .forEach(problems::add);
        List<Entry> entries = entries(settings.file(), lines, problems);
        SharedNames.among(entries)
                .forEach(collision -> problems.add(new Problem(
                        settings.file(),
                        ENTRY + collision.entry().name(),
                        collision.entry().pattern().toString(),
                        collision.reason())));
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
        return new AuthorizationSettings(new EntryMap(entries, temporary), auditAllowed);
    }

    private static String text(Map<String, Object> fixed, Settings settings) {
        Object value = fixed.get("temporary");
        return value == null ? settings.text("temporary") : TypedValue.text(value);
    }

    private static List<Entry> entries(String file, Map<String, Object> lines, List<Problem> problems) {
        List<Entry> entries = new ArrayList<>();
        lines.forEach((key, value) -> {
            String text = TypedValue.text(value);
            String name = key.substring(ENTRY.length());
            if (name.isBlank()) {
                problems.add(new Problem(file, key, text, "expected a name after " + ENTRY));
            }
            EntrySyntax.entry(name, text, reason -> problems.add(new Problem(file, key, text, reason)))
                    .ifPresent(entries::add);
        });
        return entries;
    }
}
