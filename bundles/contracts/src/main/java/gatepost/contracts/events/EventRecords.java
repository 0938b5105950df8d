package gatepost.contracts.events;

import gatepost.contracts.Durability;
import gatepost.contracts.TraceContext;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the journal remembers of events, in the inboxes of those whom they are about: inbox's service. No inbox is loaded for it. Any thread
 * but an event loop.
 *
 * <p>Queues are called by their names, such as {@code user.alice}. Whatever is asked while the broker, or its store, is not there ends with
 * an {@link IOException}.
 */
public interface EventRecords {

    /** How the names of notes begin that are events. They outlive a purge of the inbox, and go when the user is erased. */
    String PREFIX = "event:";

    /** Is told of one event after the other. */
    @FunctionalInterface
    interface Reader {

        /** @param value not to be changed */
        void read(String queue, String user, String name, byte[] value);
    }

    /**
     * A message that waits.
     *
     * @param user whose inbox it is in
     * @param epoch of the offset
     * @param id what its application calls it
     * @param came when the broker took it, milliseconds since 1970
     * @param trace that it belongs to
     */
    record WaitingMessage(
            String queue,
            String user,
            String epoch,
            long offset,
            Optional<String> id,
            OptionalLong came,
            Optional<TraceContext> trace) {}

    /** Is told of one message after the other, in the order of offsets within each inbox. */
    @FunctionalInterface
    interface MessageReader {

        void read(WaitingMessage message) throws IOException;
    }

    /** Reads all notes that are events; one that comes or goes meanwhile is among them or is not. */
    void forEach(Reader reader) throws IOException;

    /** @return what is remembered by that name; nothing when it is not, or not any more, as after the user was erased */
    Optional<byte[]> read(String queue, String name) throws IOException;

    /**
     * Remembers something of a user in the first of their inboxes, or forgets it.
     *
     * @param notes written as one record, at least one
     * @return safe when all that is on the disk
     * @throws IOException for a user who can have no inbox, too
     */
    Durability note(String user, List<Note> notes) throws IOException;

    /** @return the inbox into which {@link #note} writes; nothing for a user who can have none */
    Optional<String> queue(String user);

    /** Forgets something; safe when that is on the disk, within a second. */
    Durability forget(String queue, String name) throws IOException;

    /** @return the highest offset that any message was given */
    long head() throws IOException;

    /** Reads what waits, is persistent and has an offset above one and up to another; reads it from the disk. */
    void forEachWaiting(long above, long upTo, MessageReader reader) throws IOException;

    /** @return whether the message is there and not done */
    boolean isWaiting(WaitingMessage message) throws IOException;

    /**
     * Remembers something of a message.
     *
     * @return safe when that is on the disk; nothing when it does not wait any more, and then nothing is remembered
     */
    Optional<Durability> note(WaitingMessage message, List<Note> notes) throws IOException;

    /** @return what is remembered of whoever hears of events, by name; a copy */
    Map<String, byte[]> ledger() throws IOException;

    /** Remembers something of whoever hears of events, or forgets it. @return safe when that is on the disk */
    Durability record(Note note) throws IOException;
}
