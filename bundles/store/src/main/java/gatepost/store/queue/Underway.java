package gatepost.store.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of one queue is on its way into the journal: most often one message. Belongs to its {@link Contents}. */
final class Underway {

    /** Of a queue while nothing is: nothing is put there. */
    static final Underway NOTHING = new Underway();

    private Add one;
    private Map<Long, Add> others = Map.of();
    /** How much of it belongs to transactions. */
    private int pending;

    /** Something is writing that message, in the place of what was to do so before, if anything was. */
    void put(Add add) {
        if (one == null) {
            one = add;
        } else {
            if (others.isEmpty()) {
                others = new HashMap<>();
            }
            others.put(add.sequence(), add);
        }
        pending += add.isOfTransaction() ? 1 : 0;
    }

    /** @return what is writing the message, {@code null} when nothing is; it may be needless by now */
    Add get(long sequence) {
        if (one != null && one.sequence() == sequence) {
            return one;
        }
        return others.isEmpty() ? null : others.get(sequence);
    }

    boolean isEmpty() {
        return one == null && others.isEmpty();
    }

    /** @return whether it belongs to a transaction of which nobody knows yet whether it is on the disk */
    boolean isPending(long sequence) {
        if (pending == 0) {
            return false;
        }
        Add add = get(sequence);
        return add != null && add.isOfTransaction();
    }

    /** Nothing is writing that message any more. */
    void release(long sequence) {
        Add add = get(sequence);
        if (add == null) {
            return;
        }
        pending -= add.isOfTransaction() ? 1 : 0;
        if (add == one) {
            one = null;
        } else {
            others.remove(sequence);
        }
    }

    /** Takes back all that is not being written just now. @return what has to be told that it is settled */
    List<Add> takeBack() {
        List<Add> all = new ArrayList<>(others.values());
        if (one != null) {
            all.add(one);
        }
        List<Add> taken = all.stream().filter(Add::takeBack).toList();
        taken.forEach(add -> release(add.sequence()));
        return taken;
    }
}
