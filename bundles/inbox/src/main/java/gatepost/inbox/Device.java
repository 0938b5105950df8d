package gatepost.inbox;

import gatepost.contracts.inbox.MessageLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How far one device has come in an inbox: up to an offset it has acknowledged everything, and above it some. Its own lock guards it;
 * that is held for nothing that waits.
 */
final class Device {

    /** So many acknowledgements above a message that is not acknowledged are remembered; what is above them comes again. */
    static final int WINDOW = 1_000;

    private final String key;
    private final NavigableSet<Long> above = new TreeSet<>();
    private long upTo;
    private long used;
    private int connected;
    /** What its subscriptions have got and not acknowledged, as far as they are there. */
    private final NavigableSet<Long> unanswered = new TreeSet<>();
    /** Up to there something may be unanswered that is not in that set any more: too much was. */
    private long untracked;
    /** Whether the limits of the history took something of that, and its place has passed it: it is told when it comes again. */
    private boolean missed;

    /**
     * A device that was not known.
     *
     * @param upTo the offset behind which its messages are
     * @param now milliseconds since 1970
     */
    Device(String key, long upTo, long now) {
        this.key = key;
        this.upTo = upTo;
        this.used = now;
    }

    /** @param value as {@link #value} made it */
    static Device of(String key, byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            long used = in.readLong();
            Device device = new Device(key, in.readLong(), used);
            long last = device.upTo;
            for (int left = in.readInt(); left > 0; left--) {
                last += number(in);
                device.above.add(last);
            }
            // what was written before there was such a thing says nothing
            device.missed = in.available() > 0 && in.readBoolean();
            return device;
        } catch (IOException e) {
            throw new UncheckedIOException("the place of the device " + key + " cannot be read", e);
        }
    }

    /** @return what is remembered of it */
    synchronized byte[] value() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(20 + 2 * above.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(used);
            out.writeLong(upTo);
            out.writeInt(above.size());
            long last = upTo;
            for (long offset : above) {
                write(out, offset - last);
                last = offset;
            }
            out.writeBoolean(missed);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no disk here", e);
        }
        return bytes.toByteArray();
    }

    /** Seven bits a byte, the lowest first; the last byte is not negative. */
    private static void write(DataOutputStream out, long number) throws IOException {
        long left = number;
        for (; left > 0x7f; left >>>= 7) {
            out.writeByte((int) left | 0x80);
        }
        out.writeByte((int) left);
    }

    private static long number(DataInputStream in) throws IOException {
        long number = 0;
        int shift = 0;
        for (byte next = in.readByte(); ; next = in.readByte(), shift += 7) {
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    /** @return account and name, as {@link Devices} writes them */
    String key() {
        return key;
    }

    /** @return whose it is */
    String account() {
        return key.substring(0, slash());
    }

    String name() {
        return key.substring(slash() + 1);
    }

    /** The name of a device has none, and that of an account may. */
    private int slash() {
        return key.lastIndexOf('/');
    }

    synchronized long upTo() {
        return upTo;
    }

    /** @return how many it has acknowledged above that */
    synchronized int above() {
        return above.size();
    }

    synchronized boolean has(long offset) {
        return offset <= upTo || above.contains(offset);
    }

    /** Its client says that it has everything up to there. */
    synchronized void hasUpTo(long offset, MessageLog log) {
        if (offset > upTo) {
            upTo = offset;
            settle(log);
        }
    }

    /**
     * It has acknowledged a message, or need not have it.
     *
     * @param now milliseconds since 1970
     */
    synchronized void acknowledged(long offset, long now, MessageLog log) {
        used = now;
        unanswered.remove(offset);
        if (offset > upTo && (above.size() < WINDOW || offset < above.last())) {
            above.add(offset);
            settle(log);
            if (above.size() > WINDOW) {
                above.pollLast();
            }
        }
    }

    /** A message is on its way to it. */
    synchronized void delivered(long offset) {
        if (offset > upTo) {
            unanswered.add(offset);
            if (unanswered.size() > WINDOW) {
                untracked = Math.max(untracked, unanswered.pollFirst());
            }
        }
    }

    /** What is between two messages and is not in the log any more holds nothing up. */
    private void settle(MessageLog log) {
        long missing = log.after(upTo);
        while (above.contains(missing)) {
            missing = log.after(missing);
        }
        NavigableSet<Long> passed = above.headSet(missing, false);
        if (!passed.isEmpty()) {
            NavigableSet<Long> unsaid = unanswered.headSet(passed.last(), false);
            missed |= !unsaid.isEmpty() && unsaid.first() <= log.lost();
            missed |= untracked > upTo && log.lost() > upTo;
            unsaid.clear();
            upTo = Math.max(upTo, passed.last());
            passed.clear();
        }
    }

    /** It comes, and is told. @return whether something above its place, or that its place has passed, may be gone */
    synchronized boolean takeGap(MessageLog log) {
        boolean gap = missed || log.lost() > upTo;
        missed = false;
        return gap;
    }

    /** All offsets are others from now on. */
    synchronized void restart(long head) {
        above.clear();
        unanswered.clear();
        untracked = 0;
        missed = false;
        upTo = head;
    }

    synchronized void use(long now) {
        used = now;
    }

    /** @return milliseconds since 1970 */
    synchronized long used() {
        return used;
    }

    /** A subscription of it has begun or ended. */
    synchronized void connected(int change) {
        connected += change;
        if (connected == 0) {
            unanswered.clear();
            untracked = 0;
        }
    }

    synchronized boolean isConnected() {
        return connected > 0;
    }
}
