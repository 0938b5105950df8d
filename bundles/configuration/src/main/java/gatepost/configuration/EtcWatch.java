package gatepost.configuration;

import gatepost.threads.DaemonThreads;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at Gatepost's files in {@code etc} again and again, and has fileinstall read those that changed once more. fileinstall
 * takes two files of the same size and time for one, so that it misses a link which is switched; it tells nobody of a file that it
 * cannot read; and it passes over a change that leaves the values as they were, though that may be what heals a refused file.
 *
 * <p>All is done on one thread of its own.
 */
@Component(
        service = {},
        immediate = true)
public final class EtcWatch {

    /** A change is taken once two looks saw the same, so within a second. */
    private static final long INTERVAL_MILLIS = FileWatch.INTERVAL.toMillis();

    private static final String FILES = "gatepost.*.{cfg,config}";
    private static final Logger LOG = LoggerFactory.getLogger(EtcWatch.class);

    private final Path etc;
    private final ConfigurationReports reports;
    private final Retries retries;
    private final List<ArtifactInstaller> installers = new CopyOnWriteArrayList<>();
    private final Map<Path, WatchedFile> files = new TreeMap<>();
    private String trouble = "";
    /** Those that were gone at the last look. */
    private final Set<Path> vanished = new HashSet<>();

    private final ScheduledExecutorService thread =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatepost-etc"));

    @Activate
    public EtcWatch(@Reference ConfigurationAdmin admin, @Reference ConfigurationReports reports) throws IOException {
        this(Path.of(System.getProperty("karaf.etc", "etc")), admin, reports);
        thread.scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    EtcWatch(Path etc, ConfigurationAdmin admin, ConfigurationReports reports) throws IOException {
        // as fileinstall names it, or one file would make two configurations
        this.etc = etc.toFile().getCanonicalFile().toPath();
        this.reports = reports;
        this.retries = new Retries(admin, reports);
    }

    /** fileinstall's own reader of configuration files is among them. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addInstaller(ArtifactInstaller installer) {
        installers.add(installer);
    }

    void removeInstaller(ArtifactInstaller installer) {
        installers.remove(installer);
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
    }

    void look() {
        try {
            lookAtAll();
            retries.look();
            trouble = "";
        } catch (IOException | RuntimeException e) {
            // an exception would end the schedule, and with it every later change; the same one again is no news
            if (!e.toString().equals(trouble)) {
                trouble = e.toString();
                LOG.error("{} cannot be looked at for changed files", etc, e);
            }
        }
    }

    private void lookAtAll() throws IOException {
        HashSet<Path> gone = new HashSet<>(files.keySet());
        try (DirectoryStream<Path> there = Files.newDirectoryStream(etc, FILES)) {
            for (Path file : there) {
                gone.remove(file);
                look(file);
            }
        }
        for (Path file : vanished) {
            if (!Files.exists(file)) {
                // fileinstall, which looks less often, may never have seen it
                retries.forget(file);
            }
        }
        vanished.clear();
        vanished.addAll(gone);
        gone.forEach(file -> {
            if (files.remove(file).isRefused()) {
                reports.removed(pid(file));
            }
        });
    }

    private void look(Path file) throws IOException {
        WatchedFile watched = files.computeIfAbsent(file, WatchedFile::new);
        if (!watched.isDue()) {
            return;
        }
        Optional<ArtifactInstaller> reader = installers.stream()
                .filter(each -> each.canHandle(file.toFile()))
                .findFirst();
        if (reader.isEmpty()) {
            return; // not started yet
        }
        String name = "etc/" + file.getFileName();
        try {
            ConfigurationFile content = ConfigurationFile.read(file, name);
            boolean changed = retries.changes(file, () -> reader.get().update(file.toFile()));
            if (!changed && watched.isAnother(content)) {
                retries.retry(file);
                // whatever came between the two is older than the file
                reader.get().update(file.toFile());
            }
            watched.taken(content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            watched.refused();
            reports.refused(pid(file), name, problems(file, name, e));
        }
    }

    /** What the file itself says is clearer than what its reader said about it. */
    private static List<Problem> problems(Path file, String name, Exception failure) {
        try {
            List<Problem> problems = ConfigurationFile.read(file, name).problems();
            return problems.isEmpty()
                    ? List.of(new Problem(name, "file", null, "it cannot be read: " + failure))
                    : problems;
        } catch (IOException e) {
            return List.of(new Problem(name, "file", null, "it cannot be read: " + e));
        }
    }

    private static String pid(Path file) {
        return ConfigurationName.pid(file.getFileName().toString());
    }
}
