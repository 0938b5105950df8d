package gatepost.contracts;

import java.util.Optional;
import java.util.Set;
import org.apache.activemq.command.ActiveMQQueue;

/** Which queue is the inbox of a user. A service; any thread; what it says may change at any time. */
public interface InboxNames {

    /** @return the names of all kinds of inboxes that there are, in order */
    Set<String> kinds();

    /**
     * @param kind which of a user's inboxes; nothing for the only one
     * @return the queue; nothing when there is no such kind, or none was said and there are several
     */
    Optional<ActiveMQQueue> inbox(String user, Optional<String> kind);

    /** @return whether a queue of that name is an inbox, whoever's it is, or an audience */
    boolean isInbox(String queue);

    /** @return whether what is sent to a queue of that name goes to the inboxes of many, which takes a while */
    boolean isToMany(String queue);

    /** @return the queue that reaches all members of an audience; nothing when there can be none of that name */
    Optional<ActiveMQQueue> audience(String name);

    /** @return the queue that reaches every known user; nothing when there is none */
    Optional<ActiveMQQueue> everyone();

    /** @return the queue that reaches whoever has a session; nothing when there is none */
    Optional<ActiveMQQueue> online();
}
