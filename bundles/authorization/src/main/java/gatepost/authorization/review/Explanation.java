package gatepost.authorization.review;

import gatepost.authorization.broker.Judge;
import gatepost.authorization.engine.Decision;
import gatepost.authorization.engine.Entry;
import gatepost.authorization.engine.EntryMap;
import gatepost.authorization.engine.Grants;
import gatepost.authorization.engine.Operation;
import gatepost.authorization.engine.User;
import java.util.List;
import java.util.Set;
import org.apache.activemq.command.ActiveMQDestination;

/**
 * A decision, and the entries that speak of the destination for that user, whatever they allow.
 *
 * @param decision what the map says
 * @param destination what was asked for, qualified
 * @param entries ordered by name
 */
public record Explanation(Decision decision, String destination, List<Entry> entries) {

    private static final Grants EVERYTHING =
            new Grants(Set.of(Grants.ANYONE), Set.of(Grants.ANYONE), Set.of(Grants.ANYONE));

    /**
     * @param destination {@code queue://NAME}, {@code topic://NAME}, or as STOMP clients write it: {@code /queue/NAME},
     *        {@code /topic/NAME}; without a prefix it is a queue
     * @throws IllegalArgumentException when it names no destination
     */
    public static Explanation of(EntryMap map, User user, Operation operation, String destination) {
        ActiveMQDestination asked =
                ActiveMQDestination.createDestination(qualified(destination), ActiveMQDestination.QUEUE_TYPE);
        List<Entry> speaking = map.entries().stream()
                .filter(entry -> speaksOf(entry, user, asked))
                .toList();
        return new Explanation(new Judge(map).decide(user, operation, asked), asked.getQualifiedName(), speaking);
    }

    /** Asked of a map that has nothing but this entry, opened to everybody: the slow way, which is fine for one answer. */
    private static boolean speaksOf(Entry entry, User user, ActiveMQDestination asked) {
        EntryMap alone = new EntryMap(List.of(new Entry(entry.name(), entry.pattern(), EVERYTHING)), Grants.NOBODY);
        return new Judge(alone).decide(user, Operation.READ, asked).allowed();
    }

    private static String qualified(String destination) {
        StringBuilder qualified = new StringBuilder();
        for (String part : destination.split(",")) {
            qualified
                    .append(qualified.isEmpty() ? "" : ",")
                    .append(part.replaceFirst("^/(queue|topic|temp-queue|temp-topic)/", "$1://")
                            .replaceFirst("^/remote-temp-(queue|topic)/", "temp-$1://"));
        }
        return qualified.toString();
    }
}
