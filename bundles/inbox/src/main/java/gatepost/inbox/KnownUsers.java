package gatepost.inbox;

import gatepost.contracts.ReadRights;
import gatepost.contracts.UserGroups;
import gatepost.contracts.UserSessions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
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
     * @return the inboxes of those who are on line
     */
    Collection<ActiveMQQueue> online(Function<String, Optional<ActiveMQQueue>> inbox) throws AudienceRefused {
        Collected online = new Collected();
        online.addAll(sessions().online(), inbox);
        return online.readable;
    }

    /**
     * @param there reads the inboxes that there are, each with the name of its user
     * @param inbox of a user of that name, if they can have one
     * @return those, and the inboxes of all who are in the users file or have a session
     */
    Collection<ActiveMQQueue> everyone(
            Consumer<BiConsumer<String, ActiveMQQueue>> there, Function<String, Optional<ActiveMQQueue>> inbox)
            throws AudienceRefused {
        Set<String> live = sessions().users();
        Set<String> listed = present(groups, "the users file").listed().users();
        Collected everyone = new Collected();
        there.accept(everyone::add);
        everyone.addAll(live, inbox);
        everyone.addAll(listed, inbox);
        return everyone.readable;
    }

    /** The inboxes of users who may read them, each once. There may be a hundred thousand: little is made for each. */
    private final class Collected {

        private final BiPredicate<String, ActiveMQQueue> rights;
        private final Set<String> users = new HashSet<>();
        private final List<ActiveMQQueue> readable = new ArrayList<>();

        Collected() throws AudienceRefused {
            rights = present(KnownUsers.this.rights, "the gate").now();
        }

        void addAll(Set<String> names, Function<String, Optional<ActiveMQQueue>> inbox) {
            for (String name : names) {
                if (!users.contains(name)) {
                    inbox.apply(name).ifPresent(queue -> add(name, queue));
                }
            }
        }

        void add(String user, ActiveMQQueue inbox) {
            if (users.add(user) && rights.test(user, inbox)) {
                readable.add(inbox);
            }
        }
    }

    private UserSessions sessions() throws AudienceRefused {
        return present(sessions, "the sessions");
    }

    private static <T> T present(T service, String what) throws AudienceRefused {
        if (service == null) {
            throw new AudienceRefused("it is not known who that is while " + what + " cannot be asked: try again");
        }
        return service;
    }
}
