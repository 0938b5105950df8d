package gatepost.authorization.api;

import java.util.Collection;
import java.util.List;

/** The service that answers operators about the gate. It changes nothing, and is for operators only: it tells what others may. */
public interface GateReview {

    /**
     * Says whether a user may, and which entry decides, under the map in force.
     *
     * @param operation {@code read}, {@code write} or {@code admin}
     * @param destination {@code queue://NAME}, {@code topic://NAME}, {@code /queue/NAME} or {@code /topic/NAME}
     * @throws IllegalArgumentException when the question cannot be answered; the message says why
     */
    Answer check(String user, Collection<String> groups, String operation, String destination);

    /**
     * The groups of a user: those of the user's sessions, or else those in the users file.
     *
     * @throws IllegalArgumentException when neither is there
     */
    Collection<String> groupsOf(String user);

    /** @return what was denied last and whom that cut off, the newest first; a few dozen */
    List<Denial> recentDenials();

    /**
     * An answer.
     *
     * @param destination qualified
     * @param groups as they were taken, in alphabetical order
     * @param entry the name of the entry that allows it; empty where none does
     * @param reason why not; empty where it is allowed
     * @param speaking the entries that speak of the destination for that user, as they stand in the map
     * @param closed whether there is no map at all
     */
    record Answer(
            boolean allowed,
            String destination,
            List<String> groups,
            String entry,
            String reason,
            List<String> speaking,
            boolean closed) {}
}
