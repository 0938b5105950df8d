package gatepost.store.quota;

import gatepost.store.quota.Charge.Outcome;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is kept for each user for whom anything is kept. Any thread; users do not wait for one another. */
public final class Charges {

    private final Map<String, Charge> byUser = new ConcurrentHashMap<>();

    /** Counts what is there, whether it may be or not. @return on which it was counted, to take it back there */
    public Charge add(String user, long bytes, long messages) {
        while (true) {
            Charge charge = current(user);
            if (charge.add(bytes, messages)) {
                return charge;
            }
            byUser.remove(user, charge);
        }
    }

    /** Counts it if it stays within these, of which 0 is no limit. @return on which it was counted, or nothing */
    public Optional<Charge> reserve(String user, long bytes, long messages, long mostBytes, long mostMessages) {
        while (true) {
            Charge charge = current(user);
            Outcome outcome = charge.reserve(bytes, messages, mostBytes, mostMessages);
            if (outcome == Outcome.TAKEN) {
                return Optional.of(charge);
            }
            if (outcome == Outcome.FULL) {
                forgetEmpty(charge);
                return Optional.empty();
            }
            byUser.remove(user, charge);
        }
    }

    /** Takes back what was counted there. */
    public void subtract(Charge charge, long bytes, long messages) {
        charge.subtract(bytes, messages);
        forgetEmpty(charge);
    }

    /** @return what is kept for that user; all 0 when it is nothing */
    public Charge of(String user) {
        Charge charge = byUser.get(user);
        return charge == null ? new Charge(user) : charge;
    }

    /** @return the one for whom most bytes are kept */
    public Optional<Charge> largest() {
        return byUser.values().stream().max(Comparator.comparingLong(Charge::bytes));
    }

    /** @return those for whom something is kept */
    public Collection<Charge> all() {
        return byUser.values();
    }

    private Charge current(String user) {
        // most are there, and are found without a lock
        Charge charge = byUser.get(user);
        return charge == null ? byUser.computeIfAbsent(user, Charge::new) : charge;
    }

    private void forgetEmpty(Charge charge) {
        if (charge.retire()) {
            byUser.remove(charge.name(), charge);
        }
    }
}
