package gatepost.client;

/**
 * There was no connection to Gatepost for too long, or no receipt in time. In the second case the message may have arrived all
 * the same; whoever sends it again should give it the same header {@code gatepost-message-id}.
 */
public final class GatepostUnavailableException extends GatepostException {

    private static final long serialVersionUID = 1L;

    public GatepostUnavailableException(String message) {
        super(message);
    }
}
