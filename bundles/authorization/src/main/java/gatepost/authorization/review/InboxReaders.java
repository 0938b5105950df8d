package gatepost.authorization.review;

import gatepost.authorization.Authorization;
import gatepost.authorization.broker.Judge;
import gatepost.authorization.broker.SessionSubscriptions;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import gatepost.contracts.ReadRights;
import gatepost.contracts.UserGroups;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
    public List<ActiveMQQueue> readable(Map<String, ActiveMQQueue> queues) {
        EntryMap map = authorization.map();
        Judge judge = new Judge(map);
        Map<String, Collection<String>> groups = groups();
        Collection<String> any = map.groups();
        List<ActiveMQQueue> readable = new ArrayList<>(queues.size());
        queues.forEach((name, queue) -> {
            User user = new User(name, groups.getOrDefault(name, any));
            if (judge.decide(user, Operation.READ, queue).allowed()) {
                readable.add(queue);
            }
        });
        return readable;
    }

    /** What a session says counts more: it is what its user is judged by. */
    private Map<String, Collection<String>> groups() {
        UserGroups listed = usersFile;
        Map<String, Collection<String>> groups = listed == null ? new HashMap<>() : new HashMap<>(listed.listed());
        Map<String, Collection<String>> live = new HashMap<>();
        for (SessionSubscriptions session : authorization.sessions()) {
            session.user()
                    .ifPresent(user -> live.computeIfAbsent(user.name(), name -> new TreeSet<>())
                            .addAll(user.groups()));
        }
        groups.putAll(live);
        return groups;
    }
}
