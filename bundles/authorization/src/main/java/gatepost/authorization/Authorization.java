package gatepost.authorization;

import gatepost.authorization.api.Denial;
import gatepost.authorization.broker.Audit;
import gatepost.authorization.broker.AuthorizationFilter;
import gatepost.authorization.broker.Revocation;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.authorization.broker.Subscriptions;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Gate;
import gatepost.authorization.engine.User;
import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import gatepost.contracts.GroupsListener;
import gatepost.contracts.InboxNames;
import gatepost.contracts.UserSessions;
import gatepost.metrics.MetricSource;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.activemq.broker.Broker;
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
 * Puts the entry map from PID {@value #PID} in force. It is there without a configuration too, and then denies everything; a
 * change never makes it go away, or all sessions would be cut.
 */
@Component(
        service = {Authorization.class, MetricSource.class, UserSessions.class},
        immediate = true,
        configurationPid = Authorization.PID)
@Designate(ocd = AuthorizationDefinition.class)
public final class Authorization implements MetricSource, UserSessions {

    public static final String PID = "gatepost.authorization";

    private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);

    private final ConfigurationReports reports;
    private final DuplicateKeys duplicates;
    private final Gate gate = new Gate();
    private final Audit audit = new Audit();
    private final Revocation revocation = new Revocation(gate, audit, this::inUse);
    private final List<GroupsListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Subscriptions subscriptions = new Subscriptions();

    /** They come and go. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile InboxNames inboxes;

    @Activate
    public Authorization(
            @Reference ConfigurationReports reports,
            @Reference DuplicateKeys duplicates,
            Map<String, Object> properties) {
        this.reports = reports;
        this.duplicates = duplicates;
        configure(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        configure(properties);
    }

    @Deactivate
    void deactivate() {
        put(EntryMap.CLOSED);
        revocation.stop();
        reports.removed(PID);
    }

    /** @return the filter that asks the map in force, to be put before {@code next}; its subscriptions are the ones that count */
    Broker install(Broker next) {
        AuthorizationFilter filter = new AuthorizationFilter(next, gate, audit, () -> Optional.ofNullable(inboxes));
        subscriptions = filter.subscriptions();
        return filter;
    }

    @Override
    public MetricSnapshots scrape() {
        return audit.scrape();
    }

    /** The map in force. */
    public EntryMap map() {
        return gate.map();
    }

    /** @return the clients that are signed in, those that have lasted longest first */
    public List<SessionSubscriptions> sessions() {
        return subscriptions.all();
    }

    /** @return what was denied last, the newest first */
    public List<Denial> recentDenials() {
        return audit.recentDenials();
    }

    /** Closes a session; the client gets an ERROR frame that says so. */
    public void close(SessionSubscriptions session) {
        revocation.close(session);
    }

    @Override
    public int close(String user) {
        List<SessionSubscriptions> sessions = of(user);
        sessions.forEach(this::close);
        return sessions.size();
    }

    @Override
    public int count(String user) {
        return of(user).size();
    }

    @Override
    public Set<String> users() {
        return users(session -> true);
    }

    @Override
    public Set<String> online() {
        return users(session -> !session.isCaller());
    }

    private Set<String> users(Predicate<SessionSubscriptions> which) {
        return sessions().stream()
                .filter(which)
                .flatMap(session -> session.user().stream())
                .map(User::name)
                .collect(Collectors.toSet());
    }

    private List<SessionSubscriptions> of(String user) {
        return sessions().stream()
                .filter(session ->
                        session.user().map(User::name).filter(user::equals).isPresent())
                .toList();
    }

    /** Decides about every live subscription anew, soon and on another thread: groups have changed. */
    public void reevaluate() {
        revocation.reevaluate();
    }

    /** Whoever wants to know which groups the map names. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addGroups(GroupsListener listener) {
        listeners.add(listener);
        listener.named(map().groups());
    }

    /** Counterpart of {@link #addGroups}. */
    public void removeGroups(GroupsListener listener) {
        listeners.remove(listener);
    }

    private void put(EntryMap map) {
        gate.put(map);
        listeners.forEach(listener -> listener.named(map.groups()));
    }

    private Subscriptions inUse() {
        return subscriptions;
    }

    private synchronized void configure(Map<String, Object> properties) {
        if (!properties.containsKey(Constants.SERVICE_PID)) {
            put(EntryMap.CLOSED);
            revocation.reevaluate();
            reports.removed(PID);
            LOG.warn("there is no entry map (PID {}): everything is denied", PID);
            return;
        }
        String file = Settings.file(PID, properties);
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        try {
            AuthorizationSettings settings = AuthorizationSettings.of(properties, duplicates.atUpdate());
            put(settings.map());
            audit.writeAllowed(settings.auditAllowed());
            int entries = settings.map().entries().size();
            if (entries == 0) {
                LOG.warn("{} has no entries: everybody is denied", file);
            }
            revocation.reevaluate();
            reports.taken(PID, file, entries == 0 ? "it has no entries, so everybody is denied" : entries + " entries");
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
            if (gate.map() == EntryMap.CLOSED) {
                LOG.error("{} was refused and there is no earlier entry map: everything is denied", file);
            }
        }
    }
}
