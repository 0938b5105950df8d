package gatepost.broker.connector;

/**
 * How a connector is doing.
 *
 * @param name the name in its PID
 * @param uri where it listens, with the port that it was given where the configuration says 0
 * @param open whether clients can connect
 * @param connections how many there are right now
 * @param limit how many there may be
 * @param problem why it is not open, empty when it is
 */
public record ConnectorStatus(String name, String uri, boolean open, int connections, int limit, String problem) {}
