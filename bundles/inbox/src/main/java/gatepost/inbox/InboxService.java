package gatepost.inbox;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import gatepost.contracts.InboxNames;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Inboxes;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.Room;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
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

/** Says which queues are inboxes, from PID {@value #PID}. Without a configuration none is. */
@Component(
        service = {InboxService.class, InboxNames.class},
        immediate = true,
        configurationPid = InboxService.PID)
@Designate(ocd = InboxDefinition.class)
public final class InboxService implements Inboxes, InboxNames {

    public static final String PID = "gatepost.inbox";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile EventReports events;

    private final ConfigurationReports reports;
    private final KnownUsers users;
    private final InboxTotals totals = new InboxTotals();
    private volatile Runnable listener = () -> {};
    private volatile InboxSettings settings = InboxSettings.NONE;

    @Activate
    public InboxService(
            @Reference ConfigurationReports reports, @Reference KnownUsers users, Map<String, Object> properties) {
        this.reports = reports;
        this.users = users;
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
        if (!next.patterns().equals(last.patterns()) || !next.audiences().equals(last.audiences())) {
            listener.run();
        }
    }

    /** An audience is one of those, too: it is ours to make, and no queue of ActiveMQ's. */
    @Override
    public boolean isInbox(ActiveMQDestination queue) {
        return isSingle(queue)
                && (settings.owner(queue.getPhysicalName()).isPresent() || isToMany(queue.getPhysicalName()));
    }

    /** @return whether it is an audience */
    boolean isToMany(ActiveMQDestination queue) {
        return isSingle(queue) && isToMany(queue.getPhysicalName());
    }

    @Override
    public boolean isToMany(String queue) {
        return settings.isToMany(queue);
    }

    private static boolean isSingle(ActiveMQDestination queue) {
        return queue.isQueue() && !queue.isTemporary() && !queue.isComposite() && !queue.isPattern();
    }

    @Override
    public boolean isInbox(String queue) {
        return isInbox(new ActiveMQQueue(queue));
    }

    @Override
    public LoadedInbox open(Room room) throws Exception {
        String name = room.name().getPhysicalName();
        if (isToMany(name)) {
            return new Audience(room, members -> recipients(room, members), () -> settings, totals);
        }
        String owner = settings.owner(name)
                .orElseThrow(() -> new IllegalStateException(room.name() + " is no inbox any more"));
        return new Inbox(room, owner, () -> settings, () -> events, totals);
    }

    /** Which audience a queue is may change while it is loaded. */
    private Collection<ActiveMQQueue> recipients(Room room, Members members) throws AudienceRefused {
        AudienceSettings audiences = settings.audiences();
        String name = room.name().getPhysicalName();
        if (audiences.isEveryone(name)) {
            return users.everyone(reader -> owners(room, audiences.kind(), reader), this::inboxOf);
        }
        if (audiences.isOnline(name)) {
            return users.online(this::inboxOf);
        }
        List<ActiveMQQueue> inboxes = new ArrayList<>(members.size());
        members.forEach(member -> inboxOf(member).ifPresent(inboxes::add));
        return inboxes;
    }

    /** Reads the inboxes of that kind that there are, or of the only one, each with the name of its user. */
    private void owners(Room room, Optional<String> kind, BiConsumer<String, ActiveMQQueue> reader) {
        pattern(kind)
                .ifPresent(pattern -> room.queues(queue -> {
                    if (isSingle(queue)) {
                        pattern.name(queue.getPhysicalName()).ifPresent(user -> reader.accept(user, queue));
                    }
                }));
    }

    /** @return the inbox of a user to which a message to many goes; nothing when one of that name has none */
    Optional<ActiveMQQueue> inboxOf(String user) {
        return inbox(user, settings.audiences().kind());
    }

    /** @return whether there may be audiences whose members are kept */
    boolean hasAudiences() {
        return !settings.patterns().isEmpty() && settings.audiences().named().isPresent();
    }

    @Override
    public Optional<ActiveMQQueue> audience(String name) {
        return settings.audiences().named().flatMap(pattern -> queue(pattern, name));
    }

    @Override
    public Optional<ActiveMQQueue> everyone() {
        return settings.audiences().everyone().map(ActiveMQQueue::new);
    }

    @Override
    public Optional<ActiveMQQueue> online() {
        return settings.audiences().online().map(ActiveMQQueue::new);
    }

    /** @return which audience a queue is, of those whose members are kept */
    Optional<String> audienceOf(ActiveMQDestination queue) {
        return isToMany(queue) ? settings.audiences().name(queue.getPhysicalName()) : Optional.empty();
    }

    @Override
    public Set<String> kinds() {
        return new TreeSet<>(settings.patterns().keySet());
    }

    @Override
    public Optional<ActiveMQQueue> inbox(String user, Optional<String> kind) {
        return pattern(kind).flatMap(its -> queue(its, user));
    }

    /** @return where is remembered what is a user's and no message's: their only inbox, or of several kinds the first one's */
    Optional<ActiveMQQueue> ownInbox(String user) {
        return kinds().stream().findFirst().flatMap(kind -> inbox(user, Optional.of(kind)));
    }

    /** @return that of a kind, or the only one; nothing when there is none, or nobody can say which */
    private Optional<QueuePattern> pattern(Optional<String> kind) {
        Map<String, QueuePattern> patterns = settings.patterns();
        if (kind.isPresent()) {
            return Optional.ofNullable(patterns.get(kind.get()));
        }
        return patterns.size() == 1 ? Optional.of(patterns.values().iterator().next()) : Optional.empty();
    }

    /** A name with a character that has a meaning in those of destinations would lead to another's inbox, or to many. */
    private static Optional<ActiveMQQueue> queue(QueuePattern pattern, String name) {
        String text = pattern.queue(name);
        ActiveMQQueue queue = new ActiveMQQueue(text);
        boolean own = isSingle(queue)
                && queue.getPhysicalName().equals(text)
                && pattern.name(text).filter(name::equals).isPresent();
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
                        pattern.getValue().name(queue).map(user -> new Whose(user, pattern.getKey())).stream())
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
