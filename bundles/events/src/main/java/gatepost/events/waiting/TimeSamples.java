package gatepost.events.waiting;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Up to which offset messages had come at which time: how long a message has waited at least follows from its offset. A message that came
 * between two samples is taken for as young as the later one: never too old. The further back, the fewer samples are kept, so that what
 * is asked for is known a fiftieth late at most. One thread.
 *
 * <p>A clock that is set does no harm: since the start it is the other one that counts, which cannot be set, and what is left of earlier
 * runs never goes back.
 */
final class TimeSamples {

    /** The share of its age by which a message may be found late. */
    static final int SHARE = 50;

    static final long FINEST_MILLIS = 1_000;

    private static final int MOST = 600;
    private static final byte VERSION = 1;
    private static final int LONGEST_NUMBER = 10;
    private static final long NANOS = 1_000_000;

    /**
     * One sample.
     *
     * @param head the highest offset then
     * @param millis since 1970, not below that of the one before
     * @param nanos of the clock that cannot be set; none for a sample of an earlier run
     */
    private record Sample(long head, long millis, OptionalLong nanos) {}

    private List<Sample> samples = new ArrayList<>();

    /**
     * @param head the highest offset that any message had when the time was looked at, or before
     * @return whether that is news
     */
    boolean add(long head, long millis, long nanos) {
        Sample last = samples.isEmpty() ? null : samples.get(samples.size() - 1);
        if (last != null && last.head >= head) {
            return false;
        }
        samples.add(new Sample(head, last == null ? millis : Math.max(millis, last.millis), OptionalLong.of(nanos)));
        return true;
    }

    /** @return up to which offset all messages have waited for that long; nothing when that is known of none */
    OptionalLong waited(long after, long millis, long nanos) {
        for (int i = samples.size() - 1; i >= 0; i--) {
            if (left(samples.get(i), after, millis, nanos) <= 0) {
                return OptionalLong.of(samples.get(i).head);
            }
        }
        return OptionalLong.empty();
    }

    /** @return milliseconds until {@link #waited} says more than now; nothing when that takes another sample */
    OptionalLong more(long after, long millis, long nanos) {
        for (Sample sample : samples) {
            long left = left(sample, after, millis, nanos);
            if (left > 0) {
                return OptionalLong.of(left);
            }
        }
        return OptionalLong.empty();
    }

    /** @return milliseconds until a message of that sample has waited for so long */
    private static long left(Sample sample, long after, long millis, long nanos) {
        return sample.nanos.isEmpty()
                ? sample.millis + after - millis
                : after - Math.floorDiv(nanos - sample.nanos.getAsLong(), NANOS);
    }

    /**
     * Leaves out what is not needed.
     *
     * @param longest for which anybody wants messages to have waited
     */
    void thin(long longest, long millis) {
        int first = 0;
        while (first + 1 < samples.size() && samples.get(first + 1).millis + longest <= millis) {
            first++;
        }
        List<Sample> recent = samples.subList(first, samples.size());
        int share = SHARE;
        List<Sample> kept = thinned(recent, share, millis);
        while (kept.size() > MOST) {
            share /= 2;
            kept = thinned(recent, share, millis);
        }
        samples = kept;
    }

    private static List<Sample> thinned(List<Sample> all, int share, long millis) {
        List<Sample> kept = new ArrayList<>();
        int i = 0;
        while (i < all.size()) {
            kept.add(all.get(i));
            int next = i + 1;
            while (next + 1 < all.size() && isNear(all.get(i), all.get(next + 1), share, millis)) {
                next++;
            }
            i = next;
        }
        return kept;
    }

    private static boolean isNear(Sample one, Sample later, int share, long millis) {
        return later.millis - one.millis <= Math.max(FINEST_MILLIS, (millis - later.millis) / Math.max(1, share));
    }

    int size() {
        return samples.size();
    }

    /** @return differences in as few bytes as they take */
    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(1 + 2 * LONGEST_NUMBER * samples.size());
        buffer.put(VERSION);
        long head = 0;
        long millis = 0;
        for (Sample sample : samples) {
            number(buffer, sample.head - head);
            number(buffer, sample.millis - millis);
            head = sample.head;
            millis = sample.millis;
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /**
     * @param bytes {@code null} for none
     * @return what was written; nothing is known by what a later Gatepost has written
     */
    static TimeSamples of(byte[] bytes) {
        TimeSamples read = new TimeSamples();
        if (bytes == null || bytes.length == 0 || bytes[0] != VERSION) {
            return read;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        long head = 0;
        long millis = 0;
        try {
            while (buffer.hasRemaining()) {
                head += number(buffer);
                millis += number(buffer);
                read.samples.add(new Sample(head, millis, OptionalLong.empty()));
            }
        } catch (BufferUnderflowException e) {
            return new TimeSamples();
        }
        return read;
    }

    private static void number(ByteBuffer buffer, long value) {
        long left = value;
        while ((left & ~0x7f) != 0) {
            buffer.put((byte) (left | 0x80));
            left >>>= 7;
        }
        buffer.put((byte) left);
    }

    private static long number(ByteBuffer buffer) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = buffer.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
