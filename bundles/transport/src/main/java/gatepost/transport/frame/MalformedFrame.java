package gatepost.transport.frame;

/**
 * Bytes that are no frame. Nothing that follows them on the connection can be understood.
 *
 * @param reason what was expected, fit for the client
 * @param tooLarge whether a limit was exceeded rather than the syntax broken
 */
public record MalformedFrame(String reason, boolean tooLarge) implements Inbound {

    @Override
    public int size() {
        return 0;
    }
}
