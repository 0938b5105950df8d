package gatepost.inbox;

import jakarta.jms.InvalidDestinationException;

/** An audience cannot do what it was asked for; who asked is told why, word for word. */
final class AudienceRefused extends InvalidDestinationException {

    private static final long serialVersionUID = 1;

    AudienceRefused(String message) {
        super(message);
    }
}
