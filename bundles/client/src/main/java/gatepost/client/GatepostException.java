package gatepost.client;

/**
 * A message did not get through to Gatepost, or it is not known whether it did. It has no stack trace: what is told comes over the
 * network, and the thread that hears of it has nothing to do with who sent.
 */
public class GatepostException extends Exception {

    private static final long serialVersionUID = 1L;

    public GatepostException(String message) {
        super(message, null, false, false);
    }
}
