package gatepost.broker.quota;

import gatepost.broker.quota.QueueQuota.Next;
import gatepost.contracts.QuotaReached;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.store.queue.QueueStore;
import gatepost.store.quota.Admission.Wish;
import gatepost.store.quota.Charge;
import gatepost.store.quota.Reservation;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.usage.MemoryUsage;

/**
 * Lets messages into one inbox: as many as may wait there, what is not in the store included. What is not there is also charged to who
 * sent it, as in a queue. Any thread.
 */
public final class InboxQuota {

    private final Ledger ledger;
    private final QueueStore store;
    private final QueueQuota unstored;
    private final Charge held;

    /** @param all what all messages in memory take */
    public InboxQuota(Ledger ledger, QueueStore store, MemoryUsage all) {
        this.ledger = ledger;
        this.store = store;
        this.unstored = new QueueQuota(ledger, Optional.of(store), all);
        this.held = new Charge(store.kept().name());
    }

    /** @throws QuotaReached before anything is handed on */
    public void send(ConnectionContext context, Message message, Next next) throws Exception {
        if (!message.isPersistent()) {
            require(context, message);
            unstored.send(context, message, next);
            return;
        }
        if (held.messages() > 0) {
            require(context, message);
        }
        Wish wish = new Wish(store.kept(), true, message.getSize(), 1);
        try (Reservation room = ledger.admission().admit(context, List.of(wish))) {
            next.send();
        }
    }

    /** About: who sends at the same time is not seen. */
    private void require(ConnectionContext context, Message message) throws QuotaReached {
        ledger.admission().require(context, new Wish(all(), true, message.getSize(), 1));
    }

    /** @return a picture of all that waits */
    private Charge all() {
        Charge all = new Charge(held.name());
        all.add(
                held.bytes() + store.kept().bytes(),
                held.messages() + store.kept().messages());
        return all;
    }

    /** A message is in the inbox and not in the store. */
    public void held(Message message) {
        held.add(message.getSize(), 1);
    }

    /** It is gone. */
    public void released(Message message) {
        held.subtract(message.getSize(), 1);
        unstored.released(message);
    }

    /** @return whether so much waits that the oldest has to go; the last one may stay */
    public boolean isOverfull() {
        InboxLimits limits = ledger.inboxes().limits();
        if (!limits.dropsOldest()) {
            return false;
        }
        long messages = held.messages() + store.kept().messages();
        return limits.areExceeded(
                messages, messages > 1 ? held.bytes() + store.kept().bytes() : 0);
    }

    /** One has gone for that. */
    public void dropped() {
        ledger.inboxes().addDropped();
    }
}
