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
    private String device;
    private boolean watching;
    private boolean doneByRequest;
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

    /** @param name by which the client's device is remembered, 1 to 64 characters */
    public void device(String name) {
        device = name;
    }

    /** @return the client's device, whose place in the inbox goes on with what is acknowledged here */
    public Optional<String> device() {
        return Optional.ofNullable(device);
    }

    /** It gets no messages, and an {@link InboxState} at once and after each change. */
    public void watch() {
        watching = true;
    }

    /** @return whether it is for the state of an inbox, and not for its messages; of no other queue it can be asked for */
    public boolean isWatching() {
        return watching;
    }

    /** What it acknowledges says that its socket has taken a message, and no more. */
    public void doneByRequest() {
        doneByRequest = true;
    }

    /** @return whether a message is done when its client asks for that ({@link InboxRequest.Kind#DONE}), and not when it acknowledges */
    public boolean isDoneByRequest() {
        return doneByRequest;
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
