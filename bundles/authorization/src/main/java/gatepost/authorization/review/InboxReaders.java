package gatepost.authorization.review;

import gatepost.authorization.Authorization;
import gatepost.authorization.broker.Judge;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import gatepost.contracts.ReadRights;
import gatepost.contracts.UserGroups;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.apache.activemq.command.ActiveMQQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Says of many users at once whether they may read, from one map, the live sessions and the users file of one moment. */
@Component
public final class InboxReaders implements ReadRights {

    private final Authorization authorization;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UserGroups usersFile;

    @Activate
    public InboxReaders(@Reference Authorization authorization) {
        this.authorization = authorization;
    }

    /** @param usersFile may be {@code null} */
    public InboxReaders(Authorization authorization, UserGroups usersFile) {
        this(authorization);
        this.usersFile = usersFile;
    }

    @Override
    public BiPredicate<String, ActiveMQQueue> now() {
        EntryMap map = authorization.map();
        Judge judge = new Judge(map);
        Collection<String> any = map.groups();
        Map<String, Collection<String>> live = live();
        UserGroups file = usersFile;
        Optional<UserGroups.Listed> listed = Optional.ofNullable(file).map(UserGroups::listed);
        return (name, queue) -> {
            // what a session says counts more: it is what its user is judged by
            Collection<String> groups = live.get(name);
            if (groups == null) {
                groups = listed.flatMap(content -> content.groupsOf(name)).orElse(any);
            }
            return judge.decide(new User(name, groups), Operation.READ, queue).allowed();
        };
    }

    private Map<String, Collection<String>> live() {
        Map<String, Collection<String>> live = new HashMap<>();
        for (SessionSubscriptions session : authorization.sessions()) {
            session.user()
                    .ifPresent(user -> live.computeIfAbsent(user.name(), name -> new TreeSet<>())
                            .addAll(user.groups()));
        }
        return live;
    }
}
