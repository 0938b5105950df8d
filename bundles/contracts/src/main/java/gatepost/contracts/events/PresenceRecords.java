package gatepost.contracts.events;

import gatepost.contracts.Durability;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is remembered of users with their inboxes of whether they are on line, so that it outlives a crash: inbox's service. Any thread;
 * nothing waits for the disk.
 */
public interface PresenceRecords {

    /** @return who was noted as on line and not as off line since, and since when, milliseconds since 1970 */
    Map<String, Long> online() throws IOException;

    /**
     * Notes that a user is on line.
     *
     * @param since milliseconds since 1970
     * @param report written in one record with it, and told what became of it
     * @return safe when that is on the disk
     * @throws IOException while the broker, or its store, is not there, and for a user who has no inbox
     */
    Durability online(String user, long since, EventReport report) throws IOException;

    /**
     * Notes that a user is off line, and when they were there last. Nothing is noted of one whose note of {@link #online(String, long, EventReport)} is
     * gone: they were erased.
     *
     * @param seen milliseconds since 1970
     * @param report as above
     * @throws IOException as above
     */
    void offline(String user, long seen, EventReport report) throws IOException;

    /** @return when a user was seen last, milliseconds since 1970; nothing when that is not known. @throws IOException as above */
    OptionalLong lastSeen(String user) throws IOException;
}
