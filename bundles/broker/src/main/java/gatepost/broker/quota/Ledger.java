package gatepost.broker.quota;

import gatepost.contracts.QuotaReached;
import gatepost.store.quota.Admission;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.broker.Broker;

/**
 * What one broker keeps for whom, and how much of it there may be. Its limits change while the broker runs; nothing that is kept is
 * dropped when they get lower. Any thread.
 */
public final class Ledger {

    /** Above so many percent of the store, or of the memory, what is left is not for everybody. */
    static final int SCARCE_PERCENT = 90;

    private final Admission admission = new Admission();
    private final HeldMessages held = new HeldMessages();
    private final PendingTopics pending = new PendingTopics(held);
    private final DurableBytes durable = new DurableBytes();
    private final DeadLetters deadLetters = new DeadLetters();
    private final InboxRules inboxes = new InboxRules();
    private final MakingWay history = new MakingWay();
    private final LongAdder memoryRefused = new LongAdder();
    private final LongAdder scarceRefused = new LongAdder();

    public Ledger() {
        admission.inboxes(inboxes::limits);
    }

    public void limit(KeepingLimits limits) {
        admission.limit(limits.stored());
        held.limit(limits.userMemory());
        pending.limit(limits.topicPending(), limits.topicPendingBytes());
        durable.limit(limits.durableBytes());
        deadLetters.limit(limits.deadLetters(), limits.deadLettersBytes());
    }

    /** @return the filter that keeps it; inside of whatever decides who may send */
    public Broker install(Broker next) {
        return new QuotaFilter(next, this);
    }

    /** @return for the store */
    public Admission admission() {
        return admission;
    }

    public HeldMessages held() {
        return held;
    }

    public PendingTopics pending() {
        return pending;
    }

    public DurableBytes durable() {
        return durable;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** @return what holds for inboxes instead of the quotas of a queue */
    public InboxRules inboxes() {
        return inboxes;
    }

    /** @return what has history go before the store is full */
    public MakingWay history() {
        return history;
    }

    /** @return of those whom a limit by user holds for, the one for whom most is held outside the store */
    public Optional<Charge> mostHeld() {
        return most(held.users());
    }

    /** @return of those whom a limit by user holds for, the one of whom most waits in the store */
    public Optional<Charge> mostStored() {
        return most(admission.users());
    }

    private Optional<Charge> most(Charges users) {
        return users.all().stream()
                .filter(charge -> !deadLetters.isTrusted(charge.name()))
                .max(Comparator.comparingLong(Charge::bytes));
    }

    /** @return how many SENDs were refused because memory was full */
    public long memoryRefused() {
        return memoryRefused.sum();
    }

    /** @return how many SENDs were refused because the rest of the store is for trusted accounts, or an inbox because there is none */
    public long scarceRefused() {
        return scarceRefused.sum();
    }

    QuotaReached memoryFull(long limit) {
        memoryRefused.increment();
        return new QuotaReached(
                "memory.percent", "all messages in memory may have " + limit + " bytes (memory.percent)");
    }

    QuotaReached memoryScarce(long limit) {
        memoryRefused.increment();
        return new QuotaReached(
                "memory.percent",
                "all messages in memory may have " + limit
                        + " bytes, and the last tenth is for those who hold little (memory.percent)");
    }

    void refusedAsScarce() {
        scarceRefused.increment();
    }
}
