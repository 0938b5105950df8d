package gatepost.events.note;

import gatepost.contracts.events.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The content of the note that an event is. One byte version, one byte type, eight bytes each order and time, and the facts in UTF-8.
 *
 * @param order rises strictly over all events
 * @param at when it happened, milliseconds since 1970
 * @param facts JSON, without the user
 */
public record EventNote(EventType type, long order, long at, String facts) {

    private static final byte VERSION = 1;
    private static final int HEADER = 18;
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** @return as it is written */
    public byte[] bytes() {
        byte[] text = facts.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + text.length)
                .put(VERSION)
                .put(code(type))
                .putLong(order)
                .putLong(at)
                .put(text)
                .array();
    }

    /** @return what was written; nothing for what a later Gatepost has written */
    public static Optional<EventNote> of(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        EventType type = type(buffer.get(1));
        return type == null
                ? Optional.empty()
                : Optional.of(new EventNote(
                        type,
                        buffer.getLong(2),
                        buffer.getLong(10),
                        new String(bytes, HEADER, bytes.length - HEADER, StandardCharsets.UTF_8)));
    }

    /** @return the whole of it for those who are told: {@code {"type","timestamp","data":{"user",…}}} */
    public String told(String user) {
        StringBuilder json = head(type, at).append("{\"user\":");
        Facts.quote(json, user);
        return json.append(facts.length() > 2 ? "," : "")
                .append(facts, 1, facts.length())
                .append('}')
                .toString();
    }

    /** @return the same of what is about no user */
    public static String told(EventType type, long at, String facts) {
        return head(type, at).append(facts).append('}').toString();
    }

    private static StringBuilder head(EventType type, long at) {
        return new StringBuilder(256)
                .append("{\"type\":\"")
                .append(type.text())
                .append("\",\"timestamp\":\"")
                .append(timestamp(at))
                .append("\",\"data\":");
    }

    /** @return ISO 8601 in UTC with milliseconds */
    public static String timestamp(long at) {
        return MILLIS.format(Instant.ofEpochMilli(at));
    }

    /** Not the ordinal: what is on the disk outlives another order of the types. */
    private static byte code(EventType type) {
        return switch (type) {
            case USER_ONLINE -> 1;
            case USER_OFFLINE -> 2;
            case SESSION_OPENED -> 3;
            case SESSION_CLOSED -> 4;
            case MESSAGE_DONE -> 5;
            case MESSAGE_UNDELIVERED -> 6;
            case MESSAGE_EXPIRED -> 7;
            case MESSAGE_WITHDRAWN -> 8;
            case MESSAGE_DROPPED -> 9;
            case EVENTS_LOST -> 10;
        };
    }

    private static EventType type(byte code) {
        for (EventType type : EventType.values()) {
            if (code(type) == code) {
                return type;
            }
        }
        return null;
    }
}
