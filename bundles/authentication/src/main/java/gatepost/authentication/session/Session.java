package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.TokenAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import org.apache.activemq.broker.ConnectionContext;

/**
 * A client that is signed in. Safe for use by several threads; the lock of this object is held by whoever changes who it is, or ends it
 * because of that.
 */
final class Session {

    /** Puts another token in the place of a session's, as {@link gatepost.contracts.TokenAccount#refresh} says. */
    @FunctionalInterface
    interface Refresher {

        void refresh(Session session, String token) throws QuotaReached;
    }

    private final ConnectionContext context;
    private final SessionSecurity security;
    private final boolean caller;
    private volatile Identity identity;
    private Future<?> end;
    private boolean over;

    Session(
            ConnectionContext context,
            Identity identity,
            boolean caller,
            TrustedGroups trusted,
            InstantSource clock,
            Refresher refresher) {
        this.context = context;
        this.caller = caller;
        this.identity = identity;
        Instant since = clock.instant();
        this.security = identity.ends().equals(Instant.MAX)
                ? new SessionSecurity(identity.user(), identity.groups(), trusted, since)
                : new TokenSecurity(this, trusted, since, clock, refresher);
    }

    ConnectionContext context() {
        return context;
    }

    /** Whether it is there for calls only. */
    boolean isCaller() {
        return caller;
    }

    /** @return who it is; another one of the same user after a refresh */
    Identity identity() {
        return identity;
    }

    SessionSecurity security() {
        return security;
    }

    /** Under the lock: another token of the same user is in force. */
    void identity(Identity next) {
        identity = next;
    }

    /** @param task cuts this session when its time is over; takes the place of the one before */
    synchronized void endsWith(Future<?> task) {
        closed();
        end = task;
    }

    /** Under the lock: it is being cut. */
    void over() {
        over = true;
    }

    /** @return whether it is being cut; under the lock, for one who changes something unless it is */
    boolean isOver() {
        return over;
    }

    /** The connection is gone. */
    synchronized void closed() {
        if (end != null) {
            end.cancel(false);
        }
    }

    /** A session whose token can be asked for, and replaced. */
    private static final class TokenSecurity extends SessionSecurity implements TokenAccount {

        private final Session session;
        private final InstantSource clock;
        private final Refresher refresher;

        TokenSecurity(Session session, TrustedGroups trusted, Instant since, InstantSource clock, Refresher refresher) {
            super(session.identity.user(), session.identity.groups(), trusted, since);
            this.session = session;
            this.clock = clock;
            this.refresher = refresher;
        }

        @Override
        public Instant expires() {
            return session.identity.ends();
        }

        @Override
        public Duration expiresIn() {
            Duration left = Duration.between(clock.instant(), expires());
            return left.isNegative() ? Duration.ZERO : left;
        }

        @Override
        public Duration refresh(String token) throws QuotaReached {
            refresher.refresh(session, token);
            return expiresIn();
        }
    }
}
