package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.realm.UsersFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.activemq.broker.ConnectionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that are alive: ends those whose time is over and makes them agree with a changed users file. Safe for use by
 * several threads.
 */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Map<ConnectionContext, Session> live = new ConcurrentHashMap<>();
    private final Consumer<ConnectionContext> groupsChanged;
    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private volatile UsersFile usersFile = UsersFile.none();

    /**
     * @param groupsChanged told of each session whose groups have changed
     * @param scheduler ends sessions on its threads
     */
    public Sessions(Consumer<ConnectionContext> groupsChanged, ScheduledExecutorService scheduler, InstantSource clock) {
        this.groupsChanged = groupsChanged;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    Session open(ConnectionContext context, Identity identity) {
        Session session = new Session(context, identity);
        live.put(context, session);
        Instant ends = identity.ends();
        if (!ends.equals(Instant.MAX)) {
            long delay = Math.max(Duration.between(clock.instant(), ends).toMillis(), 0);
            session.endsWith(scheduler.schedule(() -> end(session), delay, TimeUnit.MILLISECONDS));
        }
        return session;
    }

    /** Looks again at a session that has just become live: the users file may have changed while its user signed in. */
    void check(Session session) {
        agree(session);
    }

    void closed(ConnectionContext context) {
        Session session = live.remove(context);
        if (session != null) {
            session.closed();
        }
    }

    /** Makes live sessions agree with the users file: new groups are taken over, users who are gone are signed out. */
    public void agreeWith(UsersFile changed) {
        usersFile = changed;
        live.values().forEach(this::agree);
    }

    private void agree(Session session) {
        Identity identity = session.identity();
        if (identity.source() != Source.USERS_FILE) {
            return;
        }
        guarded(session, () -> {
            Optional<UsersFile.User> user = usersFile.user(identity.user());
            if (user.isEmpty()) {
                session.cut("signed out: the account was removed");
            } else if (!user.get().fingerprint().equals(identity.credential())) {
                session.cut("signed out: the password was changed");
            } else if (session.groups(withoutOwn(user.get().groups()))) {
                groupsChanged.accept(session.context());
            }
        });
    }

    private void end(Session session) {
        guarded(session, () -> session.cut("signed out: the token has expired"));
    }

    /** One broken session must not keep the others from being looked at. */
    private static void guarded(Session session, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("the session of {} cannot be brought up to date", session.identity().user(), e);
        }
    }

    private static Set<String> withoutOwn(Set<String> groups) {
        Set<String> plain = new HashSet<>(groups);
        plain.removeIf(UserName::isOwn);
        return plain;
    }
}
