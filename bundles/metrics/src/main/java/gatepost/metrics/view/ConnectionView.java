package gatepost.metrics.view;

import java.util.Optional;

/** A service of the bundle that has the connectors: what only it knows of a session. */
public interface ConnectionView {

    /** @param session its id, as {@link SessionView} has it */
    Optional<ConnectionRow> connection(String session);

    /**
     * The connection of a session.
     *
     * @param connector the name of the connector that it came through
     * @param heartBeatSent milliseconds after which something is sent to the client, 0 for never
     * @param heartBeatExpected milliseconds within which something is expected of it, 0 for whenever it likes
     */
    record ConnectionRow(String connector, int heartBeatSent, int heartBeatExpected) {}
}
