package gatepost.store.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The queues that have one message in common, each with the number of the message there and what is true of it: a few bytes each, since
 * most queues come one after another and most have the same number. Not for several threads at once.
 */
public final class Members {

    private static final int LARGEST = 2 * 10 + 1;
    private static final int CONTINUES = 0x80;
    private static final int SEVEN = 7;

    /** Is told one after the other. */
    @FunctionalInterface
    public interface Each {

        void member(long queue, long sequence, byte flags);
    }

    private final long base;
    private ByteBuffer bytes;
    private int count;
    private long last;

    /** @param base the number that most of them have */
    public Members(long base) {
        this(base, 0, ByteBuffer.allocate(256));
    }

    private Members(long base, int count, ByteBuffer bytes) {
        this.base = base;
        this.count = count;
        this.bytes = bytes;
    }

    /** @param content as {@link #write} writes it */
    static Members of(ByteBuffer content) {
        ByteBuffer read = content.duplicate();
        long base = read.getLong();
        int count = read.getInt();
        ByteBuffer bytes = read.slice();
        return new Members(base, count, bytes.position(bytes.limit()));
    }

    public int count() {
        return count;
    }

    /** @return the number that most of them have */
    long base() {
        return base;
    }

    /** @param flags what is true of the message in that queue, 0 for nothing */
    public void add(long queue, long sequence, byte flags) {
        if (bytes.remaining() < LARGEST) {
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), 2 * bytes.capacity()))
                    .position(bytes.position());
        }
        number(zigzag(queue - last));
        number(zigzag(sequence - base) << 1 | (flags == 0 ? 0 : 1));
        if (flags != 0) {
            bytes.put(flags);
        }
        last = queue;
        count++;
    }

    public void forEach(Each each) {
        ByteBuffer read = bytes.duplicate().flip();
        long queue = 0;
        for (int left = count; left > 0; left--) {
            queue += unzigzag(number(read));
            long number = number(read);
            each.member(queue, base + unzigzag(number >>> 1), (number & 1) == 0 ? 0 : read.get());
        }
    }

    /** @return how many bytes it takes in the journal */
    public int size() {
        return Long.BYTES + Integer.BYTES + bytes.position();
    }

    void write(ByteBuffer to) {
        to.putLong(base).putInt(count).put(bytes.duplicate().flip());
    }

    private void number(long value) {
        long left = value;
        while ((left & -CONTINUES) != 0) {
            bytes.put((byte) (left & CONTINUES - 1 | CONTINUES));
            left >>>= SEVEN;
        }
        bytes.put((byte) left);
    }

    private static long number(ByteBuffer read) {
        long value = 0;
        for (int shift = 0; ; shift += SEVEN) {
            byte next = read.get();
            value |= (long) (next & CONTINUES - 1) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** Small numbers stay small, also below zero. */
    private static long zigzag(long value) {
        return value << 1 ^ value >> Long.SIZE - 1;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
