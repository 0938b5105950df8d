package gatepost.store.queue;

import gatepost.store.quota.Charge;
import gatepost.store.quota.Charges;

/**
 * How much waits in one queue, and who is charged for it: the queue, whoever sent it, and, once anybody has asked, each sender's part of the
 * queue.
 */
final class Shares extends Charge {

    private final Charges senders;
    /** What is here of each sender's, once anybody has asked. */
    private Charges parts;

    Shares(String queue, Charges senders) {
        super(queue);
        this.senders = senders;
    }

    boolean areCounted() {
        return parts != null;
    }

    /** From now on it is counted how much of it is whose; whoever asked for it has to {@link #share} what is there. */
    void count() {
        parts = new Charges();
    }

    /** @return how much of it is one sender's; while it is counted */
    Charge of(String sender) {
        return parts.of(sender);
    }

    /** @param sender or {@code null} */
    Charge charge(String sender, int size) {
        add(size, 1);
        Charge charge = sender == null ? null : senders.add(sender, size, 1);
        share(charge, size, 1);
        return charge;
    }

    void recharge(Charge sender, int more) {
        add(more, 0);
        if (sender != null) {
            sender.add(more, 0);
        }
        share(sender, more, 0);
    }

    void discharge(Charge sender, int size) {
        subtract(size, 1);
        if (sender != null) {
            senders.subtract(sender, size, 1);
        }
        share(sender, -size, -1);
    }

    void share(Charge sender, int bytes, int messages) {
        if (parts != null && sender != null) {
            // with nothing left it is forgotten
            parts.subtract(parts.add(sender.name(), bytes, messages), 0, 0);
        }
    }
}
