package gatepost.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.Configuration.ConfigurationAttribute;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a configuration to its bundle once more although its values are the same: what was refused for something outside of them
 * may be taken now. Used by one thread.
 */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final ConfigurationAdmin admin;
    private final ConfigurationReports reports;
    /** The files that refused configurations wait for, as they were when that was noticed. */
    private final Map<Path, FileStamp> awaited = new HashMap<>();

    Retries(ConfigurationAdmin admin, ConfigurationReports reports) {
        this.admin = admin;
        this.reports = reports;
    }

    /** A change of a file's configuration. */
    interface Change {
        void run() throws Exception;
    }

    /** Tries again what waits for a file which has come or changed. */
    void look() throws IOException {
        Set<Path> still = new HashSet<>();
        for (ConfigurationReport report : reports.all()) {
            Set<Path> files = new HashSet<>();
            report.problems().forEach(problem -> files.addAll(problem.awaits()));
            still.addAll(files);
            if (files.stream().filter(this::hasChanged).count() > 0) {
                LOG.info("a file has changed for which {} waits: {}", report.pid(), files);
                retry(find("(service.pid=" + report.pid() + ")"));
            }
        }
        awaited.keySet().retainAll(still);
    }

    private boolean hasChanged(Path file) {
        FileStamp now = FileStamp.of(file);
        FileStamp before = awaited.put(file, now);
        return before != null && !before.equals(now);
    }

    /** @return whether the configuration of this file is another one afterwards */
    boolean changes(Path file, Change change) throws Exception {
        long before = count(file);
        change.run();
        return count(file) != before;
    }

    /** Gives the configuration of this file to its bundle once more. */
    void retry(Path file) throws IOException {
        retry(ofFile(file));
    }

    /** The file is gone: so is its configuration, if nobody has seen to that yet. */
    void forget(Path file) throws IOException {
        Optional<Configuration> found = ofFile(file);
        if (found.isEmpty()) {
            return;
        }
        try {
            found.get().removeAttributes(ConfigurationAttribute.READ_ONLY);
            found.get().delete();
        } catch (IllegalStateException e) {
            LOG.debug("{} was deleted meanwhile", file, e);
        }
    }

    private static void retry(Optional<Configuration> found) throws IOException {
        if (found.isEmpty()) {
            return;
        }
        Configuration configuration = found.get();
        // that of a file which cannot be written, as those that Kubernetes mounts
        boolean readOnly = configuration.getAttributes().contains(ConfigurationAttribute.READ_ONLY);
        if (readOnly) {
            configuration.removeAttributes(ConfigurationAttribute.READ_ONLY);
        }
        configuration.update(configuration.getProperties());
        if (readOnly) {
            configuration.addAttributes(ConfigurationAttribute.READ_ONLY);
        }
    }

    private long count(Path file) throws IOException {
        return ofFile(file).map(Configuration::getChangeCount).orElse(-1L);
    }

    private Optional<Configuration> ofFile(Path file) throws IOException {
        String location = file.toFile().toURI().toString().replaceAll("([\\\\*()])", "\\\\$1");
        return find("(" + ConfigurationFile.LOCATION + "=" + location + ")");
    }

    private Optional<Configuration> find(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? Optional.empty() : Optional.of(found[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no filter: " + filter, e);
        }
    }
}
