package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that is signed in. Safe for use by several threads. */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final ConnectionContext context;
    private final Identity identity;
    private final SessionSecurity security;
    private final AtomicReference<Set<String>> groups;
    private final AtomicReference<Future<?>> end = new AtomicReference<>();
    private final AtomicBoolean cut = new AtomicBoolean();

    Session(ConnectionContext context, Identity identity, TrustedGroups trusted) {
        this.context = context;
        this.identity = identity;
        this.security = new SessionSecurity(identity.user(), identity.groups(), trusted);
        this.groups = new AtomicReference<>(identity.groups());
    }

    ConnectionContext context() {
        return context;
    }

    Identity identity() {
        return identity;
    }

    SessionSecurity security() {
        return security;
    }

    /** @return whether the groups were others before */
    boolean groups(Set<String> now) {
        if (groups.getAndSet(now).equals(now)) {
            return false;
        }
        security.groups(now);
        return true;
    }

    /** @param task cuts this session when its time is over */
    void endsWith(Future<?> task) {
        end.set(task);
    }

    /** The connection is gone. */
    void closed() {
        Future<?> task = end.get();
        if (task != null) {
            task.cancel(false);
        }
    }

    /** Has the client told why and its connection closed; once is enough. */
    void cut(String message) {
        if (cut.compareAndSet(false, true)) {
            LOG.info(
                    "session of {} from {} ends: {}",
                    identity.user(),
                    context.getConnection().getRemoteAddress(),
                    message);
            ConnectionError error = new ConnectionError();
            error.setException(new SecurityException(message));
            error.setConnectionId(context.getConnectionId());
            context.getConnection().dispatchSync(error);
        }
    }
}
