package gatepost.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.utils.properties.InterpolationHelper;
import org.apache.felix.utils.properties.TypedProperties;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/**
 * A text that may become a configuration file. It is put into a file of the same name, in a folder that nobody else can read and that
 * goes again, so that it is read as a file in {@code etc} is, by all who read it.
 *
 * @param pid that its name stands for
 * @param properties what fileinstall would give to Config Admin
 * @param problems what is wrong with how it is written
 * @param file where it is until it is closed
 */
record Candidate(String pid, Map<String, Object> properties, List<Problem> problems, Path file)
        implements AutoCloseable {

    private static final Pattern ENVIRONMENT = Pattern.compile("\\$[{\\[]env:([^;:}\\]]+)");
    /** Of shorter values nobody can tell whether they stand there by chance. */
    private static final int SHORTEST_HIDDEN = 4;

    static Candidate of(String name, String text) throws IOException {
        Path file = Files.createTempDirectory("gatepost-check").resolve(name);
        try {
            Files.writeString(file, text);
            ConfigurationFile written = ConfigurationFile.read(file, "etc/" + name);
            List<Problem> problems = new ArrayList<>(written.problems());
            Map<String, Object> properties = problems.isEmpty()
                    ? values(text, problems, "etc/" + name)
                    // it may be one that cannot be read at all; what else is wrong with it is worth to be known
                    : new TreeMap<>(written.values());
            properties.put(ConfigurationFile.LOCATION, file.toFile().toURI().toString());
            properties.put(Constants.SERVICE_PID, ConfigurationName.pid(name));
            return new Candidate(ConfigurationName.pid(name), properties, List.copyOf(problems), file);
        } catch (IOException | RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    /** @return the values alone, as whoever wants to know whether two texts mean the same compares them */
    Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>(properties);
        values.remove(ConfigurationFile.LOCATION);
        return values;
    }

    /** What placeholders stand for is for nobody: @return a problem's reason with the placeholders themselves */
    String hidden(String reason) {
        String hidden = reason;
        for (Map.Entry<String, String> placeholder : placeholders().entrySet()) {
            hidden = hidden.replace(placeholder.getValue(), placeholder.getKey());
        }
        return hidden;
    }

    private Map<String, String> placeholders() {
        Map<String, String> all = new LinkedHashMap<>();
        try {
            Map<String, String> written = ConfigurationFile.read(file).values();
            written.forEach((key, value) -> {
                String now = String.valueOf(properties.get(key));
                if (!now.equals(value) && value.contains("$")) {
                    all.put(value, now);
                }
                Matcher names = ENVIRONMENT.matcher(value);
                while (names.find()) {
                    all.put("${env:" + names.group(1) + "}", value(names.group(1)));
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException(file + " was there a moment ago", e);
        }
        all.values().removeIf(value -> value.length() < SHORTEST_HIDDEN);
        return all;
    }

    private static String value(String variable) {
        String value = System.getenv(variable);
        return value == null ? "" : value;
    }

    /** As fileinstall reads them, with the same code. */
    private static Map<String, Object> values(String text, List<Problem> problems, String name) throws IOException {
        Bundle bundle = FrameworkUtil.getBundle(Candidate.class);
        InterpolationHelper.SubstitutionCallback outside = new InterpolationHelper.BundleContextSubstitutionCallback(
                bundle == null ? null : bundle.getBundleContext());
        TypedProperties read = new TypedProperties((owner, key, found) -> outside.getValue(found));
        try {
            read.load(new StringReader(text));
            return new TreeMap<>(read);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new Problem(name, "file", null, "it cannot be read: " + e.getMessage()));
            return new TreeMap<>();
        }
    }

    @Override
    public void close() throws IOException {
        delete(file);
    }

    private static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.getParent());
    }
}
