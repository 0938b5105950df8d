package gatepost.events.feed;

import gatepost.contracts.events.EventSubscriber;
import gatepost.contracts.inbox.Note;
import gatepost.events.note.EventId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Of a subscriber that wants to hear nothing any more, as the ledger has it.
 *
 * @param at when it said so, milliseconds since 1970
 * @param reason what it said
 */
record Stop(long at, String reason) {

    private static final String PREFIX = "stopped:";
    private static final byte VERSION = 1;
    private static final int HASH = 32;
    private static final int HEADER = 1 + HASH + 8;

    /** @return where a subscriber is, if it says so */
    static String target(EventSubscriber subscriber) {
        return subscriber instanceof Receiver receiver ? receiver.target() : "";
    }

    static String name(String subscriber) {
        return PREFIX + subscriber;
    }

    /** @param target where it said so: of which only a hash is kept, for there may be a secret in it */
    Note note(String subscriber, String target) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return new Note(
                name(subscriber),
                ByteBuffer.allocate(HEADER + text.length)
                        .put(VERSION)
                        .put(EventId.sha256(target))
                        .putLong(at)
                        .put(text)
                        .array());
    }

    /** @return nothing for one that is of another target */
    static Optional<Stop> read(byte[] bytes, String target) {
        if (bytes == null
                || bytes.length < HEADER
                || bytes[0] != VERSION
                || !Arrays.equals(bytes, 1, 1 + HASH, EventId.sha256(target), 0, HASH)) {
            return Optional.empty();
        }
        return Optional.of(new Stop(
                ByteBuffer.wrap(bytes).getLong(1 + HASH),
                new String(bytes, HEADER, bytes.length - HEADER, StandardCharsets.UTF_8)));
    }
}
