package gatepost.contracts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The service that knows who is on line: presence's. A user is, not a connection: from the first session on, and until the grace has
 * passed since the last one ended, so that whoever loads a page anew stays on line. Any thread; nothing waits for the disk. Who may ask is
 * for whoever asks to judge: {@code read} of the {@linkplain PresenceTopics#topic topic}.
 */
public interface Presence {

    /**
     * What is known of a user at one moment.
     *
     * @param since when that began, milliseconds since 1970: for who is off line, when their last session ended, as it is remembered with
     *     their inbox; nothing where that is not known
     */
    record State(String user, boolean online, OptionalLong since) {}

    /** @return nothing for whom nobody has seen yet, or whose inbox was forgotten since */
    Optional<State> of(String user);

    /**
     * Some of those who are on line, in the order of their names (by UTF-16). With the name of the last one it goes on behind it, whoever
     * has come or gone meanwhile.
     *
     * @param after the name behind which it begins; empty for the first
     * @param limit at most so many, 1 or more
     */
    List<State> online(String after, int limit);

    /** @return how many are on line */
    int count();

    /**
     * @return when a user was there last, milliseconds since 1970: now, for who is on line, and else when their last session ended;
     *     nothing when that is not known
     */
    OptionalLong lastSeen(String user);
}
