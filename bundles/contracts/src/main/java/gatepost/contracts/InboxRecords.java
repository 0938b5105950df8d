package gatepost.contracts;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is remembered of users in their inboxes besides messages. Whoever asks does not have an inbox loaded, and makes none. A service; any
 * thread; nothing waits for the disk.
 *
 * <p>Queues are called by their names, such as {@code user.alice}.
 */
public interface InboxRecords {

    /** @return whose inbox a queue of that name is; nothing when it is none, as long as PID {@code gatepost.inbox} says so */
    Optional<String> owner(String queue);

    /**
     * @param name as {@code gatepost-once} has it
     * @return whether a message of that name was sent to the inbox, or noted as sent; false while that message may still fail
     * @throws IOException while the broker, or its store, is not there
     * @throws IllegalArgumentException when the queue is no inbox
     */
    boolean wasSent(String queue, String name) throws IOException;

    /**
     * From now on a message of that name counts as sent to the inbox, although none was.
     *
     * @return safe when that is on the disk
     * @throws IOException while the broker, or its store, is not there
     * @throws IllegalArgumentException when the queue is no inbox, or the name is too long
     */
    Durability noteSent(String queue, String name) throws IOException;

    /**
     * @return when the owner was last seen, milliseconds since 1970, as far as that was noted; nothing when it was not, or was forgotten with
     *     the inbox
     * @throws IOException while the broker, or its store, is not there
     * @throws IllegalArgumentException when the queue is no inbox
     */
    OptionalLong lastSeen(String queue) throws IOException;

    /**
     * Notes when the owner was seen, whether that is later than before or not; it is written within about a second.
     *
     * @param time milliseconds since 1970
     * @return safe when that is on the disk
     * @throws IOException while the broker, or its store, is not there
     * @throws IllegalArgumentException when the queue is no inbox
     */
    Durability noteSeen(String queue, long time) throws IOException;
}
