package gatepost.contracts;

import java.util.List;
import java.util.Optional;
import org.apache.activemq.command.Message;

/** A subscription to {@linkplain PresenceTopics topics of presence}, which takes as many messages as its client acknowledges. Any thread. */
public interface PresenceWatcher {

    /** @return whose it is; nothing for the broker's own */
    Optional<Account> account();

    /** @return the names of users, and wildcards over the segments of names, as {@link PresenceTopics#names} has them; at least one */
    List<String> names();

    /** @return whether it takes a message now */
    boolean hasRoom();

    /** @return whether it takes a message now; when not, {@link PresenceSource#room} is called as soon as it does */
    boolean awaitRoom();

    /** Hands it a message, which others may get as well; does not block. */
    void deliver(Message message);
}
