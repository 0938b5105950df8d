package gatepost.store.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A record as it was read.
 *
 * @param type as {@link Batch} writes it, without the mark of a member
 * @param member whether it belongs to a group, and counts only inside it
 * @param content what follows the type
 */
record Record(byte type, boolean member, ByteBuffer content) {

    /** @return the size of the record that begins at the buffer's position, header included, or 0 where there is none */
    static int size(ByteBuffer bytes) {
        if (bytes.remaining() <= Batch.HEADER) {
            return 0;
        }
        int length = bytes.getInt(bytes.position());
        return length <= 0 || length > bytes.remaining() - Batch.HEADER ? 0 : Batch.HEADER + length;
    }

    /** @return the record at the buffer's position, or {@code null} where there is none or it is damaged */
    static Record at(ByteBuffer bytes, int salt) {
        int size = size(bytes);
        if (size == 0) {
            return null;
        }
        int start = bytes.position() + Batch.HEADER;
        ByteBuffer payload =
                bytes.duplicate().position(start).limit(bytes.position() + size).slice();
        if (Batch.checksum(new CRC32C(), salt, payload.duplicate()) != bytes.getInt(bytes.position() + Integer.BYTES)) {
            return null;
        }
        byte type = payload.get();
        return new Record((byte) (type & ~Batch.MEMBER), (type & Batch.MEMBER) != 0, payload.slice());
    }

    long queue() {
        return content.getLong(0);
    }

    long sequence() {
        return content.getLong(Long.BYTES);
    }

    /** @return when the message of an ADD expires, in milliseconds since 1970, 0 for never */
    long expiration() {
        return content.getLong(2 * Long.BYTES);
    }

    /** @return the offset that a SAFE names, 0 where it is of another file */
    int safeEnd(int segment) {
        return content.getInt(0) == segment ? content.getInt(Integer.BYTES) : 0;
    }

    /** @return the format of the file that a STATE is in, as far as it says that; 3 where it does not */
    byte format() {
        int at = 4 * Long.BYTES + 1;
        return content.limit() > at ? content.get(at) : 3;
    }

    /** @return the last message of which a MARKS speaks; the first is its {@link #sequence} */
    long upTo() {
        return content.getLong(2 * Long.BYTES);
    }

    /** @return what a MARKS says to be true from then on */
    byte set() {
        return content.get(3 * Long.BYTES);
    }

    /** @return what a MARKS says not to be true any more */
    byte cleared() {
        return content.get(3 * Long.BYTES + 1);
    }

    /** @return by what name a NOTE is known */
    String noteName() {
        int start = Long.BYTES + 1 + Integer.BYTES;
        return StandardCharsets.UTF_8
                .decode(content.duplicate().position(start).limit(start + content.getInt(Long.BYTES + 1)))
                .toString();
    }

    /** @return what a NOTE says; {@code null} when it says that this is forgotten */
    ByteBuffer noteValue() {
        int start = Long.BYTES + 1 + Integer.BYTES + content.getInt(Long.BYTES + 1);
        return content.get(Long.BYTES) == 0
                ? null
                : content.duplicate().position(start).slice();
    }

    /** @return what is true of the message of an ADD, a LOGGED or a FLAGS */
    byte flags() {
        return switch (type) {
            case Batch.LOGGED -> content.get(3 * Long.BYTES);
            case Batch.FLAGS -> content.get(2 * Long.BYTES);
            default -> 0;
        };
    }

    /** @return whether a REMOVE says that the message is gone since only so much is kept */
    boolean isTrim() {
        return content.limit() > 2 * Long.BYTES && content.get(2 * Long.BYTES) != 0;
    }

    /** @return what a LOG says of what is no longer kept */
    long trimmed() {
        return content.getLong(Long.BYTES);
    }

    /** @return what a STATE says */
    JournalState state() {
        return new JournalState(
                content.getLong(0),
                content.getLong(Long.BYTES),
                content.getLong(2 * Long.BYTES),
                content.getLong(3 * Long.BYTES),
                content.get(4 * Long.BYTES) != 0);
    }

    /** @return what a QUEUE or a LOG says that it is called */
    String name() {
        int start = type == Batch.LOG ? 2 * Long.BYTES : Long.BYTES;
        return StandardCharsets.UTF_8
                .decode(content.duplicate().position(start))
                .toString();
    }

    /** @return what a MEMBERS says */
    Members members() {
        return Members.of(content);
    }

    /** @return the message of an ADD, a LOGGED or a SHARED */
    ByteBuffer message() {
        int start = type == Batch.LOGGED ? 3 * Long.BYTES + 1 : 3 * Long.BYTES;
        return content.duplicate().position(start).slice();
    }
}
