package gatepost.contracts;

import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQTopic;

/**
 * The topics that say who is on line. They are none of ActiveMQ's: Gatepost itself answers whoever subscribes, and nobody may send there.
 * What follows the {@link #PREFIX} is a user's exact name, dots and all; no name that a user can have holds a character that is a wildcard,
 * or separates names.
 */
public final class PresenceTopics {

    public static final String PREFIX = "gatepost.presence.";

    private PresenceTopics() {}

    /** @return what says whether a user is on line */
    public static ActiveMQTopic topic(String user) {
        return new ActiveMQTopic(PREFIX + user);
    }

    /** @return whether it is one of them, a wildcard for some of them, or a composite with one of those */
    public static boolean isAny(ActiveMQDestination destination) {
        if (destination == null) {
            return false;
        }
        for (ActiveMQDestination part : parts(destination)) {
            if (part.isTopic() && !part.isTemporary() && part.getPhysicalName().startsWith(PREFIX)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @return what follows the prefix in each part of a destination: names of users, or wildcards over their segments
     * @throws IllegalArgumentException where a part is something else
     */
    public static List<String> names(ActiveMQDestination destination) {
        List<String> names = new ArrayList<>(1);
        for (ActiveMQDestination part : parts(destination)) {
            if (!isAny(part)) {
                throw new IllegalArgumentException(part.getQualifiedName()
                        + " says nothing of who is on line, and needs a subscription of its own");
            }
            names.add(part.getPhysicalName().substring(PREFIX.length()));
        }
        return names;
    }

    private static ActiveMQDestination[] parts(ActiveMQDestination destination) {
        return destination.isComposite()
                ? destination.getCompositeDestinations()
                : new ActiveMQDestination[] {destination};
    }
}
