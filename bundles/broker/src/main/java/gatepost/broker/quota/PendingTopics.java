package gatepost.broker.quota;

import gatepost.contracts.Account;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.ConnectionContext;

/** What may be kept for subscribers of topics who do not read: charged to them, and not to those who send. Any thread. */
public final class PendingTopics {

    private final HeldMessages held;
    private final LongAdder dropped = new LongAdder();
    private volatile int messages = Integer.MAX_VALUE;
    private volatile long bytes;

    PendingTopics(HeldMessages held) {
        this.held = held;
    }

    void limit(int mostMessages, long mostBytes) {
        messages = mostMessages;
        bytes = mostBytes;
    }

    /** @return how many messages were dropped because their subscriber was too slow */
    public long dropped() {
        return dropped.sum();
    }

    public void dropped(int count) {
        dropped.add(count);
    }

    /** @return an account of what is kept for one subscription of that connection */
    public Share share(ConnectionContext context) {
        return new Share(Account.of(context));
    }

    /** What is kept for one subscription; belongs to whoever guards that. */
    public final class Share {

        private final Optional<Account> account;
        private final Optional<KeptBytes> kept;

        private Share(Optional<Account> account) {
            this.account = account;
            this.kept = account.map(known -> new KeptBytes(held.users(), known.user()));
        }

        /** So many bytes are kept now. */
        public void is(long now) {
            kept.ifPresent(bytes -> bytes.is(now));
        }

        /** @return whether there may not be so many messages of so many bytes */
        public boolean isOver(int count, long size) {
            return count > messages || bytes > 0 && size > bytes || isUserOver();
        }

        /** @return whether its user has too much, here or elsewhere */
        public boolean isUserOver() {
            long limit = held.limit();
            return limit > 0
                    && account.isPresent()
                    && !account.get().isTrusted()
                    && held.users().of(account.get().user()).bytes() > limit;
        }
    }
}
