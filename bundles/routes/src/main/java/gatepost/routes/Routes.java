package gatepost.routes;

import gatepost.camel.GatepostComponents;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Problem;
import gatepost.configuration.Settings;
import gatepost.routes.camel.Surroundings;
import gatepost.routes.http.HttpCounts;
import gatepost.routes.http.HttpListener;
import gatepost.routes.http.HttpSettings;
import gatepost.threads.DaemonThreads;
import gatepost.threads.RepeatedTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes of the folder that PID {@value #PID} names, {@code etc/routes} where it names none. Each file changes on its
 * own, at the same time as others; changes of one file follow each other.
 */
@Component(service = Routes.class, immediate = true, configurationPid = Routes.PID)
@Designate(ocd = RoutesDefinition.class)
public final class Routes implements RouteFolder.Listener, HttpListener.Port {

    public static final String PID = "gatepost.routes";

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final long POLL_MILLIS = 250;
    private static final long RETRY_MILLIS = 1000;

    private final ConfigurationReports reports;
    private final GatepostComponents components;
    private final Path home = Path.of(System.getProperty("karaf.base", "")).toAbsolutePath();
    private final Map<String, RouteFile> files = new ConcurrentSkipListMap<>();
    private final Map<String, CompletableFuture<Void>> changes = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.numbered("gatepost-routes-watch"));
    private final ExecutorService changing =
            Executors.newCachedThreadPool(DaemonThreads.numbered("gatepost-routes-change"));
    private final HttpListener http;
    private volatile RoutesSettings settings;
    private volatile String file = PID;
    private RouteFolder folder;

    @Activate
    public Routes(
            @Reference ConfigurationReports reports,
            @Reference GatepostComponents components,
            Map<String, Object> properties)
            throws ConfigurationProblems {
        this.reports = reports;
        this.components = components;
        settings = RoutesSettings.of(Map.of(), home);
        http = new HttpListener(settings.http(), this);
        folder = new RouteFolder(settings.folder(), this);
        configure(properties);
        watch.scheduleWithFixedDelay(
                new RepeatedTask("the look for changed routes", this::look), 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
        watch.scheduleWithFixedDelay(
                new RepeatedTask("the listening for HTTP", http::listen),
                RETRY_MILLIS,
                RETRY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        configure(properties);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        watch.shutdown();
        watch.awaitTermination(POLL_MILLIS, TimeUnit.MILLISECONDS);
        files.keySet().forEach(this::removed);
        CompletableFuture.allOf(changes.values().toArray(CompletableFuture[]::new))
                .join();
        changing.shutdown();
        reports.removed(PID);
    }

    @Override
    public void cannotListen(HttpSettings at, String why) {
        reports.refused(
                PID,
                file,
                List.of(new Problem(
                        file,
                        "http.port",
                        String.valueOf(at.port()),
                        "cannot listen on " + at.address() + ": " + why + "; tried again every second")));
    }

    @Override
    public void listensAgain() {
        reports.taken(
                PID, file, "routes are listened for on port " + settings.http().port());
    }

    /** @return what became of HTTP requests for routes */
    HttpCounts requests() {
        return http.counts();
    }

    /** @return the files that there are, by name */
    public List<RouteFileState> list() {
        return files.values().stream()
                .map(file -> new RouteFileState(file.name(), file.running(), file.refusal()))
                .toList();
    }

    @Override
    public void changed(String name, String text) {
        RouteFile file = files.computeIfAbsent(name, absent -> new RouteFile(name, reports, this::surroundings));
        after(name, () -> file.change(text));
    }

    @Override
    public void removed(String name) {
        RouteFile file = files.get(name);
        if (file != null) {
            after(name, () -> {
                file.remove();
                files.remove(name, file);
            });
        }
    }

    private void after(String name, Runnable change) {
        changes.compute(
                name,
                (file, before) -> (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                        .handleAsync(
                                (done, failure) -> {
                                    run(name, change);
                                    return null;
                                },
                                changing));
    }

    private static void run(String name, Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            LOG.error("the change of {} failed", name, e);
        }
    }

    private Surroundings surroundings() {
        return new Surroundings(components, http, home, settings.stopTimeout());
    }

    private synchronized void look() {
        try {
            folder.look();
        } catch (IOException | RuntimeException e) {
            LOG.error("the folder {} cannot be read", settings.folder(), e);
        }
    }

    private synchronized void configure(Map<String, Object> properties) {
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        file = Settings.file(PID, properties);
        try {
            RoutesSettings next = RoutesSettings.of(properties, home);
            if (!next.folder().equals(settings.folder())) {
                files.keySet().forEach(this::removed);
                folder = new RouteFolder(next.folder(), this);
            }
            settings = next;
            reports.taken(PID, file, "");
            http.change(next.http());
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
        }
    }
}
