package gatepost.contracts;

import java.util.List;
import java.util.Map;
import org.apache.activemq.command.ActiveMQQueue;

/** The service that knows who may read what, whether they have a session or not: authorization's. Any thread; never blocks. */
public interface ReadRights {

    /**
     * What users may read as the entry map says now, with the groups that they have: in their sessions, or else in the users file. A user
     * of whom neither knows comes with a token, which may give any group that the map names.
     *
     * @param queues one queue of each user, by their names
     * @return those queues that their users may read
     */
    List<ActiveMQQueue> readable(Map<String, ActiveMQQueue> queues);
}
