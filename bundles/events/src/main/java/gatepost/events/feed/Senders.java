package gatepost.events.feed;

import gatepost.contracts.events.EventSubscriber;
import java.util.Collection;
import java.util.Optional;

/** The service that knows who is told what. Any thread. */
public interface Senders {

    /** As {@link gatepost.contracts.events.EventFeed#subscribe}. */
    Sender subscribe(EventSubscriber subscriber);

    /** @return in no particular order */
    Collection<Sender> all();

    /** @return the one of that name */
    Optional<Sender> sender(String name);
}
