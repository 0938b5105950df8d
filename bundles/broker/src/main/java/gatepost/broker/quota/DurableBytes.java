package gatepost.broker.quota;

import gatepost.store.quota.Charges;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits for durable subscriptions to topics: charged to the subscriber, since whoever sends does not know of them. What comes while it
 * is too much is not kept. Any thread.
 */
public final class DurableBytes {

    private final Charges users = new Charges();
    private final LongAdder dropped = new LongAdder();
    private volatile long limit;

    void limit(long bytes) {
        limit = bytes;
    }

    /** @return how many messages were not kept */
    public long dropped() {
        return dropped.sum();
    }

    /** @return an account of what is kept for one subscription of that user */
    public Share share(String user) {
        return new Share(user);
    }

    /** What is kept for one subscription. */
    public final class Share {

        private final String user;
        private final KeptBytes kept;

        private Share(String user) {
            this.user = user;
            this.kept = new KeptBytes(users, user);
        }

        /** So many bytes are kept now. */
        public synchronized void is(long now) {
            kept.is(now);
        }

        /** Some come, or go. */
        public synchronized void add(long more) {
            is(Math.max(0, kept.bytes() + more));
        }

        /** @return whether its user, who is not trusted, may have so many more */
        public boolean hasRoomFor(long more) {
            long most = limit;
            return most == 0 || users.of(user).bytes() + more <= most;
        }

        /** One was not kept. */
        public void dropped() {
            dropped.increment();
        }
    }
}
