package gatepost.inbox;

import java.util.Collection;
import org.apache.activemq.command.ActiveMQQueue;

/** Who gets what is sent to an audience at this moment. Any thread. */
@FunctionalInterface
interface Recipients {

    /**
     * @param members who was made a member of it
     * @return their inboxes, each of them once
     * @throws AudienceRefused when nobody can say who they are
     */
    Collection<ActiveMQQueue> inboxes(Members members) throws AudienceRefused;
}
