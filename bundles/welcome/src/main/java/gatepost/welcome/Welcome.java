package gatepost.welcome;

import gatepost.authentication.api.OwnAccount;
import gatepost.authentication.api.UserListener;
import gatepost.camel.GatepostComponents;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import gatepost.contracts.InboxRecords;
import gatepost.threads.DaemonThreads;
import gatepost.threads.RepeatedTask;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Greets users as PID {@value #PID} says; until there is a configuration that can be used nobody is greeted. */
@Component(
        service = {Welcome.class, UserListener.class},
        immediate = true,
        configurationPid = Welcome.PID)
@Designate(ocd = WelcomeDefinition.class)
public final class Welcome implements UserListener {

    public static final String PID = "gatepost.welcome";

    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);
    private static final long PRESENCE_SECONDS = 600;
    private static final long LOOK_SECONDS = 1;
    private static final long STOP_SECONDS = 10;

    private final ConfigurationReports reports;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatepost-welcome"));
    private final Greeter greeter;
    private final Enforcement enforcement;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile InboxRecords records;

    @Activate
    public Welcome(
            @Reference ConfigurationReports reports,
            @Reference GatepostComponents components,
            Map<String, Object> properties) {
        this.reports = reports;
        GreetedUsers users = new GreetedUsers(() -> records);
        greeter = new Greeter(thread, InstantSource.system(), users);
        enforcement = new Enforcement(
                reports,
                users,
                greeter,
                new TakeOver(Path.of(System.getProperty("karaf.data", "data"), "gatepost-welcome")),
                () -> new GreetingRoute(components.component(OwnAccount.WELCOME)));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        every(PRESENCE_SECONDS, "the note of who is there", greeter::notePresence);
        every(LOOK_SECONDS, "the look for what the welcome waits for", enforcement::look);
        modified(properties);
    }

    private void every(long seconds, String what, Runnable task) {
        thread.scheduleWithFixedDelay(new RepeatedTask(what, task), seconds, seconds, TimeUnit.SECONDS);
    }

    /** Takes a changed configuration. One that says nothing is being written and one that is wrong is refused. */
    @Modified
    public void modified(Map<String, Object> properties) {
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        String file = Settings.file(PID, properties);
        try {
            WelcomeSettings settings = WelcomeSettings.of(properties);
            later(() -> enforcement.configure(settings, file));
        } catch (ConfigurationProblems e) {
            later(() -> enforcement.refuse(file, e.problems()));
        }
    }

    /** Waits for receipts that are about to come; what else is in flight is due again at the next start. */
    @Deactivate
    public void deactivate() {
        thread.execute(() -> {
            enforcement.stop();
            // behind the receipts that came while the route was closing
            thread.execute(thread::shutdown);
        });
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("still busy after {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reports.removed(PID);
    }

    /** Greets a user again, or for the first time; completes when the broker has the greeting. */
    public CompletableFuture<Void> greet(String user) {
        return inThread(() -> greeter.ask(user));
    }

    /** @return the names in the users file */
    public Set<String> names() {
        return inThread(greeter::names);
    }

    @Override
    public void listed(Map<String, Set<String>> users) {
        later(() -> greeter.listed(users));
    }

    @Override
    public void signedIn(String user, Set<String> groups) {
        later(() -> greeter.signedIn(user, groups));
    }

    @Override
    public void signedOut(String user) {
        later(() -> greeter.signedOut(user));
    }

    private void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("told something after the end", e);
        }
    }

    private <T> T inThread(Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
