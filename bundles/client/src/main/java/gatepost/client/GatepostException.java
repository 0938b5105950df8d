package gatepost.client;

/** A message did not get through to Gatepost, or it is not known whether it did. */
public class GatepostException extends Exception {

    private static final long serialVersionUID = 1L;

    public GatepostException(String message) {
        super(message);
    }
}
