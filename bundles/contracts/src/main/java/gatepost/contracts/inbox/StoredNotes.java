package gatepost.contracts.inbox;

import gatepost.contracts.Durability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.activemq.command.ActiveMQQueue;

/** What a store remembers of inboxes besides their messages. None is loaded for it, and it holds for those that are. Any thread. */
public interface StoredNotes {

    /**
     * The name of when the owner was seen last: 8 bytes, milliseconds since 1970. An inbox of which nothing else is remembered may be
     * forgotten.
     */
    String SEEN_AT = "seen-at";

    /** The name of since when the owner is on line: 8 bytes, milliseconds since 1970. It goes when they go. */
    String ONLINE_SINCE = "online-since";

    /**
     * @return what is remembered whatever becomes of messages that are on their way to the disk; nothing where there is no such inbox, which
     *     is not made
     */
    Optional<byte[]> note(ActiveMQQueue inbox, String name);

    /**
     * Remembers something, or forgets it. An inbox of which nothing is stored is one from then on, and is known to the store alone.
     *
     * @param urgent whether somebody waits for the record of that
     * @return safe when that, or something newer of that name, is on the disk
     */
    Durability note(ActiveMQQueue inbox, Note note, boolean urgent);

    /**
     * Remembers or forgets several things, as {@link #note(ActiveMQQueue, Note, boolean)} does one.
     *
     * @param notes written as one record, at least one
     * @return safe when that is on the disk
     */
    Durability note(ActiveMQQueue inbox, List<Note> notes);

    /**
     * Reads all that is remembered by names that begin so, inbox after inbox; what comes or goes meanwhile is among it or is not.
     *
     * @param reader is given names and values, at least one; not to be changed
     */
    void forAll(String prefix, BiConsumer<ActiveMQQueue, Map<String, byte[]>> reader);

    /** Reads what is remembered by that name, of each inbox of which anything is; one that comes or goes meanwhile is among them or is not. */
    void forEach(String name, BiConsumer<ActiveMQQueue, byte[]> reader);
}
