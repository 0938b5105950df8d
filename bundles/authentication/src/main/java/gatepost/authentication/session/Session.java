package gatepost.authentication.session;

import gatepost.authentication.identity.Identity;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.broker.ConnectionContext;

/** A client that is signed in. Safe for use by several threads. */
final class Session {

    private final ConnectionContext context;
    private final Identity identity;
    private final SessionSecurity security;
    private final AtomicReference<Future<?>> end = new AtomicReference<>();

    Session(ConnectionContext context, Identity identity, TrustedGroups trusted, Instant since) {
        this.context = context;
        this.identity = identity;
        this.security = new SessionSecurity(identity.user(), identity.groups(), trusted, since);
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
}
