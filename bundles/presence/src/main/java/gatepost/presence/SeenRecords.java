package gatepost.presence;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.EventReports;
import gatepost.contracts.events.EventType;
import gatepost.contracts.events.PresenceRecords;
import gatepost.contracts.events.UserEvent;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is remembered with the users' inboxes, as far as there are any: without them nobody is remembered, and all else goes on. */
final class SeenRecords {

    private static final Logger LOG = LoggerFactory.getLogger(SeenRecords.class);

    private final Supplier<PresenceRecords> records;
    private final Supplier<EventReports> events;
    private final Executor thread;

    /**
     * @param records {@code null} from it while there are none
     * @param events {@code null} from it while nobody wants to hear of any
     * @param thread runs what was to follow
     */
    SeenRecords(Supplier<PresenceRecords> records, Supplier<EventReports> events, Executor thread) {
        this.records = records;
        this.events = events;
        this.thread = thread;
    }

    /** @return who was on line; nothing while that cannot be said. @throws IOException while the broker is not there */
    Optional<Map<String, Long>> online() throws IOException {
        PresenceRecords now = records.get();
        return now == null ? Optional.empty() : Optional.of(now.online());
    }

    /**
     * Notes that a user is on line.
     *
     * @param then runs once that is on the disk, or cannot be noted
     */
    void online(String user, long since, Runnable then) {
        PresenceRecords now = records.get();
        if (now == null) {
            thread.execute(then);
            return;
        }
        EventReport report = report(EventType.USER_ONLINE, user, since);
        try {
            Durability noted = now.online(user, since, report);
            noted.whenSettled(() -> thread.execute(then));
        } catch (IOException e) {
            report.dropped();
            LOG.debug("it is not noted that {} is on line", user, e);
            thread.execute(then);
        }
    }

    void offline(String user, long seen) {
        PresenceRecords now = records.get();
        if (now == null) {
            return;
        }
        EventReport report = report(EventType.USER_OFFLINE, user, seen);
        try {
            now.offline(user, seen, report);
        } catch (IOException e) {
            report.dropped();
            LOG.debug("it is not noted that {} is off line", user, e);
        }
    }

    /** @param since when it began, milliseconds since 1970 */
    private EventReport report(EventType type, String user, long since) {
        EventReports now = events.get();
        return now == null
                ? EventReport.NONE
                : now.about(new UserEvent(type, user, Long.toString(since), since, Map.of("since", since)));
    }

    /** Any thread. */
    OptionalLong lastSeen(String user) {
        PresenceRecords now = records.get();
        try {
            return now == null ? OptionalLong.empty() : now.lastSeen(user);
        } catch (IOException e) {
            LOG.debug("it is not known when {} was seen", user, e);
            return OptionalLong.empty();
        }
    }
}
