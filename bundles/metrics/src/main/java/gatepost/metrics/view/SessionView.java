package gatepost.metrics.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A service of the bundle that has the sessions. */
public interface SessionView {

    /** @return everybody who is signed in, in no particular order */
    List<SessionRow> sessions();

    /**
     * A session.
     *
     * @param address where the client connects from, as a URI
     * @param since when it signed in; nothing where another than Gatepost's authentication let it in
     * @param destinations what it is subscribed to
     * @param waitingBytes of messages that wait to be written to the client
     * @param unacknowledged messages that the client has got and not acknowledged
     */
    record SessionRow(
            String id,
            String user,
            String address,
            Optional<Instant> since,
            List<String> destinations,
            long waitingBytes,
            long unacknowledged) {}
}
