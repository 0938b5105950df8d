package gatepost.events.session;

import gatepost.contracts.Durability;
import gatepost.contracts.SessionList.OpenSession;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.UserEvent;
import gatepost.contracts.inbox.Note;
import gatepost.events.feed.Clocks;
import gatepost.events.feed.Journal;
import gatepost.events.feed.Worker;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports sessions that begin and end. While somebody wants to hear of ends, a mark is written with each beginning and taken out with the
 * end: what a crash ended is reported at the next start. All but {@link #opened} and {@link #closed} is its worker's.
 */
public final class SessionEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SessionEvents.class);
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);
    /** What happens while nothing can be remembered is not kept without end. */
    private static final int MOST = 100_000;

    private final EventReports reports;
    private final Journal journal;
    private final Supplier<Optional<List<OpenSession>>> live;
    private final Worker worker;
    private final Clocks clocks;
    private final Deque<Step> steps = new ArrayDeque<>();
    /** The ids of sessions of which a mark was written. */
    private final Set<String> marked = new HashSet<>();
    /** The ids of sessions that began since the start and have not ended. */
    private final Set<String> open = new HashSet<>();

    private boolean waits;

    /** Something that happened, to be written down. */
    private interface Step {

        void write(EventRecords records) throws IOException;
    }

    /** @param live those that there are now; nothing while that is not known */
    public SessionEvents(
            EventReports reports,
            Journal journal,
            Supplier<Optional<List<OpenSession>>> live,
            Worker worker,
            Clocks clocks) {
        this.reports = reports;
        this.journal = journal;
        this.live = live;
        this.worker = worker;
        this.clocks = clocks;
    }

    /** Looks which sessions have ended with the last run. */
    public void start() {
        worker.run(this::recover);
    }

    /** Any thread. */
    public void opened(OpenSession session) {
        worker.run(() -> {
            open.add(session.id());
            add(records -> begin(records, session));
        });
    }

    /** Any thread. */
    public void closed(OpenSession session) {
        long at = clocks.millis();
        worker.run(() -> {
            open.remove(session.id());
            add(records -> end(records, session, at));
        });
    }

    private void add(Step step) {
        if (steps.size() < MOST) {
            steps.add(step);
        }
        if (!waits) {
            write();
        }
    }

    private void write() {
        waits = false;
        try {
            for (Step step = steps.peek(); step != null; step = steps.peek()) {
                step.write(journal.records());
                steps.remove();
            }
        } catch (IOException e) {
            LOG.debug("sessions are reported later", e);
            waits = true;
            worker.later(AGAIN, this::write);
        }
    }

    private void begin(EventRecords records, OpenSession session) throws IOException {
        String key = SessionMark.key(session.id());
        EventReport report = reports.about(new UserEvent(
                EventType.SESSION_OPENED,
                session.user(),
                key,
                session.since().toEpochMilli(),
                SessionMark.of(session).facts()));
        List<Note> notes = new ArrayList<>(report.notes());
        if (reports.wants(EventType.SESSION_CLOSED)) {
            notes.add(new Note(SessionMark.name(key), SessionMark.of(session).bytes()));
        }
        if (note(records, session.user(), notes, report) && reports.wants(EventType.SESSION_CLOSED)) {
            marked.add(session.id());
        }
    }

    private void end(EventRecords records, OpenSession session, long at) throws IOException {
        String key = SessionMark.key(session.id());
        EventReport report = reports.about(new UserEvent(
                EventType.SESSION_CLOSED,
                session.user(),
                key,
                at,
                SessionMark.of(session).facts()));
        List<Note> notes = new ArrayList<>(report.notes());
        if (marked.contains(session.id())) {
            notes.add(new Note(SessionMark.name(key), null));
        }
        note(records, session.user(), notes, report);
        marked.remove(session.id());
    }

    /** @return whether it was written */
    private static boolean note(EventRecords records, String user, List<Note> notes, EventReport report)
            throws IOException {
        Optional<String> queue = notes.isEmpty() ? Optional.empty() : records.queue(user);
        if (queue.isEmpty()) {
            report.dropped(); // of a user who can have no inbox nothing can be remembered
            return false;
        }
        try {
            Durability stored = records.note(user, notes);
            report.written(queue.get(), stored);
            return true;
        } catch (IOException | RuntimeException e) {
            report.dropped();
            throw e;
        }
    }

    private record Ended(String user, String name, SessionMark mark) {}

    private void recover() {
        Optional<List<OpenSession>> there = live.get();
        if (there.isEmpty()) {
            worker.later(AGAIN, this::recover);
            return;
        }
        Set<String> ids = new HashSet<>(open);
        there.get().forEach(session -> ids.add(session.id()));
        List<Ended> found = new ArrayList<>();
        try {
            journal.records().forEach((queue, user, name, value) -> {
                if (SessionMark.isOne(name)) {
                    SessionMark.read(value).ifPresent(mark -> found.add(new Ended(user, name, mark)));
                }
            });
        } catch (IOException e) {
            LOG.debug("it is not known yet which sessions have ended", e);
            worker.later(AGAIN, this::recover);
            return;
        }
        for (Ended ended : found) {
            if (ids.contains(ended.mark().id())) {
                marked.add(ended.mark().id());
            } else if (!marked.contains(ended.mark().id())) {
                add(again -> stopped(again, ended));
            }
        }
    }

    private void stopped(EventRecords records, Ended ended) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>(ended.mark().facts());
        facts.put("reason", "stopped");
        EventReport report = reports.about(new UserEvent(
                EventType.SESSION_CLOSED,
                ended.user(),
                SessionMark.key(ended.mark().id()),
                clocks.millis(),
                facts));
        List<Note> notes = new ArrayList<>(report.notes());
        notes.add(new Note(ended.name(), null));
        note(records, ended.user(), notes, report);
    }
}
