package gatepost.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A configuration file as it stands on disk, which says more than its values in Config Admin: whoever reads it into a map loses
 * the first of two lines with one key, puts nothing where a placeholder is not set, and passes over bytes that are no text.
 *
 * @param size its length in bytes
 * @param values the keys and values as they are written, placeholders included; the last of duplicate ones
 * @param duplicates the keys that are there more than once
 * @param problems everything that is wrong with how it is written, duplicate keys and unset placeholders included
 */
public record ConfigurationFile(long size, Map<String, String> values, Set<String> duplicates, List<Problem> problems) {

    /** The key under which Config Admin keeps the file that a configuration came from, as a URI. */
    static final String LOCATION = "felix.fileinstall.filename";

    public ConfigurationFile {
        duplicates = Set.copyOf(duplicates);
        problems = List.copyOf(problems);
    }

    /** The same as {@link #read(Path, String)}, with problems under the file's own name. */
    public static ConfigurationFile read(Path file) throws IOException {
        return read(file, file.toString());
    }

    /**
     * @param file a file of {@code key = value} lines in UTF-8
     * @param name what problems are reported under
     * @throws IOException when it cannot be read
     */
    public static ConfigurationFile read(Path file, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        FileText text = FileText.of(name, bytes);
        List<Problem> problems = new ArrayList<>(text.problems());
        if (bytes.length > 0 && bytes[0] == '<') {
            problems.add(new Problem(name, "line 1", null, "expected lines of key = value, and not XML"));
            return new ConfigurationFile(bytes.length, Map.of(), Set.of(), problems);
        }
        Recorder recorder = new Recorder();
        recorder.load(new StringReader(text.text()));
        recorder.duplicates.forEach(
                key -> problems.add(new Problem(name, key, null, "the key is there more than once")));
        Map<String, String> values = new TreeMap<>();
        recorder.forEach((key, value) -> values.put(key.toString(), value.toString()));
        problems.addAll(Placeholders.unset(name, values));
        return new ConfigurationFile(bytes.length, values, recorder.duplicates, problems);
    }

    /** @return the file that a configuration came from; nothing where it came from elsewhere, or the file is gone since */
    static Optional<ConfigurationFile> of(String pid, Map<String, ?> properties) throws IOException {
        Object location = properties.get(LOCATION);
        if (location == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Path.of(URI.create(location.toString())), Settings.file(pid, properties)));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // the configuration is about to go as well
        } catch (IllegalArgumentException e) {
            throw new IOException(location + " names no file", e);
        }
    }

    /** Notices each key that is put a second time. */
    private static final class Recorder extends Properties {

        private static final long serialVersionUID = 1L;

        private final transient Set<String> duplicates = new TreeSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            Object previous = super.put(key, value);
            if (previous != null) {
                duplicates.add(key.toString());
            }
            return previous;
        }

        @Override
        public synchronized boolean equals(Object other) {
            return this == other;
        }

        @Override
        public synchronized int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
