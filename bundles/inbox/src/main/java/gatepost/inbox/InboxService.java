package gatepost.inbox;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import gatepost.contracts.InboxNames;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Says which queues are inboxes, from PID {@value #PID}. Without a configuration none is. */
@Component(
        service = {InboxService.class, InboxNames.class},
        immediate = true,
        configurationPid = InboxService.PID)
@Designate(ocd = InboxDefinition.class)
public final class InboxService implements Inboxes, InboxNames {

    public static final String PID = "gatepost.inbox";

    private final ConfigurationReports reports;
    private final InboxTotals totals = new InboxTotals();
    private volatile Runnable listener = () -> {};
    private volatile InboxSettings settings = InboxSettings.NONE;

    @Activate
    public InboxService(@Reference ConfigurationReports reports, Map<String, Object> properties) {
        this.reports = reports;
        configure(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        configure(properties);
    }

    @Deactivate
    void deactivate() {
        reports.removed(PID);
    }

    private void configure(Map<String, Object> properties) {
        if (!properties.containsKey(Constants.SERVICE_PID)) {
            put(InboxSettings.NONE);
            reports.removed(PID);
            return;
        }
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        String file = Settings.file(PID, properties);
        try {
            InboxSettings next = InboxSettings.of(properties);
            put(next);
            reports.taken(PID, file, next.patterns().isEmpty() ? "no queue is an inbox" : "");
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
        }
    }

    private void put(InboxSettings next) {
        InboxSettings last = settings;
        settings = next;
        if (!next.patterns().equals(last.patterns())) {
            listener.run();
        }
    }

    @Override
    public boolean isInbox(ActiveMQDestination queue) {
        return queue.isQueue()
                && !queue.isTemporary()
                && !queue.isComposite()
                && !queue.isPattern()
                && settings.owner(queue.getPhysicalName()).isPresent();
    }

    @Override
    public boolean isInbox(String queue) {
        return isInbox(new ActiveMQQueue(queue));
    }

    @Override
    public LoadedInbox open(Room room) throws Exception {
        String owner = settings.owner(room.name().getPhysicalName())
                .orElseThrow(() -> new IllegalStateException(room.name() + " is no inbox any more"));
        return new Inbox(room, owner, () -> settings, totals);
    }

    @Override
    public Set<String> kinds() {
        return new TreeSet<>(settings.patterns().keySet());
    }

    @Override
    public Optional<ActiveMQQueue> inbox(String user, Optional<String> kind) {
        Map<String, InboxPattern> patterns = settings.patterns();
        InboxPattern pattern = kind.map(patterns::get)
                .orElseGet(() -> kind.isEmpty() && patterns.size() == 1
                        ? patterns.values().iterator().next()
                        : null);
        return Optional.ofNullable(pattern).flatMap(its -> inbox(its, user));
    }

    /** A name with a character that has a meaning in those of destinations would lead to another's inbox, or to many. */
    private Optional<ActiveMQQueue> inbox(InboxPattern pattern, String user) {
        String name = pattern.inbox(user);
        ActiveMQQueue queue = new ActiveMQQueue(name);
        boolean own = isInbox(queue)
                && queue.getPhysicalName().equals(name)
                && settings.owner(name).filter(user::equals).isPresent();
        return own ? Optional.of(queue) : Optional.empty();
    }

    InboxTotals totals() {
        return totals;
    }

    /** @param kind which of a user's inboxes */
    record Whose(String user, String kind) {}

    /** @return whose inbox a queue of that name is; nothing when it is none */
    Optional<Whose> whose(String queue) {
        return settings.patterns().entrySet().stream()
                .flatMap(pattern ->
                        pattern.getValue().owner(queue).map(user -> new Whose(user, pattern.getKey())).stream())
                .findFirst();
    }

    @Override
    public InboxLimits limits() {
        return settings.limits();
    }

    @Override
    public long forgetAfter() {
        return settings.forgetAfter();
    }

    @Override
    public void whenChanged(Runnable next) {
        listener = next;
    }
}
