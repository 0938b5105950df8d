package gatepost.authorization;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A configuration file as it stands on disk. Whoever reads one into a map loses what is there twice, and of two lines for one
 * entry either could be the one that was meant.
 *
 * @param values the keys and values, the last of duplicate ones
 * @param duplicates the keys that are there more than once
 */
public record ConfigurationFile(Map<String, String> values, Set<String> duplicates) {

    /**
     * @param file a file of {@code key = value} lines in UTF-8
     * @throws IOException when it cannot be read, or is no such file
     */
    public static ConfigurationFile read(Path file) throws IOException {
        Recorder recorder = new Recorder();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            recorder.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a properties file: " + e.getMessage(), e);
        }
        Map<String, String> values = new TreeMap<>();
        recorder.forEach((key, value) -> values.put(key.toString(), value.toString()));
        return new ConfigurationFile(values, recorder.duplicates);
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
