package gatepost.transport.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all sessions of one user hold together, and how fast they send. Any thread. */
final class UserShare {

    final AtomicInteger subscriptions = new AtomicInteger();
    final AtomicInteger temporary = new AtomicInteger();
    final AtomicLong transactionBytes = new AtomicLong();
    final AtomicLong unfinishedBytes = new AtomicLong();
    final Pace messages = new Pace(System.nanoTime());
    final Pace bytes = new Pace(System.nanoTime());
    /** Belongs to {@link UserShares}. */
    int sessions;

    /** @return nanoseconds until a newcomer of that name would find nothing else */
    long owed() {
        long now = System.nanoTime();
        return Math.max(messages.owed(now), bytes.owed(now));
    }
}
