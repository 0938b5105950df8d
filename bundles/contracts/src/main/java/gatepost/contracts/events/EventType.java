package gatepost.contracts.events;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be told of a user. */
public enum EventType {
    USER_ONLINE("user.online"),
    USER_OFFLINE("user.offline"),
    SESSION_OPENED("session.opened"),
    SESSION_CLOSED("session.closed"),
    /** The owner has acknowledged a message, or refused it. */
    MESSAGE_DONE("message.done"),
    /** A message has waited for as long as whoever hears of it said. */
    MESSAGE_UNDELIVERED("message.undelivered"),
    /** A message expired before it was done. */
    MESSAGE_EXPIRED("message.expired"),
    /** A message was taken back before it was done. */
    MESSAGE_WITHDRAWN("message.withdrawn"),
    /** A message went before it was done since too much waited. */
    MESSAGE_DROPPED("message.dropped"),
    /** Events were not told, and will not be. Told to everybody, whatever they want to hear. */
    EVENTS_LOST("events.lost");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** @return as applications know it, such as {@code message.done} */
    public String text() {
        return text;
    }

    /** @return the names of all that can be asked for, for people */
    public static String choices() {
        return Arrays.stream(values())
                .filter(type -> type != EVENTS_LOST)
                .map(EventType::text)
                .collect(Collectors.joining(", "));
    }

    /** @return the one of that name; nothing when there is none */
    public static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
