package gatepost.contracts;

import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.MessageDispatch;

/** How much is in an inbox, seen and read, on its way to a subscription that watches it. It has no message and is not acknowledged. */
public final class InboxState extends MessageDispatch {

    private final String json;

    /** @param json an object, as the guide for developers describes it */
    public InboxState(ConsumerId watcher, String json) {
        setConsumerId(watcher);
        this.json = json;
    }

    public String json() {
        return json;
    }
}
