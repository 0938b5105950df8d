package gatepost.load;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which message was sent to whom, and what became of it. Each body says publisher, number for that user and moment:
 * what one publisher sends to one user has to come in its order, once. Users are served by one thread each.
 */
final class Ledger {

    private final AtomicIntegerArray sent;
    private final int[][] lastSeen;
    private final Latencies delivery;
    private final LongAdder received = new LongAdder();
    private final LongAdder doubled = new LongAdder();
    private final LongAdder reordered = new LongAdder();
    private final LongAdder strayed = new LongAdder();
    private final String padding;
    private final int users;

    Ledger(Options options) {
        users = options.users();
        sent = new AtomicIntegerArray(options.publishers() * users);
        lastSeen = new int[users][options.publishers()];
        delivery = new Latencies(options.messages());
        padding = "x".repeat(Math.max(0, options.body() - 64));
    }

    /** @return the body of the publisher's next message to that user */
    String next(int publisher, int user) {
        int number = sent.incrementAndGet(publisher * users + user);
        return String.format("%5d %7d %9d %20d ", publisher, user, number, System.nanoTime()) + padding;
    }

    /** Takes a body that a user got. */
    void received(int user, String body) {
        long now = System.nanoTime();
        String[] words = body.trim().split(" +", 5);
        int publisher = Integer.parseInt(words[0]);
        int number = Integer.parseInt(words[2]);
        delivery.add(now - Long.parseLong(words[3]));
        received.increment();
        if (Integer.parseInt(words[1]) != user) {
            strayed.increment();
            return;
        }
        int last = lastSeen[user][publisher];
        if (number == last) {
            doubled.increment();
        } else if (number != last + 1) {
            // what is missing in between shows as reordered when it comes late, and as lost when it never does
            reordered.increment();
        }
        lastSeen[user][publisher] = Math.max(last, number);
    }

    long received() {
        return received.sum();
    }

    String deliveries() {
        return delivery.summary();
    }

    /** @param confirmedMessages that have a receipt */
    String faults(long confirmedMessages) {
        return "lost " + Math.max(0, confirmedMessages - received.sum()) + ", doubled " + doubled.sum() + ", reordered "
                + reordered.sum() + ", with a wrong user " + strayed.sum();
    }
}
