package gatepost.inbox;

import jakarta.jms.InvalidDestinationException;

/** A message cannot be taken under the name that its sender gave to it; who sent it is told why, word for word. */
final class IdentityRefused extends InvalidDestinationException {

    private static final long serialVersionUID = 1;

    IdentityRefused(String message) {
        super(message);
    }
}
