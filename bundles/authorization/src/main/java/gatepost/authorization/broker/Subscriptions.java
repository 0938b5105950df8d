package gatepost.authorization.broker;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConsumerInfo;

/**
 * What the clients are subscribed to that are signed in through one filter, those among them who are subscribed to nothing. It owns the
 * subscriptions and no more: who a client is and since when, the connection's security context says, which is authentication's. Safe
 * for use by several threads.
 */
public final class Subscriptions {

    private final ConcurrentMap<ConnectionContext, SessionSubscriptions> sessions = new ConcurrentHashMap<>();

    /** @return those of each session; sessions that have lasted longest come first, and last those of which nobody knows how long */
    public List<SessionSubscriptions> all() {
        return sessions.values().stream()
                .sorted(Comparator.comparing(session -> session.since().orElse(Instant.MAX)))
                .toList();
    }

    /** @param caller whether it is there for calls only */
    void signedIn(ConnectionContext context, boolean caller) {
        sessions.put(context, new SessionSubscriptions(context, caller));
    }

    SessionSubscriptions of(ConnectionContext context) {
        return sessions.computeIfAbsent(context, any -> new SessionSubscriptions(any, false));
    }

    /** Forgets a subscription; that of a session which is gone already is forgotten with it. */
    void unsubscribed(ConnectionContext context, ConsumerInfo info) {
        SessionSubscriptions session = sessions.get(context);
        if (session != null) {
            session.unsubscribed(info);
        }
    }

    void removed(ConnectionContext context) {
        sessions.remove(context);
    }

    Iterable<SessionSubscriptions> each() {
        return sessions.values();
    }
}
