package gatepost.store.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Records on their way to the disk, one after another in one buffer. A record is its length, a CRC-32C of what follows, a byte
 * that says what it is, and its content; it begins at a multiple of {@link Location#ALIGNMENT}. A group is one record that
 * holds others, which are marked as its members: it is there as a whole or not at all.
 *
 * <p>The checksum begins with a number that nobody outside knows, so that no client can send a message in which a reader that
 * looks for the next record after a damaged one would find records.
 */
public final class Batch {

    static final byte QUEUE = 1;
    static final byte ADD = 2;
    static final byte REMOVE = 3;
    static final byte DROP = 4;
    static final byte GROUP = 5;
    /** Says that all of its file up to an offset is on the disk: what is not whole before that is damaged, and not torn. */
    static final byte SAFE = 6;
    /** What the journal says of itself. */
    static final byte STATE = 7;
    /** An ADD of a message that has flags. */
    static final byte LOGGED = 8;

    static final byte FLAGS = 9;
    /** As QUEUE, of one that keeps what is done. */
    static final byte LOG = 10;

    /** What is remembered of a queue besides its messages. */
    static final byte NOTE = 11;

    static final byte MARKS = 12;
    /** A message of several queues: as an ADD of queue 0. In its group the MEMBERS follow at once. */
    static final byte SHARED = 13;

    static final byte MEMBERS = 14;
    /** Set in the type of what is in a group. */
    static final byte MEMBER = 0x40;

    static final int HEADER = 8;
    /** What a batch keeps of its buffer from one use to the next. */
    private static final int KEPT = 4 << 20;

    private final CRC32C checksum = new CRC32C();
    private final int salt;
    private ByteBuffer buffer;
    private int group = -1;
    private int safeSegment;
    private int safeEnd;

    Batch(int salt) {
        this(salt, 1 << 20);
    }

    /** @param capacity bytes that it has room for at first */
    Batch(int salt, int capacity) {
        this.salt = salt;
        this.buffer = ByteBuffer.allocateDirect(capacity);
    }

    /** @return offset of the record from the beginning of the batch */
    public int queue(long queue, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int start = begin(QUEUE, Long.BYTES + text.length);
        buffer.putLong(queue).put(text);
        return end(start);
    }

    /**
     * Defines a queue that keeps what is done.
     *
     * @param trimmed the highest sequence that is no longer kept, 0 for none
     * @return offset of the record from the beginning of the batch
     */
    public int log(long queue, long trimmed, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int start = begin(LOG, 2 * Long.BYTES + text.length);
        buffer.putLong(queue).putLong(trimmed).put(text);
        return end(start);
    }

    /** @return offset of the record from the beginning of the batch */
    public int state(JournalState state) {
        int start = begin(STATE, 4 * Long.BYTES + 2);
        buffer.putLong(state.epoch()).putLong(state.ceiling()).putLong(state.lost());
        buffer.putLong(state.queues()).put((byte) (state.closed() ? 1 : 0)).put(Format.NEWEST);
        return end(start);
    }

    /**
     * @param expiration when it is of no use any more, in milliseconds since 1970, 0 for never
     * @return offset of the record from the beginning of the batch
     */
    public int add(long queue, long sequence, long expiration, byte[] message, int offset, int length) {
        return add(queue, sequence, expiration, (byte) 0, ByteBuffer.wrap(message, offset, length));
    }

    /**
     * @param flags what is true of the message, 0 for nothing
     * @param message from its position to its limit
     * @return offset of the record from the beginning of the batch
     */
    public int add(long queue, long sequence, long expiration, byte flags, ByteBuffer message) {
        int start = begin(flags == 0 ? ADD : LOGGED, 3 * Long.BYTES + 1 + message.remaining());
        buffer.putLong(queue).putLong(sequence).putLong(expiration);
        if (flags != 0) {
            buffer.put(flags);
        }
        buffer.put(message);
        return end(start);
    }

    /**
     * A message of several queues, as two records of a group, the second of which says which queues.
     *
     * @param expiration as of {@link #add}
     * @param message from its position to its limit
     * @return offset of the first record from the beginning of the batch; that is where the message is
     * @throws IllegalStateException outside a group
     */
    public int shared(long expiration, ByteBuffer message, Members members) {
        if (group < 0) {
            throw new IllegalStateException("one without the other means nothing");
        }
        int start = begin(SHARED, 3 * Long.BYTES + message.remaining());
        buffer.putLong(0).putLong(members.base()).putLong(expiration).put(message);
        end(start);
        int second = begin(MEMBERS, members.size());
        members.write(buffer);
        end(second);
        return start;
    }

    /**
     * Says anew what is true of a message.
     *
     * @return offset of the record from the beginning of the batch
     */
    public int flags(long queue, long sequence, byte flags) {
        int start = begin(FLAGS, 2 * Long.BYTES + 1);
        buffer.putLong(queue).putLong(sequence).put(flags);
        return end(start);
    }

    /**
     * Says anew some of what is true of all messages from one to another, both included, that are there by then.
     *
     * @param set flags that are true from now on
     * @param cleared flags that are not true any more
     * @return offset of the record from the beginning of the batch
     */
    public int marks(long queue, long from, long upTo, byte set, byte cleared) {
        int start = begin(MARKS, 3 * Long.BYTES + 2);
        buffer.putLong(queue).putLong(from).putLong(upTo).put(set).put(cleared);
        return end(start);
    }

    /**
     * Remembers something of a queue by its name, from now on and instead of what was remembered by it so far.
     *
     * @param value from its position to its limit; {@code null} to forget it
     * @return offset of the record from the beginning of the batch
     */
    public int note(long queue, String name, ByteBuffer value) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int start = begin(NOTE, Long.BYTES + 1 + Integer.BYTES + text.length + (value == null ? 0 : value.remaining()));
        buffer.putLong(queue)
                .put((byte) (value == null ? 0 : 1))
                .putInt(text.length)
                .put(text);
        if (value != null) {
            buffer.put(value.duplicate());
        }
        return end(start);
    }

    /** @return offset of the record from the beginning of the batch */
    public int remove(long queue, long sequence) {
        int start = begin(REMOVE, 2 * Long.BYTES);
        buffer.putLong(queue).putLong(sequence);
        return end(start);
    }

    /**
     * The message is gone, since only so much of what is done is kept: whoever asks for it later is told that something is missing.
     *
     * @return offset of the record from the beginning of the batch
     */
    public int trim(long queue, long sequence) {
        int start = begin(REMOVE, 2 * Long.BYTES + 1);
        buffer.putLong(queue).putLong(sequence).put((byte) 1);
        return end(start);
    }

    /** @return offset of the record from the beginning of the batch */
    public int drop(long queue) {
        int start = begin(DROP, Long.BYTES);
        buffer.putLong(queue);
        return end(start);
    }

    /** Says that what was appended to that file up to there is on the disk. Counts only where it comes to be in the same file. */
    void safe(int segment, int end) {
        int start = begin(SAFE, 2 * Integer.BYTES);
        buffer.putInt(segment).putInt(end);
        end(start);
        safeSegment = segment;
        safeEnd = end;
    }

    /** @return up to where this says that the file is on the disk, or 0 */
    int safeEnd(int segment) {
        return segment == safeSegment ? safeEnd : 0;
    }

    /** Begins a group: what follows until {@link #endGroup} is one record. */
    public void beginGroup() {
        int start = begin(GROUP, 0);
        align();
        group = start;
    }

    /** Ends the group. */
    public void endGroup() {
        int start = group;
        group = -1;
        end(start);
    }

    /** Takes the group out that was begun and not ended, with all that is in it. */
    public void cancelGroup() {
        buffer.position(group);
        group = -1;
    }

    /** @return the number of bytes, a multiple of the alignment */
    public int size() {
        align();
        return buffer.position();
    }

    /** @return the size of the record at that offset, its header included */
    int recordSize(int offset) {
        return HEADER + buffer.getInt(offset);
    }

    ByteBuffer bytes() {
        align();
        return buffer.duplicate().flip();
    }

    /** Forgets all records. */
    public void clear() {
        if (buffer.capacity() > KEPT) {
            buffer = ByteBuffer.allocateDirect(KEPT);
        }
        buffer.clear();
        group = -1;
        safeEnd = 0;
    }

    /** Forgets what came after that size. */
    void shorten(int size) {
        buffer.position(size);
        group = -1;
    }

    private int begin(byte type, int length) {
        align();
        ensure(HEADER + 1 + length);
        int start = buffer.position();
        buffer.position(start + HEADER);
        buffer.put(group < 0 ? type : (byte) (type | MEMBER));
        return start;
    }

    private int end(int start) {
        int length = buffer.position() - start - HEADER;
        buffer.putInt(start, length);
        ByteBuffer payload = buffer.duplicate().position(start + HEADER).limit(start + HEADER + length);
        buffer.putInt(start + Integer.BYTES, checksum(checksum, salt, payload));
        return start;
    }

    static int checksum(CRC32C checksum, int salt, ByteBuffer payload) {
        checksum.reset();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            checksum.update(salt >>> shift);
        }
        checksum.update(payload);
        return (int) checksum.getValue();
    }

    private void align() {
        ensure(Location.ALIGNMENT);
        while (buffer.position() % Location.ALIGNMENT != 0) {
            buffer.put((byte) 0);
        }
    }

    private void ensure(int bytes) {
        if (buffer.remaining() < bytes + Location.ALIGNMENT) {
            ByteBuffer larger = ByteBuffer.allocateDirect(
                    Math.max(buffer.capacity() * 2, buffer.position() + bytes + Location.ALIGNMENT));
            buffer = larger.put(buffer.flip());
        }
    }
}
