package gatepost.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The service that tells what became of the last messages in users' own queues: the broker's. It is for whoever may administer them,
 * and says nothing of what is in a message. Any thread; may read from the disk.
 */
public interface MessageTrace {

    /**
     * What became of a message in one subscription.
     *
     * @param session as {@link SessionList} names it
     * @param user whose it is, where that is known
     * @param address where its client connects from, as a URI; may be empty
     * @param device the name of its place in the inbox
     * @param sent when the message was given to its connection, the last time
     * @param times how often it was
     * @param outcome {@code acknowledged} or {@code rejected}, there
     * @param at when that was
     */
    record Delivery(
            String session,
            Optional<String> user,
            String address,
            Optional<String> device,
            Instant sent,
            int times,
            Optional<String> outcome,
            Optional<Instant> at) {}

    /**
     * What became of a message.
     *
     * @param message its id, as the header {@code message-id} has it
     * @param id what its application calls it
     * @param position in the inbox, while it waits there
     * @param from who sent it, where that is known
     * @param audience the queue that it was sent to, where that reached many
     * @param accepted when the broker took it, where that is known
     * @param stored when it was on the disk, where that is known
     * @param deliveries in each subscription that it was sent to, in order
     * @param outcome {@code acknowledged}, {@code rejected}, {@code done} by an operator, {@code withdrawn}, {@code expired}, {@code dropped},
     *     {@code denied} or {@code refused}; nothing while it waits, and where that is not known
     * @param at when that was
     * @param waits why it waits, for people; empty for no reason that can be seen; nothing where it does not, or nobody has looked
     * @param sentence all of it, for people
     */
    record Told(
            String message,
            Optional<String> id,
            Optional<InboxPosition> position,
            Optional<String> from,
            Optional<String> audience,
            Optional<Instant> accepted,
            Optional<Instant> stored,
            List<Delivery> deliveries,
            Optional<String> outcome,
            Optional<Instant> at,
            Optional<String> waits,
            String sentence) {}

    /**
     * What is known of a user's last messages.
     *
     * @param messages in the order in which they came
     * @param more how many more wait, and were not looked at
     */
    record Report(List<Told> messages, long more) {}

    /** @return whether anything of the messages in a queue of that name is remembered, as the configuration says */
    boolean isTraced(String queue);

    /** @param limit at most so many messages, the last ones */
    Report of(String user, int limit);
}
