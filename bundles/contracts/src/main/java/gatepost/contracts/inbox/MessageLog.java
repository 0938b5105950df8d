package gatepost.contracts.inbox;

import gatepost.contracts.Durability;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;

/**
 * What a store keeps of one inbox: messages by their offsets, which are more than 0. Each waits until it is done, and may be kept after that.
 *
 * <p>Any thread; nothing waits for the disk unless it says so.
 */
public interface MessageLog {

    /** @return of all its offsets; another one after {@link #purge}, and when the journal was lost */
    String epoch();

    /**
     * @return the highest offset that was given in it, part of a transaction that is being committed or not; before any is given since the
     *     start, the highest that any inbox had before it
     */
    long head();

    /** @return the highest offset that {@link #remove} has trimmed, or that damage or a crash may have taken; 0 for none */
    long lost();

    /** @return the highest offset that was taken from the history since the start because the store was short of room; 0 for none */
    long yielded();

    /**
     * Takes a message in, and gives it an offset, which its id says, too. Waits for the disk only where numbers are used up faster than
     * they can be reserved there.
     *
     * @param delayed whether it may be done within milliseconds
     * @return which is left with the message's id, and safe when the message is on the disk or done; {@code null} in a transaction, whose
     *     messages get their offsets when it is committed
     * @throws IOException when nothing can be taken
     */
    Durability add(ConnectionContext context, Message message, boolean delayed) throws IOException;

    /**
     * As the other one, outside a transaction, with what is to be remembered of it. That holds at once; when the message fails, all is as it
     * was: what was said of a name since stays, and the replaced message is there again.
     *
     * @param along is asked once, with the message's offset, before the message is on its way to the disk; must not wait for anything
     * @return which is safe when all that comes along is on the disk, too, even where the message was done before that
     * @throws IllegalStateException for a message of a transaction
     */
    Durability add(ConnectionContext context, Message message, boolean delayed, LongFunction<Along> along)
            throws IOException;

    /** @return all that is remembered, by name; the arrays are not to be changed. May wait for the disk */
    Map<String, byte[]> notes() throws IOException;

    /** @return what is remembered by that name; not to be changed */
    Optional<byte[]> note(String name);

    /**
     * Remembers something, or forgets it.
     *
     * @param urgent whether somebody waits for the record of that; else it may be left to a later one of the same name
     * @return safe when that, or something newer of that name, is on the disk
     */
    Durability note(Note note, boolean urgent);

    /**
     * Gives a number in the same order to a message that is not stored; it may be given again after a crash.
     *
     * @param taker is given it before any message of this inbox gets a higher one; must not wait for anything
     */
    void number(LongConsumer taker);

    /** @return the first offset above that one which waits, or {@link Long#MAX_VALUE}; also while a commit is on its way to the disk there */
    long waitingAfter(long offset);

    /** @return the first offset above that one, waiting or done, or {@link Long#MAX_VALUE} as {@link #waitingAfter} */
    long after(long offset);

    /** @return whether what waits next above that one belongs to a transaction of which nobody knows yet whether it is on the disk */
    boolean isPendingAfter(long offset);

    /** @return the message while it is on its way to the disk, or {@code null} */
    Message inMemory(long offset);

    /**
     * Waits for the disk where it has to.
     *
     * @return the message, waiting or done; nothing when it is gone, or lost to damage
     */
    Optional<Message> read(long offset) throws IOException;

    /** @return whether it is there and not done */
    boolean isWaiting(long offset);

    /** @return whether it is there and done */
    boolean isDone(long offset);

    /**
     * Nobody waits for it any more.
     *
     * @param refused whether the owner would not have it
     * @param keep whether it stays as history; what does not is trimmed, as {@link #lost} says
     * @param urgent whether somebody waits for the record of that
     * @param along what is remembered of it, in one record with that
     * @return safe when that is on the disk; nothing when it was not waiting, and then nothing is remembered
     */
    Optional<Durability> done(long offset, boolean refused, boolean keep, boolean urgent, List<Note> along);

    /** As the other one, with nothing to remember. */
    default Optional<Durability> done(long offset, boolean refused, boolean keep, boolean urgent) {
        return done(offset, refused, keep, urgent, List.of());
    }

    /** As the other one, once the transaction is committed; until then it waits, and nothing is remembered. */
    void done(TransactionId transaction, long offset, boolean refused, boolean keep, List<Note> along);

    /** As the other one, with nothing to remember. */
    default void done(TransactionId transaction, long offset, boolean refused, boolean keep) {
        done(transaction, offset, refused, keep, List.of());
    }

    /**
     * Takes a message out of the log, waiting or done.
     *
     * @param trimmed whether it goes since only so much is kept, so that {@link #lost} says so from then on
     * @param urgent whether somebody waits for the record of that
     * @param along what is remembered of it, in one record with that
     * @return safe when that is on the disk; nothing when there was no such message, and then nothing is remembered
     */
    Optional<Durability> remove(long offset, boolean trimmed, boolean urgent, List<Note> along);

    /** As the other one, with nothing to remember. */
    default Optional<Durability> remove(long offset, boolean trimmed, boolean urgent) {
        return remove(offset, trimmed, urgent, List.of());
    }

    /**
     * Remembers something of a message that waits.
     *
     * @param notes written as one record, at least one
     * @return safe when that is on the disk; nothing when it does not wait, and then nothing is remembered
     */
    Optional<Durability> noteWaiting(long offset, List<Note> notes);

    /**
     * Says something of a message, or takes it back.
     *
     * @param urgent whether somebody waits for the record of that
     * @return nothing when it was so already, or there is no such message
     */
    Optional<Marked> mark(long offset, Mark mark, boolean on, boolean urgent);

    /** As {@link #mark}, of all up to that one, itself included; one record for all of them. */
    Optional<Marked> markUpTo(long offset, Mark mark, boolean on, boolean urgent);

    /** @return what the owner has said of it, empty when there is no such message */
    Set<Mark> marks(long offset);

    /** @return how many messages of the log, waiting or done, are neither read nor archived */
    int unread();

    /** @return how many messages of the log, waiting or done, are above that offset */
    int above(long offset);

    /** @return how many messages wait */
    int waiting();

    /** @return how many are done and kept */
    int history();

    /** @return about how many bytes they take on the disk */
    long historyBytes();

    /** @return the lowest offset that is done and kept, or {@link Long#MAX_VALUE} */
    long oldestDone();

    /**
     * Everything goes, and the epoch is another; nothing happens while the broker does not have the inbox. Waits for the disk.
     *
     * @param kept what is remembered from then on
     */
    void purge(List<Note> kept) throws IOException;
}
