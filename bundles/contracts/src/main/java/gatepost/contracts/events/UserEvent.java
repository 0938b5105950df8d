package gatepost.contracts.events;

import java.util.Map;

/**
 * Something that happened to a user.
 *
 * @param user the exact name
 * @param key tells it from all other events of this type and user: the offset of a message with its epoch, the id of a session, a time. The
 *     same event that is reported again, after a crash, has the same. Plain ASCII without {@code :}, at most 200 characters
 * @param at when it happened, milliseconds since 1970
 * @param facts what else there is to be said of it: text, numbers and flags by their names in JSON, in that order; no nulls
 */
public record UserEvent(EventType type, String user, String key, long at, Map<String, Object> facts) {}
