package gatepost.events.note;

import gatepost.contracts.events.EventRecords;
import gatepost.contracts.events.EventType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of the note that an event is: {@code event:SUBSCRIBER:TYPE.KEY}. A type is two words and has one dot.
 *
 * @param key as {@link gatepost.contracts.events.UserEvent#key}
 */
public record EventName(String subscriber, EventType type, String key) {

    private static final Pattern SUBSCRIBER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @return whether a subscriber can be called so */
    public static boolean isSubscriber(String name) {
        return SUBSCRIBER.matcher(name).matches();
    }

    /** @return how the names of a subscriber's notes begin */
    public static String prefix(String subscriber) {
        return EventRecords.PREFIX + subscriber + ":";
    }

    /** @return the name of an event's note */
    public static String of(String subscriber, EventType type, String key) {
        return EventRecords.PREFIX + subscriber + ":" + type.text() + "." + key;
    }

    /** @return what the name says; nothing for one that is of no event, or of a type that a later Gatepost has */
    public static Optional<EventName> parse(String name) {
        int begin = EventRecords.PREFIX.length();
        int colon = name.indexOf(':', begin);
        if (!name.startsWith(EventRecords.PREFIX) || colon <= begin) {
            return Optional.empty();
        }
        int dot = name.indexOf('.', name.indexOf('.', colon) + 1);
        if (dot < 0) {
            return Optional.empty();
        }
        String subscriber = name.substring(begin, colon);
        String key = name.substring(dot + 1);
        return EventType.of(name.substring(colon + 1, dot)).map(type -> new EventName(subscriber, type, key));
    }
}
