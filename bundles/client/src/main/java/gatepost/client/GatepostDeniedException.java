package gatepost.client;

/** The entry map does not allow the route's account what was tried. The message is Gatepost's: operation and destination. */
public final class GatepostDeniedException extends GatepostException {

    private static final long serialVersionUID = 1L;

    public GatepostDeniedException(String message) {
        super(message);
    }
}
