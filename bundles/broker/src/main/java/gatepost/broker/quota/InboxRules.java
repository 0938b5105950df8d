package gatepost.broker.quota;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Inboxes;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;

/** What may wait in each inbox, as whoever knows the inboxes says, and what came of it. Any thread. */
public final class InboxRules {

    /** What its RECEIPT says then. */
    static final String FULL = "full";

    private static final String KEYS = "inbox.";

    private final LongAdder dropped = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private volatile Optional<Inboxes> inboxes = Optional.empty();

    /** From now on that one is asked. */
    public void of(Inboxes next) {
        inboxes = Optional.of(next);
    }

    boolean isInbox(ActiveMQDestination destination) {
        return inboxes.filter(known -> known.isInbox(destination)).isPresent();
    }

    /** @return how much may wait there; nothing for what is no inbox */
    public Optional<InboxLimits> limits(ActiveMQDestination destination) {
        return isInbox(destination) ? Optional.of(limits()) : Optional.empty();
    }

    InboxLimits limits() {
        return inboxes.map(Inboxes::limits).orElse(InboxLimits.NONE);
    }

    /**
     * A SEND was refused: where its sender says so, and there was no room in an inbox or in the store, that is no error. What says so is
     * left with the message's id. In a transaction nothing is passed over.
     */
    boolean skips(Message message, Exception refusal) throws IOException {
        boolean full = refusal instanceof StoreFull
                || refusal instanceof QuotaReached reached && reached.key().startsWith(KEYS);
        if (!full
                || message.isInTransaction()
                || !isInbox(message.getDestination())
                || !InboxHeaders.SKIP.equals(message.getProperty(InboxHeaders.IF_FULL))) {
            return false;
        }
        Durability none = new Durability();
        none.leaveWith(message.getMessageId());
        none.refused(FULL);
        skipped.increment();
        return true;
    }

    void addDropped() {
        dropped.increment();
    }

    /** @return how many messages went since newer ones needed their room */
    public long dropped() {
        return dropped.sum();
    }

    /** @return how many SENDs left nothing since the inbox was full, as their senders allowed */
    public long skipped() {
        return skipped.sum();
    }
}
