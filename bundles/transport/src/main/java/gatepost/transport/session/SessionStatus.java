package gatepost.transport.session;

import gatepost.metrics.view.ConnectionView.ConnectionRow;
import gatepost.metrics.view.SessionView.SessionRow;
import gatepost.transport.metrics.OpenSessions.OpenSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a session looks to an operator; any thread. */
final class SessionStatus implements OpenSession {

    private final Session session;
    private final Outbox outbox;
    private final String address;
    private final String connector;
    private final HeartBeats beats;
    private final Instant since = Instant.now();

    SessionStatus(Session session, Outbox outbox, String address, String connector, HeartBeats beats) {
        this.session = session;
        this.outbox = outbox;
        this.address = address;
        this.connector = connector;
        this.beats = beats;
    }

    @Override
    public SessionRow session() {
        List<String> destinations = new ArrayList<>();
        long unacknowledged = 0;
        for (Subscription subscription : session.subscriptions().all()) {
            destinations.add(subscription.consumer().getDestination().getQualifiedName());
            unacknowledged += subscription.unacknowledged();
        }
        return new SessionRow(
                session.id(),
                String.valueOf(session.user()),
                address,
                since,
                destinations,
                outbox.messageBytes(),
                unacknowledged);
    }

    @Override
    public ConnectionRow connection() {
        return new ConnectionRow(connector, beats.send(), beats.receive());
    }
}
