package gatepost.contracts;

import java.util.function.BiPredicate;
import org.apache.activemq.command.ActiveMQQueue;

/** The service that knows who may read what, whether they have a session or not: authorization's. Any thread; never blocks. */
@FunctionalInterface
public interface ReadRights {

    /**
     * What users may read as the entry map says now, with the groups that they have: in their sessions, or else in the users file. A user
     * of whom neither knows comes with a token, which may give any group that the map names.
     *
     * @return whether the user of a name may read a queue; all answers are of this moment
     */
    BiPredicate<String, ActiveMQQueue> now();
}
