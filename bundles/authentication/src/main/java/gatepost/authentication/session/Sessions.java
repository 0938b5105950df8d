package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.authentication.identity.Source;
import gatepost.authentication.identity.TokenFacts;
import gatepost.authentication.identity.UserName;
import gatepost.authentication.login.Authenticator;
import gatepost.authentication.login.SignInRefused;
import gatepost.authentication.realm.UsersFile;
import gatepost.authentication.revocation.RevocationIndex;
import gatepost.contracts.Account;
import gatepost.contracts.SessionCuts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.activemq.broker.ConnectionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is signed in: ends the sessions whose time is over and makes the others agree with a changed users file. It owns the sessions,
 * each with its user, its groups and its beginning, which everybody else reads from the connection's {@link Account}; what they are
 * subscribed to is authorization's, the figures of their sockets are the transport's. Safe for use by several threads.
 */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final String SIGNED_OUT = "signed out: ";
    private static final String EXPIRED = SIGNED_OUT + "the token has expired";

    private final TrustedGroups trusted = new TrustedGroups();
    private final Map<ConnectionContext, Session> live = new ConcurrentHashMap<>();
    private final Runnable groupsChanged;
    private final Announcements announcements;
    private final SessionCuts cuts;
    private final ScheduledExecutorService scheduler;
    private final RevocationIndex revoked;
    private final InstantSource clock;
    private volatile UsersFile usersFile = UsersFile.none();
    private volatile Optional<Set<String>> keys = Optional.empty();

    /**
     * @param groupsChanged told when groups of one or more live sessions have changed; must not block
     * @param announcements told of every session that came and went, but for those that only call
     * @param cuts ends sessions
     * @param scheduler says when the time of a session is over
     * @param revoked which of them must end
     */
    public Sessions(
            Runnable groupsChanged,
            Announcements announcements,
            SessionCuts cuts,
            ScheduledExecutorService scheduler,
            RevocationIndex revoked,
            InstantSource clock) {
        this.groupsChanged = groupsChanged;
        this.announcements = announcements;
        this.cuts = cuts;
        this.scheduler = scheduler;
        this.revoked = revoked;
        this.clock = clock;
    }

    /** Puts in force whose users are not rated; live sessions included. */
    public void trust(Collection<String> groups) {
        trusted.set(groups);
    }

    /** @param caller whether it is there for calls only, so that nobody is told that its user is there */
    Session open(ConnectionContext context, Identity identity, boolean caller, Session.Refresher refresher) {
        Session session = new Session(context, identity, caller, trusted, clock, refresher);
        live.put(context, session);
        if (!identity.ends().equals(Instant.MAX)) {
            endInTime(session, identity);
        }
        return session;
    }

    private void endInTime(Session session, Identity identity) {
        long delay = Math.max(Duration.between(clock.instant(), identity.ends()).toMillis(), 0);
        session.endsWith(scheduler.schedule(
                () -> cutIfStill(session, identity).ifPresent(Runnable::run), delay, TimeUnit.MILLISECONDS));
    }

    /** A token that was replaced in the moment in which its time was over ends nothing. */
    private Optional<Runnable> cutIfStill(Session session, Identity identity) {
        synchronized (session) {
            return session.identity() == identity ? cut(session, EXPIRED) : Optional.empty();
        }
    }

    /**
     * Puts another token in force for a live session; its groups count at once.
     *
     * @param next verified, of the same user
     * @throws SignInRefused when it is older than the one in force, or the session ends; nothing has changed then
     */
    void refresh(Session session, Identity next) throws SignInRefused {
        synchronized (session) {
            if (isOlder(next, session.identity())) {
                throw new SignInRefused(
                        SignInRefused.Kind.REFUSED,
                        Authenticator.NOT_REFRESHED + "the new one is older than the one in force",
                        "token: older than the one in force");
            }
            if (session.isOver()) {
                throw ending();
            }
            session.identity(next);
            endInTime(session, next);
        }
        if (session.security().groups(Announcements.withoutOwn(next.groups()))) {
            groupsChanged.run();
        }
        // what was revoked, or which keys there are, may have changed while it was verified
        agree(List.of(session));
        synchronized (session) {
            if (session.isOver()) {
                throw ending();
            }
        }
    }

    private static SignInRefused ending() {
        return new SignInRefused(
                SignInRefused.Kind.REFUSED, Authenticator.NOT_REFRESHED + "the session ends", "the session ends");
    }

    /** Tells by when they were issued, and where one of them does not say that, by when they end. */
    private static boolean isOlder(Identity next, Identity now) {
        Optional<Instant> issued = next.token().flatMap(TokenFacts::issued);
        Optional<Instant> before = now.token().flatMap(TokenFacts::issued);
        return issued.isPresent() && before.isPresent()
                ? issued.get().isBefore(before.get())
                : next.ends().isBefore(now.ends());
    }

    /** @return those that there are now */
    Collection<Session> live() {
        return live.values();
    }

    /** Ends the sessions that a revocation concerns. @return how many */
    public int endRevoked() {
        return end(
                session -> whatIsRevoked(session).isPresent(),
                session -> SIGNED_OUT + whatIsRevoked(session).orElse("it") + " was revoked");
    }

    /** @return how many there were, not ending already */
    int end(Predicate<Session> which, String message) {
        return end(which, session -> message);
    }

    private int end(Predicate<Session> which, Function<Session, String> message) {
        List<Runnable> errors = new ArrayList<>();
        for (Session session : live.values()) {
            if (which.test(session)) {
                cut(session, message.apply(session)).ifPresent(errors::add);
            }
        }
        errors.forEach(Runnable::run);
        return errors.size();
    }

    private Optional<String> whatIsRevoked(Session session) {
        return revoked.covers(session.identity(), session.security().since());
    }

    /** A session has got through. It is looked at again: the users file may have changed while its user signed in. */
    void begun(Session session) {
        if (!session.isCaller()) {
            announcements.signedIn(session.context(), session.identity(), OpenSessions.told(session));
        }
        agree(List.of(session));
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
        agree(live.values());
    }

    /**
     * Ends the sessions that a key has let in which is in force no longer: taken away, or another one in its place.
     *
     * @param fingerprints of the keys in force
     */
    public void keysAre(Set<String> fingerprints) {
        keys = Optional.of(Set.copyOf(fingerprints));
        agree(live.values().stream()
                .filter(session -> session.identity().source() == Source.TOKEN)
                .toList());
    }

    /** All that must end are cut off from their messages before the first is told why. */
    private void agree(Collection<Session> sessions) {
        List<Runnable> errors = new ArrayList<>();
        boolean news = false;
        for (Session session : sessions) {
            Identity identity = session.identity();
            Optional<UsersFile.User> listed = listed(identity);
            Optional<String> over = whyOver(session, identity, listed);
            if (over.isPresent()) {
                cut(session, over.get()).ifPresent(errors::add);
            } else if (listed.isPresent()) {
                news |= session.security().groups(groups(identity, listed.get()));
            }
        }
        errors.forEach(Runnable::run);
        if (news) {
            groupsChanged.run();
        }
    }

    /** Of Gatepost's own groups those that it came with. */
    private static Set<String> groups(Identity identity, UsersFile.User listed) {
        Set<String> groups = new HashSet<>(identity.groups());
        groups.removeIf(group -> !UserName.isOwn(group));
        groups.addAll(Announcements.withoutOwn(listed.groups()));
        return groups;
    }

    private Optional<UsersFile.User> listed(Identity identity) {
        return identity.source() == Source.USERS_FILE ? usersFile.user(identity.user()) : Optional.empty();
    }

    /** @return why a session must not go on; nothing for one that may */
    private Optional<String> whyOver(Session session, Identity identity, Optional<UsersFile.User> listed) {
        Optional<String> what = whatIsRevoked(session);
        if (what.isPresent()) {
            return Optional.of(SIGNED_OUT + what.get() + " was revoked");
        }
        Optional<Set<String>> inForce = keys;
        if (identity.source() == Source.TOKEN
                && inForce.isPresent()
                && !inForce.get().contains(identity.credential())) {
            return Optional.of(SIGNED_OUT + "the key of the token was taken away");
        }
        if (identity.source() != Source.USERS_FILE) {
            return Optional.empty();
        }
        if (listed.isEmpty()) {
            return Optional.of(SIGNED_OUT + "the account was removed");
        }
        return listed.get().fingerprint().equals(identity.credential())
                ? Optional.empty()
                : Optional.of(SIGNED_OUT + "the password was changed");
    }

    /** @return what tells the client; nothing for one whose session is being cut already */
    private Optional<Runnable> cut(Session session, String message) {
        Optional<Runnable> tell;
        synchronized (session) {
            session.over();
            tell = cuts.begin(session.context(), new SecurityException(message));
        }
        if (tell.isPresent()) {
            LOG.info(
                    "session of {} from {} ends: {}",
                    session.identity().user(),
                    session.context().getConnection().getRemoteAddress(),
                    message);
        }
        return tell;
    }
}
