package gatepost.load;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** All ledgers of a run: a message that comes late is still noted where it belongs. */
final class Ledgers {

    /** The highest number that a stamp has room for; no run opens so many. */
    private static final int OUTSIDE = 0xffff;

    private final List<Ledger> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger foreign = new AtomicInteger();
    private final int tabs;

    /** @param tabs of each user */
    Ledgers(int tabs) {
        this.tabs = tabs;
    }

    Ledger open(int publishers, int users) {
        Ledger ledger = new Ledger(all.size(), publishers, users, tabs);
        all.add(ledger);
        return ledger;
    }

    /** @return one whose messages count as foreign where they come */
    Ledger outside() {
        return new Ledger(OUTSIDE, 1, 1, 1);
    }

    /** @param stamp {@code null} for a body that is not this program's */
    void received(int user, int tab, Stamp stamp, long now) {
        if (stamp == null || stamp.ledger() >= all.size()) {
            foreign.incrementAndGet();
        } else {
            all.get(stamp.ledger()).received(user, tab, stamp, now);
        }
    }

    /** @return messages that some other program or run has sent */
    int foreign() {
        return foreign.get();
    }

    /** @return the sum over all ledgers */
    Faults faults() {
        return all.stream().map(Ledger::faults).reduce(new Faults(0, 0, 0, 0), Faults::and);
    }
}
