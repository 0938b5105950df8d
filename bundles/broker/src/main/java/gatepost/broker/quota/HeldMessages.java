package gatepost.broker.quota;

import gatepost.contracts.Account;
import gatepost.contracts.QuotaReached;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;

/**
 * What is held of each user's messages and is not in the store: non-persistent ones, whether in memory or on the disk for a while, all
 * in temporary destinations, and those of open transactions. Charged to who sent them, but for a topic's, which are charged to the
 * subscriber who does not read them. Any thread; users do not wait for one another.
 */
public final class HeldMessages {

    /** The key of the limit. */
    static final String KEY = "user.memory";

    private static final long LITTLE = 256 << 10;

    private final Charges users = new Charges();
    private final LongAdder refused = new LongAdder();
    private volatile long limit;

    void limit(long bytes) {
        limit = bytes;
    }

    public long limit() {
        return limit;
    }

    public Charges users() {
        return users;
    }

    /** @return how many SENDs were refused */
    public long refused() {
        return refused.sum();
    }

    /**
     * A message is to be held.
     *
     * @throws QuotaReached when its sender, who is not trusted, would have too much
     */
    void take(ConnectionContext context, Message message) throws QuotaReached {
        Optional<Account> account = Account.of(context);
        if (account.isPresent() && !account.get().isTrusted()) {
            String user = account.get().user();
            if (users.reserve(user, message.getSize(), 1, limit, 0).isEmpty()) {
                refused.increment();
                throw new QuotaReached(
                        KEY,
                        "of what user " + user + " sent, " + limit + " bytes may be held outside the store (" + KEY
                                + ")");
            }
        } else {
            add(message);
        }
    }

    /** Whether a user who is not trusted would hold more with it than the answers of those who only talk: a few users could take all. */
    boolean wouldHoldMuch(ConnectionContext context, Message message) {
        return Account.of(context)
                .filter(account -> !account.isTrusted())
                .filter(account -> users.of(account.user()).bytes() + message.getSize() > LITTLE)
                .isPresent();
    }

    /** A message is held, whether it may be or not. */
    void add(Message message) {
        if (message.getUserID() != null) {
            users.add(message.getUserID(), message.getSize(), 1);
        }
    }

    /** It is not any more. */
    void giveBack(Message message) {
        if (message.getUserID() != null) {
            Charge charge = users.of(message.getUserID());
            users.subtract(charge, message.getSize(), 1);
        }
    }
}
