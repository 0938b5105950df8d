package gatepost.events;

import gatepost.configuration.ConfigurationProblems;
import gatepost.configuration.ConfigurationReports;
import gatepost.configuration.Settings;
import gatepost.contracts.SessionList;
import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.SessionListener;
import gatepost.contracts.events.EventFeed;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.events.feed.Clocks;
import gatepost.events.feed.Feed;
import gatepost.events.feed.Leftovers;
import gatepost.events.feed.Limits;
import gatepost.events.feed.Sender;
import gatepost.events.feed.Senders;
import gatepost.events.feed.WorkerThread;
import gatepost.events.session.SessionEvents;
import gatepost.events.waiting.Undelivered;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
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

/** Puts events together, as PID {@value #PID} says: who reports, who wants to hear, and where it is remembered meanwhile. */
@Component(
        service = {EventReports.class, EventFeed.class, Senders.class, SessionListener.class},
        immediate = true,
        configurationPid = EventsService.PID)
@Designate(ocd = EventsDefinition.class)
public final class EventsService implements EventReports, EventFeed, Senders, SessionListener {

    public static final String PID = "gatepost.events";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SessionList sessions;

    private final ConfigurationReports reports;
    private final WorkerThread thread = new WorkerThread("gatepost-events");
    private final WorkerThread scans = new WorkerThread("gatepost-events-undelivered");
    private final Feed feed = new Feed(
            this::records,
            name -> new WorkerThread("gatepost-events-" + name),
            Clocks.SYSTEM,
            () -> limits(),
            () -> ThreadLocalRandom.current().nextDouble());
    private final SessionEvents sessionEvents = new SessionEvents(
            feed, this::records, () -> Optional.ofNullable(sessions).map(SessionList::all), thread, Clocks.SYSTEM);
    private final Undelivered undelivered = new Undelivered(feed, this::records, scans, Clocks.SYSTEM, () -> limits());
    private final Leftovers leftovers = new Leftovers(feed, this::records, thread, Clocks.SYSTEM, () -> limits());
    private volatile EventRecords records;
    private volatile Limits limits = EventsSettings.NONE;

    @Activate
    public EventsService(@Reference ConfigurationReports reports, Map<String, Object> properties) {
        this.reports = reports;
        modified(properties);
        sessionEvents.start();
        undelivered.start();
        feed.watch(undelivered::look);
        leftovers.start();
    }

    /** Takes a changed configuration. One that says nothing is being written and one that is wrong is refused. */
    @Modified
    public void modified(Map<String, Object> properties) {
        if (!properties.containsKey(Constants.SERVICE_PID)) {
            limits = EventsSettings.NONE;
            reports.removed(PID);
            return;
        }
        if (reports.isAwaited(PID, properties)) {
            return;
        }
        String file = Settings.file(PID, properties);
        try {
            limits = EventsSettings.of(properties);
            reports.taken(PID, file, "");
        } catch (ConfigurationProblems e) {
            reports.refused(PID, file, e.problems());
        }
    }

    @Deactivate
    public void deactivate() {
        feed.all().forEach(Sender::close);
        scans.close();
        thread.close();
        reports.removed(PID);
    }

    /** Where it is remembered. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "withoutRecords")
    public void withRecords(EventRecords there) {
        records = there;
        feed.recordsChanged();
    }

    /** Counterpart of {@link #withRecords}. */
    public void withoutRecords(EventRecords gone) {
        if (records == gone) {
            records = null;
        }
    }

    private EventRecords records() throws IOException {
        EventRecords there = records;
        if (there == null) {
            throw new IOException("there are no inboxes in which events are remembered");
        }
        return there;
    }

    private Limits limits() {
        return limits;
    }

    @Override
    public boolean wants(EventType type) {
        return feed.wants(type);
    }

    @Override
    public EventReport about(UserEvent event) {
        return feed.about(event);
    }

    @Override
    public Sender subscribe(EventSubscriber subscriber) {
        return feed.subscribe(subscriber);
    }

    @Override
    public Collection<Sender> all() {
        return feed.all();
    }

    @Override
    public Optional<Sender> sender(String name) {
        return feed.sender(name);
    }

    @Override
    public void opened(OpenSession session) {
        sessionEvents.opened(session);
    }

    @Override
    public void closed(OpenSession session) {
        sessionEvents.closed(session);
    }
}
