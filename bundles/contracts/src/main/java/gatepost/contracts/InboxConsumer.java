package gatepost.contracts;

import java.util.Optional;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.ConsumerInfo;

/**
 * A SUBSCRIBE on its way to the broker, which may lead to an inbox. The transport makes one for each subscription and sets what the
 * client asked for before it hands it over; an inbox says where the subscription has begun before the broker answers. Both happen on
 * the connection's thread.
 */
public final class InboxConsumer extends ConsumerInfo {

    /**
     * Where a subscription of an inbox has begun.
     *
     * @param epoch of the inbox
     * @param head the highest offset that was given by then
     * @param gap whether something above the place that the client asked for may be missing
     */
    public record Beginning(String epoch, long head, boolean gap) {}

    private InboxStart start;
    private Beginning beginning;

    public InboxConsumer(ConsumerId id) {
        super(id);
    }

    /** @param asked what the client said of where to begin */
    public void start(InboxStart asked) {
        start = asked;
    }

    /** @return what the client said of where to begin; nothing when it said nothing, as every client of plain queues does */
    public Optional<InboxStart> start() {
        return Optional.ofNullable(start);
    }

    /** @param where the inbox lets it begin */
    public void began(Beginning where) {
        beginning = where;
    }

    /** @return where the inbox lets it begin; nothing when it is a subscription of no inbox */
    public Optional<Beginning> beginning() {
        return Optional.ofNullable(beginning);
    }
}
