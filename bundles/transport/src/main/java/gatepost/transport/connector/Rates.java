package gatepost.transport.connector;

/**
 * How much a client may send without being read more slowly.
 *
 * @param connection what one connection may send
 * @param user what all connections of one user may send together, over all connectors
 * @param burst seconds whose worth may come at once after a time of silence
 */
public record Rates(Rate connection, Rate user, int burst) {

    /**
     * A rate, 0 for no limit.
     *
     * @param messages frames a second, but for ACK and NACK, of which nobody can send more than they got
     * @param bytes of frames a second
     */
    public record Rate(int messages, int bytes) {}
}
