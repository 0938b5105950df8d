package gatepost.metrics.view;

import java.time.Instant;
import java.util.List;

/** A service of the bundle that has the sessions. */
public interface SessionView {

    /** @return everybody who is signed in, in no particular order */
    List<SessionRow> sessions();

    /**
     * A session.
     *
     * @param address where the client connects from, as a URI
     * @param destinations what it is subscribed to
     * @param waitingBytes of messages that wait to be written to the client
     * @param unacknowledged messages that the client has got and not acknowledged
     */
    record SessionRow(
            String id,
            String user,
            String address,
            Instant since,
            List<String> destinations,
            long waitingBytes,
            long unacknowledged) {}
}
