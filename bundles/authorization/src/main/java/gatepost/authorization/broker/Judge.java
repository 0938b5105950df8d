package gatepost.authorization.broker;

import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Destination;
import gatepost.authorization.engine.Domain;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ConsumerInfo;

/**
 * Takes ActiveMQ's destinations apart for the engine: composites into their parts, temporary ones by their owner, and options
 * as a second question. It answers by one map, and so never by halves of two.
 */
public final class Judge {

    private static final Decision NOT_SIGNED_IN = Decision.denied("nobody has signed in on this connection");
    private static final Decision NOTHING = Decision.denied("it names no destination");
    private static final Decision UNKNOWN_KIND = Decision.denied("it is neither a queue nor a topic");
    private static final Decision NOT_OWNER =
            Decision.denied("only the connection that made a temporary destination may");
    private static final Decision WILDCARD_TEMPORARY = Decision.denied("temporary destinations have no wildcards");

    private final EntryMap map;

    public Judge(EntryMap map) {
        this.map = map;
    }

    /** @return what would be decided for such a user on a connection that has made no temporary destination */
    public Decision decide(User user, Operation operation, ActiveMQDestination destination) {
        return decide(new Subject(user, ""), operation, destination);
    }

    /** Decided without a subject: nobody has signed in. */
    static Decision notSignedIn() {
        return NOT_SIGNED_IN;
    }

    /** @return whether the subject may; options on the destination need {@code admin} besides */
    Decision decide(Subject subject, Operation operation, ActiveMQDestination destination) {
        if (destination == null) {
            return NOTHING;
        }
        Decision decision = decideParts(subject, operation, destination);
        if (decision.allowed() && hasOptions(destination) && operation != Operation.ADMIN) {
            return both(decision, decideParts(subject, Operation.ADMIN, destination));
        }
        return decision;
    }

    /** @return whether the subject may subscribe like this; what reaches beyond its own reading needs {@code admin} besides */
    Decision decide(Subject subject, ConsumerInfo info) {
        Decision decision = decide(subject, Operation.READ, info.getDestination());
        if (decision.allowed() && reachesBeyondReading(info)) {
            return both(decision, decideParts(subject, Operation.ADMIN, info.getDestination()));
        }
        return decision;
    }

    private Decision decideParts(Subject subject, Operation operation, ActiveMQDestination destination) {
        if (!destination.isComposite()) {
            return decideOne(subject, operation, destination);
        }
        ActiveMQDestination[] parts = destination.getCompositeDestinations();
        if (parts.length == 0) {
            return NOTHING;
        }
        Set<String> entries = new LinkedHashSet<>();
        for (ActiveMQDestination part : parts) {
            // a composite counts as temporary by its first part alone, so each part is asked for what it is
            // (CVE-2026-61487)
            Decision decision = decide(subject, operation, part);
            if (!decision.allowed()) {
                return decision;
            }
            entries.add(decision.entry());
        }
        return Decision.allowedBy(String.join(",", entries));
    }

    private Decision decideOne(Subject subject, Operation operation, ActiveMQDestination destination) {
        if (destination.isTemporary()) {
            return decideTemporary(subject, operation, destination);
        }
        return switch (destination.getDestinationType()) {
            case ActiveMQDestination.QUEUE_TYPE -> decide(subject, operation, Domain.QUEUE, destination);
            case ActiveMQDestination.TOPIC_TYPE -> decide(subject, operation, Domain.TOPIC, destination);
            default -> UNKNOWN_KIND;
        };
    }

    private Decision decide(Subject subject, Operation operation, Domain domain, ActiveMQDestination destination) {
        return map.decide(subject.user(), operation, new Destination(domain, destination.getPhysicalName()));
    }

    /** Anybody in the right group may answer to a temporary destination; only its owner may read or remove it. */
    private Decision decideTemporary(Subject subject, Operation operation, ActiveMQDestination destination) {
        if (destination.isPattern()) {
            return WILDCARD_TEMPORARY;
        }
        if (operation != Operation.WRITE && !subject.made(destination.getPhysicalName())) {
            return NOT_OWNER;
        }
        return map.decideTemporary(subject.user(), operation);
    }

    private static boolean hasOptions(ActiveMQDestination destination) {
        return destination.getOptions() != null && !destination.getOptions().isEmpty();
    }

    /**
     * What a client sets with {@code activemq.*} headers arrives as fields of the subscription. Those that take messages from
     * other consumers, bring back old ones or pass for a broker of a network need {@code admin}, as options do.
     */
    private static boolean reachesBeyondReading(ConsumerInfo info) {
        return info.isExclusive()
                || info.isRetroactive()
                || info.getPriority() != 0
                || info.isNetworkSubscription()
                || !info.isNetworkConsumersEmpty()
                || info.getBrokerPath() != null
                || info.isOptimizedAcknowledge()
                || info.isNoRangeAcks()
                || info.getMaximumPendingMessageLimit() != 0;
    }

    private static Decision both(Decision first, Decision second) {
        return second.allowed() && !second.entry().equals(first.entry())
                ? Decision.allowedBy(first.entry() + "," + second.entry())
                : second;
    }
}
