package gatepost.broker.selector;

import jakarta.jms.InvalidSelectorException;

/** A selector that is refused; the message is for the client, and says what is wrong with it and where. */
public final class SelectorFault extends InvalidSelectorException {

    private static final long serialVersionUID = 1;

    SelectorFault(String fault) {
        super("the selector is refused: " + fault);
    }
}
