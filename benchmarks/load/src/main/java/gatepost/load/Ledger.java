package gatepost.load;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was sent to whom, and what became of it. What one publisher sends to one user has to come in its order, once, and to
 * nobody else. The publishers' thread notes what is sent, the users' thread what is received; anybody may ask.
 */
final class Ledger {

    private final int number;
    private final BitSet[] seen;
    private final int[][] last;
    private final Latency fromDue = new Latency();
    private final Latency fromSent = new Latency();
    private final AtomicInteger[] sent;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicInteger misrouted = new AtomicInteger();
    private final AtomicInteger reordered = new AtomicInteger();
    private volatile long lastReceived;

    /** @param number tells its messages from those of other ledgers */
    Ledger(int number, int publishers, int users) {
        this.number = number;
        seen = new BitSet[publishers];
        last = new int[publishers][users];
        sent = new AtomicInteger[publishers];
        for (int i = 0; i < publishers; i++) {
            seen[i] = new BitSet();
            sent[i] = new AtomicInteger();
            Arrays.fill(last[i], -1);
        }
    }

    int number() {
        return number;
    }

    /** @return what the publisher's next message to that user begins with */
    Stamp sent(int publisher, int user, long due, long now) {
        return new Stamp(number, publisher, sent[publisher].getAndIncrement(), user, due, now);
    }

    /** Takes a message that a user got. */
    void received(int user, Stamp stamp, long now) {
        if (seen[stamp.publisher()].get(stamp.number())) {
            doubled.incrementAndGet();
            return;
        }
        seen[stamp.publisher()].set(stamp.number());
        fromDue.add(now - stamp.due());
        fromSent.add(now - stamp.sent());
        if (stamp.user() != user) {
            misrouted.incrementAndGet();
        } else if (stamp.number() < last[stamp.publisher()][user]) {
            reordered.incrementAndGet();
        } else {
            last[stamp.publisher()][user] = stamp.number();
        }
        lastReceived = now;
        received.incrementAndGet();
    }

    int sent() {
        return Arrays.stream(sent).mapToInt(AtomicInteger::get).sum();
    }

    /** @return different messages that came */
    int received() {
        return received.get();
    }

    /** @return when the last of them came, {@link System#nanoTime()} */
    long lastReceived() {
        return lastReceived;
    }

    /** @return from the moment when a message was due, that includes how long a publisher was held up */
    Latency fromDue() {
        return fromDue;
    }

    Latency fromSent() {
        return fromSent;
    }

    Faults faults() {
        return new Faults(sent() - received(), doubled.get(), misrouted.get(), reordered.get());
    }
}
