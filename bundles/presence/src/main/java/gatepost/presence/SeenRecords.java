package gatepost.presence;

import gatepost.contracts.Durability;
import gatepost.contracts.PresenceRecords;
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
    private final Executor thread;

    /**
     * @param records {@code null} from it while there are none
     * @param thread runs what was to follow
     */
    SeenRecords(Supplier<PresenceRecords> records, Executor thread) {
        this.records = records;
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
        try {
            Durability noted = now.online(user, since);
            noted.whenSettled(() -> thread.execute(then));
        } catch (IOException e) {
            LOG.debug("it is not noted that {} is on line", user, e);
            thread.execute(then);
        }
    }

    void offline(String user, long seen) {
        PresenceRecords now = records.get();
        if (now == null) {
            return;
        }
        try {
            now.offline(user, seen);
        } catch (IOException e) {
            LOG.debug("it is not noted that {} is off line", user, e);
        }
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
