package gatepost.inbox;

import gatepost.contracts.ReadRights;
import gatepost.contracts.UserGroups;
import gatepost.contracts.UserSessions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.activemq.command.ActiveMQQueue;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Which users there are, as other bundles know them. Whoever may not read an inbox gets nothing there, and where somebody is missing who
 * has to be asked, nobody does. Any thread.
 */
@Component(service = KnownUsers.class)
public final class KnownUsers {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile UserSessions sessions;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile UserGroups groups;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ReadRights rights;

    /**
     * @param inbox of a user of that name, if they can have one
     * @return the inboxes of those who have a session
     */
    Collection<ActiveMQQueue> online(Function<String, Optional<ActiveMQQueue>> inbox) throws AudienceRefused {
        return readable(inboxes(sessions().users(), inbox));
    }

    /**
     * @param there the inboxes that there are, by the names of their users
     * @param inbox of a user of that name, if they can have one
     * @return those, and the inboxes of all who are in the users file or have a session
     */
    Collection<ActiveMQQueue> everyone(
            Map<String, ActiveMQQueue> there, Function<String, Optional<ActiveMQQueue>> inbox) throws AudienceRefused {
        Map<String, ActiveMQQueue> all = new HashMap<>(there);
        all.putAll(inboxes(sessions().users(), inbox));
        all.putAll(inboxes(present(groups, "the users file").listed().keySet(), inbox));
        return readable(all);
    }

    private UserSessions sessions() throws AudienceRefused {
        return present(sessions, "the sessions");
    }

    private static Map<String, ActiveMQQueue> inboxes(
            Set<String> users, Function<String, Optional<ActiveMQQueue>> inbox) {
        Map<String, ActiveMQQueue> inboxes = new HashMap<>();
        users.forEach(user -> inbox.apply(user).ifPresent(queue -> inboxes.put(user, queue)));
        return inboxes;
    }

    private Collection<ActiveMQQueue> readable(Map<String, ActiveMQQueue> inboxes) throws AudienceRefused {
        return present(rights, "the gate").readable(inboxes);
    }

    private static <T> T present(T service, String what) throws AudienceRefused {
        if (service == null) {
            throw new AudienceRefused("it is not known who that is while " + what + " cannot be asked: try again");
        }
        return service;
    }
}
