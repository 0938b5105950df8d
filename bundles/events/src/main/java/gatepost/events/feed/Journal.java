package gatepost.events.feed;

import gatepost.contracts.events.EventRecords;
import java.io.IOException;

/** Where events are remembered. */
@FunctionalInterface
public interface Journal {

    /** @throws IOException while there is none: the inbox is not installed, or not started yet */
    EventRecords records() throws IOException;
}
