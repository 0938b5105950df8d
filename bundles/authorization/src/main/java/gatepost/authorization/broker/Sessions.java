package gatepost.authorization.broker;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.ConsumerInfo;

/** All clients that are signed in through one filter. Safe for use by several threads. */
public final class Sessions {

    private final ConcurrentMap<ConnectionContext, Session> sessions = new ConcurrentHashMap<>();

    /** @return the sessions, those that have lasted longest first */
    public List<Session> all() {
        return sessions.values().stream()
                .sorted(Comparator.comparing(Session::since))
                .toList();
    }

    Session of(ConnectionContext context) {
        return sessions.computeIfAbsent(context, Session::new);
    }

    /** Forgets a subscription; that of a session which is gone already is forgotten with it. */
    void unsubscribed(ConnectionContext context, ConsumerInfo info) {
        Session session = sessions.get(context);
        if (session != null) {
            session.unsubscribed(info);
        }
    }

    void removed(ConnectionContext context) {
        sessions.remove(context);
    }

    boolean contains(Session session) {
        return sessions.containsKey(session.context());
    }

    Iterable<Session> each() {
        return sessions.values();
    }
}
