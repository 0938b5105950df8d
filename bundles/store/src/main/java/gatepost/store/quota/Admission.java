package gatepost.store.quota;

import gatepost.contracts.Account;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.inbox.InboxLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.activemq.broker.ConnectionContext;

/**
 * Lets messages into the store, or refuses them: the one place where the quotas of queues and users are enforced. Room is taken
 * before a message is handed on, and given back once the store has counted it: so that many who send at once stay within it.
 */
public final class Admission {

    private static final String USER_BYTES = "user.bytes";
    private static final String USER_MESSAGES = "user.messages";

    private final Charges users = new Charges();
    private final Map<String, LongAdder> refused = new TreeMap<>();
    private volatile Quotas quotas = Quotas.NONE;
    private volatile Supplier<InboxLimits> inboxes = () -> InboxLimits.NONE;

    public Admission() {
        for (String key : List.of(
                Capacity.QUEUE_BYTES,
                Capacity.QUEUE_MESSAGES,
                Capacity.INBOX_BYTES,
                Capacity.INBOX_MESSAGES,
                USER_BYTES,
                USER_MESSAGES)) {
            refused.put(key, new LongAdder());
        }
    }

    /** Holds for what comes from now on; nothing that waits is dropped. */
    public void limit(Quotas next) {
        quotas = next;
    }

    /** @param limits of each inbox, instead of the quotas of a queue; asked at each message */
    public void inboxes(Supplier<InboxLimits> limits) {
        inboxes = limits;
    }

    public Quotas quotas() {
        return quotas;
    }

    /** @return what waits in the store, by who sent it */
    public Charges users() {
        return users;
    }

    /** @return how many SENDs and COMMITs were refused, by the key of the quota */
    public Map<String, LongAdder> refused() {
        return refused;
    }

    /**
     * What is about to come into one queue.
     *
     * @param queue what is kept there
     * @param inbox whether it is an inbox, of which other quotas hold
     */
    public record Wish(Charge queue, boolean inbox, long bytes, long messages) {

        /** @return both, into the same queue */
        public Wish and(Wish more) {
            return new Wish(queue, inbox, bytes + more.bytes, messages + more.messages);
        }
    }

    /**
     * Takes room for all of that, or for nothing.
     *
     * @param context of who sends it; the broker's own work, and the operator's, is not limited here
     * @return to be closed once the store has counted the messages, or will not
     * @throws QuotaReached when a quota would be exceeded
     */
    public Reservation admit(ConnectionContext context, List<Wish> wishes) throws QuotaReached {
        Optional<Account> account = context == null ? Optional.empty() : Account.of(context);
        if (account.isEmpty() || wishes.isEmpty()) {
            return Reservation.NONE;
        }
        Quotas now = quotas;
        List<Runnable> taken = new ArrayList<>(wishes.size() + 1);
        Reservation reservation = () -> taken.forEach(Runnable::run);
        try {
            for (Wish wish : wishes) {
                Capacity most = capacity(wish);
                reserve(wish, most);
                if (!most.dropsOldest()) {
                    taken.add(() -> wish.queue().subtract(wish.bytes(), wish.messages()));
                }
            }
            if (!account.get().isTrusted()) {
                long bytes = wishes.stream().mapToLong(Wish::bytes).sum();
                long messages = wishes.stream().mapToLong(Wish::messages).sum();
                Charge charge = reserve(account.get().user(), bytes, messages, now);
                taken.add(() -> users.subtract(charge, bytes, messages));
            }
            return reservation;
        } catch (QuotaReached e) {
            reservation.close();
            refused.get(e.key()).increment();
            throw e;
        }
    }

    /**
     * Sees whether there is room for that, and takes none; nor is a user's share looked at.
     *
     * @param context of who sends it
     * @throws QuotaReached when a quota would be exceeded
     */
    public void require(ConnectionContext context, Wish wish) throws QuotaReached {
        if (Account.of(context).isEmpty()) {
            return;
        }
        Capacity most = capacity(wish);
        if (most.isExceeded(wish)) {
            QuotaReached reached = most.reached(wish);
            refused.get(reached.key()).increment();
            throw reached;
        }
    }

    private Capacity capacity(Wish wish) {
        return wish.inbox() ? Capacity.of(inboxes.get()) : Capacity.of(quotas);
    }

    /** Takes nothing where the oldest go afterwards: what is there is what is counted then. */
    private static void reserve(Wish wish, Capacity most) throws QuotaReached {
        boolean full = most.dropsOldest()
                ? most.isExceeded(wish)
                : wish.queue().reserve(wish.bytes(), wish.messages(), most.bytes(), most.messages())
                        != Charge.Outcome.TAKEN;
        if (full) {
            throw most.reached(wish);
        }
    }

    private Charge reserve(String user, long bytes, long messages, Quotas now) throws QuotaReached {
        Optional<Charge> charge = users.reserve(user, bytes, messages, now.userBytes(), now.userMessages());
        if (charge.isPresent()) {
            return charge.get();
        }
        String whose = "of what user " + user + " sent, ";
        boolean tooLarge = now.userBytes() > 0 && users.of(user).bytes() + bytes > now.userBytes();
        throw tooLarge
                ? new QuotaReached(
                        USER_BYTES, whose + now.userBytes() + " bytes may wait in the store (" + USER_BYTES + ")")
                : new QuotaReached(
                        USER_MESSAGES,
                        whose + now.userMessages() + " messages may wait in the store (" + USER_MESSAGES + ")");
    }
}
