package gatepost.events.feed;

import gatepost.contracts.events.EventSubscriber;

/** A subscriber that says more of itself than most. */
public interface Receiver extends EventSubscriber {

    /** @return to how many users' events it listens at the same time */
    int atOnce();

    /** @return where it is: one that has refused everything for good is asked again when it is elsewhere */
    String target();
}
