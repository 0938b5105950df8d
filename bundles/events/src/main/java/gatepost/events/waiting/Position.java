package gatepost.events.waiting;

import gatepost.contracts.inbox.Note;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Up to which offset a subscriber was told of messages that were not read, as the ledger has it.
 *
 * @param at when that was written down, milliseconds since 1970
 */
record Position(long offset, long at) {

    private static final String PREFIX = "undelivered:";
    private static final byte VERSION = 1;
    private static final int LENGTH = 17;

    static String name(String subscriber) {
        return PREFIX + subscriber;
    }

    Note note(String subscriber) {
        return new Note(
                name(subscriber),
                ByteBuffer.allocate(LENGTH)
                        .put(VERSION)
                        .putLong(offset)
                        .putLong(at)
                        .array());
    }

    /** @param bytes {@code null} for none */
    static Optional<Position> of(byte[] bytes) {
        return bytes == null || bytes.length < LENGTH || bytes[0] != VERSION
                ? Optional.empty()
                : Optional.of(new Position(
                        ByteBuffer.wrap(bytes).getLong(1),
                        ByteBuffer.wrap(bytes).getLong(9)));
    }
}
