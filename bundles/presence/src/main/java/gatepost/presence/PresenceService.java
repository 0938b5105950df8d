package gatepost.presence;

import gatepost.authentication.api.UserListener;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import gatepost.contracts.Presence;
import gatepost.contracts.PresenceListener;
import gatepost.contracts.PresenceSource;
import gatepost.contracts.PresenceWatcher;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.UserGroups;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.PresenceRecords;
import gatepost.threads.DaemonThreads;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.osgi.framework.Constants;
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

/**
 * Knows who is on line, as PID {@value #PID} says, and tells whoever wants to know. Everything that changes does so on one thread, which
 * nobody waits for.
 */
@Component(
        service = {PresenceService.class, Presence.class, PresenceSource.class, UserListener.class},
        immediate = true,
        configurationPid = PresenceService.PID)
@Designate(ocd = PresenceDefinition.class)
public final class PresenceService implements Presence, PresenceSource, UserListener, Roster.News {

    public static final String PID = "gatepost.presence";

    private static final Logger LOG = LoggerFactory.getLogger(PresenceService.class);
    private static final long LOOK_MILLIS = 200;
    private static final long STOP_SECONDS = 10;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PresenceRecords records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EventReports events;

    private final ConfigurationReports reports;
    private final InstantSource clock = InstantSource.system();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatepost-presence"));
    private final SeenRecords seen = new SeenRecords(() -> records, () -> events, this::later);
    private final People people = new People();
    private final Roster roster = new Roster(
            people,
            seen,
            this,
            (task, nanos) -> thread.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS),
            clock,
            System::nanoTime);
    private final StateMessages messages = new StateMessages(clock);
    private final Watches watches = new Watches(people, roster::watched, messages, this::later);
    private final Answers answers = new Answers(people, seen, clock);
    private final WatchLimits limits = new WatchLimits();
    private final List<PresenceListener> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder changes = new LongAdder();
    /** Whether it is known who was on line at the start, or that nobody knows; only the thread's. */
    private boolean recovered;

    @Activate
    public PresenceService(@Reference ConfigurationReports reports, Map<String, Object> properties) {
        this.reports = reports;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        put(PresenceSettings.NONE);
        modified(properties);
        later(this::look);
    }

    /** Takes a changed configuration. One that says nothing is being written and one that is wrong is refused. */
    @Modified
    public void modified(Map<String, Object> properties) {
        if (!properties.containsKey(Constants.SERVICE_PID)) {
            put(PresenceSettings.NONE);
            reports.removed(PID);
            return;
        }
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        String file = Settings.file(PID, properties);
        try {
            put(PresenceSettings.of(properties));
            reports.taken(PID, file, "");
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
        }
    }

    private void put(PresenceSettings settings) {
        limits.limit(settings);
        later(() -> roster.grace(settings.grace().toNanos()));
    }

    /** Nobody goes off line for it: who is there is so at the next start, too. */
    @Deactivate
    public void deactivate() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("still busy after {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reports.removed(PID);
    }

    /** Whoever wants to know of changes. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addListener(PresenceListener listener) {
        listeners.add(listener);
    }

    /** Counterpart of {@link #addListener}. */
    public void removeListener(PresenceListener listener) {
        listeners.remove(listener);
    }

    /** Who comes and goes with authentication, and with all sessions. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "withoutAuthentication")
    public void withAuthentication(UserGroups users) {
        LOG.debug("{} says from now on who has a session", users);
    }

    /** Counterpart of {@link #withAuthentication}: nobody says of each session that it has ended. */
    public void withoutAuthentication(UserGroups users) {
        LOG.debug("{} says no longer who has a session", users);
        later(roster::allSignedOut);
    }

    /** Waits for the inboxes and the broker, which know who was on line. */
    private void look() {
        recover(false);
        if (!recovered) {
            thread.schedule(() -> run(this::look), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** @param running whether somebody has signed in, so that the broker is there: if it does not know now it never will */
    private void recover(boolean running) {
        if (recovered) {
            return;
        }
        try {
            Optional<Map<String, Long>> online = seen.online();
            recovered = online.isPresent();
            online.ifPresent(roster::recovered);
        } catch (IOException e) {
            LOG.debug("it is not known who was on line", e);
            recovered = running;
        }
    }

    @Override
    public void listed(Map<String, Set<String>> users) {
        // who is listed need not be on line
    }

    @Override
    public void signedIn(String user, Set<String> groups) {
        later(() -> {
            recover(true);
            roster.signedIn(user);
        });
    }

    @Override
    public void signedOut(String user) {
        later(() -> roster.signedOut(user));
    }

    @Override
    public void watch(PresenceWatcher watcher) throws QuotaReached {
        limits.take(watcher);
        later(() -> {
            recover(true);
            watches.watch(watcher);
        });
    }

    @Override
    public void unwatch(PresenceWatcher watcher) {
        limits.giveBack(watcher);
        later(() -> watches.unwatch(watcher));
    }

    @Override
    public void room(PresenceWatcher watcher) {
        later(() -> watches.room(watcher));
    }

    @Override
    public void online(Person person) {
        changed(
                person,
                listener ->
                        listener.online(person.name(), person.state().since().orElse(0)));
    }

    @Override
    public void offline(Person person) {
        changed(
                person,
                listener ->
                        listener.offline(person.name(), person.state().since().orElse(0)));
    }

    @Override
    public void recovered(Person person) {
        watches.changed(person);
    }

    private void changed(Person person, Consumer<PresenceListener> news) {
        changes.increment();
        watches.changed(person);
        for (PresenceListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                LOG.error("{} failed", listener.getClass().getName(), e);
            }
        }
    }

    @Override
    public Optional<State> of(String user) {
        return answers.of(user);
    }

    @Override
    public List<State> online(String after, int limit) {
        return answers.online(after, limit);
    }

    @Override
    public int count() {
        return roster.online();
    }

    @Override
    public OptionalLong lastSeen(String user) {
        return answers.lastSeen(user);
    }

    WatchLimits limits() {
        return limits;
    }

    /** @return changes that were told */
    long changes() {
        return changes.sum();
    }

    /** @return messages that say what is so of somebody: one for a change, and for each beginning */
    long messages() {
        return messages.made();
    }

    /** @return as {@link Watches#later} */
    long late() {
        return watches.later();
    }

    private void later(Runnable task) {
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("told something after the end", e);
        }
    }

    /** What fails must not keep the rest from going on. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("presence failed at something, and goes on", e);
        }
    }
}
