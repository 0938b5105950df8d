package gatepost.contracts;

import jakarta.jms.InvalidDestinationException;

/** A message cannot be taken under the name that its sender gave to it; who sent it is told why, word for word. */
public final class IdentityRefused extends InvalidDestinationException {

    private static final long serialVersionUID = 1L;

    /** @param message for the client */
    public IdentityRefused(String message) {
        super(message);
    }
}
