package gatepost.authentication.session;

import gatepost.authentication.login.Identity;
import java.util.Set;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConnectionError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that is signed in. */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final ConnectionContext context;
    private final Identity identity;
    private final SessionSecurity security;
    private volatile Set<String> groups;

    Session(ConnectionContext context, Identity identity) {
        this.context = context;
        this.identity = identity;
        this.security = new SessionSecurity(identity.user(), identity.groups());
        this.groups = identity.groups();
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
        if (groups.equals(now)) {
            return false;
        }
        groups = now;
        security.groups(now);
        return true;
    }

    /** Has the client told why and its connection closed. */
    void cut(String message) {
        LOG.info("session of {} from {} ends: {}", identity.user(), context.getConnection().getRemoteAddress(), message);
        ConnectionError error = new ConnectionError();
        error.setException(new SecurityException(message));
        error.setConnectionId(context.getConnectionId());
        context.getConnection().dispatchSync(error);
    }
}
