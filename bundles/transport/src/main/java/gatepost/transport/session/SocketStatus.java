package gatepost.transport.session;

import gatepost.contracts.Account;
import gatepost.contracts.Client;
import gatepost.metrics.view.ConnectionView.ConnectionRow;
import gatepost.metrics.view.SessionView.SessionRow;
import gatepost.transport.metrics.OpenSockets.OpenSocket;
import java.util.ArrayList;
import java.util.List;

/** How a session looks to an operator from its socket; any thread. */
final class SocketStatus implements OpenSocket {

    private final Session session;
    private final Client client;
    private final Outbox outbox;
    private final String address;
    private final String connector;
    private final HeartBeats beats;

    SocketStatus(Session session, Client client, Outbox outbox, String address, String connector, HeartBeats beats) {
        this.session = session;
        this.client = client;
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
                client.account().map(Account::since),
                destinations,
                outbox.messageBytes(),
                unacknowledged);
    }

    @Override
    public ConnectionRow connection() {
        return new ConnectionRow(connector, beats.send(), beats.receive());
    }
}
