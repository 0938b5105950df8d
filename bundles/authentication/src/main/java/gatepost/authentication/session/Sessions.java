package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.realm.UsersFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.ConnectionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that are alive: ends those whose time is over and makes them agree with a changed users file. Safe for use by
 * several threads.
 */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final String EXPIRED = "signed out: the token has expired";

    private final TrustedGroups trusted = new TrustedGroups();
    private final Map<ConnectionContext, Session> live = new ConcurrentHashMap<>();
    private final Runnable groupsChanged;
    private final Announcements announcements;
    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private volatile UsersFile usersFile = UsersFile.none();
    private volatile Optional<Set<String>> keys = Optional.empty();

    /**
     * @param groupsChanged told when groups of one or more live sessions have changed; must not block
     * @param announcements told of every session that came and went
     * @param scheduler ends sessions on its threads
     */
    public Sessions(
            Runnable groupsChanged,
            Announcements announcements,
            ScheduledExecutorService scheduler,
            InstantSource clock) {
        this.groupsChanged = groupsChanged;
        this.announcements = announcements;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** Puts in force whose users are not rated; live sessions included. */
    public void trust(Collection<String> groups) {
        trusted.set(groups);
    }

    Session open(ConnectionContext context, Identity identity) {
        Session session = new Session(context, identity, trusted);
        live.put(context, session);
        Instant ends = identity.ends();
        if (!ends.equals(Instant.MAX)) {
            long delay = Math.max(Duration.between(clock.instant(), ends).toMillis(), 0);
            session.endsWith(scheduler.schedule(() -> cut(session, EXPIRED), delay, TimeUnit.MILLISECONDS));
        }
        return session;
    }

    /** A session has got through. It is looked at again: the users file may have changed while its user signed in. */
    void begun(Session session) {
        announcements.signedIn(session.context(), session.identity());
        if (agree(session)) {
            groupsChanged.run();
        }
    }

    void closed(ConnectionContext context) {
        Session session = live.remove(context);
        if (session != null) {
            session.closed();
            announcements.signedOut(context);
        }
    }

    /** Forgets every session: the broker's chain of filters is put together anew, for which all connections were closed. */
    void startAnew() {
        live.keySet().forEach(this::closed);
    }

    /** Makes live sessions agree with the users file: new groups are taken over, users who are gone are signed out. */
    public void agreeWith(UsersFile changed) {
        usersFile = changed;
        boolean news = false;
        for (Session session : live.values()) {
            news |= agree(session);
        }
        if (news) {
            groupsChanged.run();
        }
    }

    /**
     * Ends the sessions that a key has let in which is in force no longer: taken away, or another one in its place.
     *
     * @param fingerprints of the keys in force
     */
    public void keysAre(Set<String> fingerprints) {
        keys = Optional.of(Set.copyOf(fingerprints));
        live.values().forEach(this::agreeWithKeys);
    }

    private void agreeWithKeys(Session session) {
        Identity identity = session.identity();
        if (identity.source() == Source.TOKEN && keys.isPresent() && !keys.get().contains(identity.credential())) {
            cut(session, "signed out: the key of the token was taken away");
        }
    }

    /** @return whether the session goes on with other groups */
    private boolean agree(Session session) {
        agreeWithKeys(session);
        Identity identity = session.identity();
        if (identity.source() != Source.USERS_FILE) {
            return false;
        }
        Optional<UsersFile.User> user = usersFile.user(identity.user());
        if (user.isEmpty()) {
            cut(session, "signed out: the account was removed");
        } else if (!user.get().fingerprint().equals(identity.credential())) {
            cut(session, "signed out: the password was changed");
        } else {
            return session.groups(Announcements.withoutOwn(user.get().groups()));
        }
        return false;
    }

    /** One broken connection must not keep the others from being looked at. */
    private static void cut(Session session, String message) {
        try {
            session.cut(message);
        } catch (RuntimeException e) {
            LOG.error("the session of {} cannot be cut", session.identity().user(), e);
        }
    }
}
