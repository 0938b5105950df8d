package gatepost.authorization.review;

import gatepost.authorization.Authorization;
import gatepost.authorization.api.Denial;
import gatepost.authorization.api.GateReview;
import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import gatepost.contracts.UserGroups;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Answers from the map in force, the live sessions and the users file. */
@Component
public final class Review implements GateReview {

    private final Authorization authorization;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UserGroups usersFile;

    @Activate
    public Review(@Reference Authorization authorization) {
        this.authorization = authorization;
    }

    /** @param usersFile may be {@code null} */
    public Review(Authorization authorization, UserGroups usersFile) {
        this(authorization);
        this.usersFile = usersFile;
    }

    @Override
    public Answer check(String user, Collection<String> groups, String operation, String destination) {
        Operation asked = Operation.of(operation)
                .orElseThrow(() -> new IllegalArgumentException("expected read, write or admin, not " + operation));
        EntryMap map = authorization.map();
        User who = new User(user, groups);
        Explanation explanation = Explanation.of(map, who, asked, destination);
        Decision decision = explanation.decision();
        List<String> speaking = explanation.entries().stream()
                .map(entry -> entry.name() + " = " + entry.pattern() + " " + entry.grants())
                .toList();
        return new Answer(
                decision.allowed(),
                explanation.destination(),
                who.groups(),
                decision.entry(),
                decision.reason(),
                speaking,
                map == EntryMap.CLOSED);
    }

    @Override
    public Collection<String> groupsOf(String user) {
        List<User> live = authorization.sessions().stream()
                .flatMap(session -> session.user().stream())
                .filter(session -> session.name().equals(user))
                .toList();
        if (!live.isEmpty()) {
            return live.stream()
                    .flatMap(session -> session.groups().stream())
                    .distinct()
                    .toList();
        }
        return Optional.ofNullable(usersFile)
                .flatMap(file -> file.groupsOf(user))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the groups of " + user + " are not known, as they have no session"));
    }

    @Override
    public List<Denial> recentDenials() {
        return authorization.recentDenials();
    }
}
