package gatepost.authorization.api;

import java.time.Instant;

/**
 * Something that was denied to a client, or that a session was cut for. What a client chose is on one line and printable.
 *
 * @param cut whether the session was cut, as a changed map or changed groups no longer allow what it did
 * @param user empty where it is not known
 * @param address where the client connects from, as a URI
 */
public record Denial(
        Instant at, boolean cut, String user, String operation, String destination, String reason, String address) {}
