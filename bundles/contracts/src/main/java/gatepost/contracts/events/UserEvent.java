package gatepost.contracts.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened to a user.
 *
 * @param user the exact name
 * @param key tells it from all other events of this type and user: the offset of a message with its epoch, the id of a session, a time. The
 *     same event that is reported again, after a crash, has the same. Plain ASCII without {@code :}, at most 200 characters
 * @param at when it happened, milliseconds since 1970
 * @param facts what else there is to be said of it: text, numbers and flags by their names in JSON, in that order; no nulls
 */
public record UserEvent(EventType type, String user, String key, long at, Map<String, Object> facts) {

    /**
     * @param queue the name of the inbox that the message is or was in
     * @param id what its application calls it
     * @param more what else there is to be said of it, by its name in JSON
     * @return what happened to a message that has an offset
     */
    public static UserEvent ofMessage(
            EventType type,
            String user,
            String queue,
            String epoch,
            long offset,
            Optional<String> id,
            long at,
            Map<String, Object> more) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("destination", "/queue/" + queue);
        facts.put("epoch", epoch);
        facts.put("offset", offset);
        id.ifPresent(name -> facts.put("id", name));
        facts.putAll(more);
        return new UserEvent(type, user, epoch + "." + offset, at, facts);
    }
}
