package gatepost.load;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was sent to whom, and what became of it. What one publisher sends to one user has to come in its order, once in each of that
 * user's tabs, and to nobody else. The publishers' thread notes what is sent, the users' thread what is received; anybody may ask.
 */
final class Ledger {

    private final int number;
    private final int tabs;
    private final BitSet[][] seen;
    private final int[][] last;
    private final Latency fromDue = new Latency();
    private final Latency fromSent = new Latency();
    private final AtomicInteger[] sent;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicInteger misrouted = new AtomicInteger();
    private final AtomicInteger reordered = new AtomicInteger();
    private volatile long lastReceived;

    /**
     * @param number tells its messages from those of other ledgers
     * @param tabs of each user
     */
    Ledger(int number, int publishers, int users, int tabs) {
        this.number = number;
        this.tabs = tabs;
        seen = new BitSet[publishers][tabs];
        last = new int[publishers][users * tabs];
        sent = new AtomicInteger[publishers];
        for (int i = 0; i < publishers; i++) {
            Arrays.setAll(seen[i], tab -> new BitSet());
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

    /** Takes a message that a user got in one tab. */
    void received(int user, int tab, Stamp stamp, long now) {
        BitSet seenThere = seen[stamp.publisher()][tab];
        if (seenThere.get(stamp.number())) {
            doubled.incrementAndGet();
            return;
        }
        seenThere.set(stamp.number());
        int place = user * tabs + tab;
        fromDue.add(now - stamp.due());
        fromSent.add(now - stamp.sent());
        if (stamp.user() != user) {
            misrouted.incrementAndGet();
        } else if (stamp.number() < last[stamp.publisher()][place]) {
            reordered.incrementAndGet();
        } else {
            last[stamp.publisher()][place] = stamp.number();
        }
        lastReceived = now;
        received.incrementAndGet();
    }

    int sent() {
        return Arrays.stream(sent).mapToInt(AtomicInteger::get).sum();
    }

    /** @return messages that are to come, one in each tab */
    int expected() {
        return sent() * tabs;
    }

    /** @return messages that came, those in each tab */
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
        return new Faults(expected() - received(), doubled.get(), misrouted.get(), reordered.get());
    }
}
