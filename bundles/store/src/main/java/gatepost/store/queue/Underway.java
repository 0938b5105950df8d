package gatepost.store.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of one queue is on its way into the journal. Belongs to its {@link Contents}. */
final class Underway {

    private Map<Long, Add> adds = Map.of();
    /** How much of it belongs to transactions. */
    private int pending;

    /** Something is writing that message, in the place of what was to do so before, if anything was. */
    void put(Add add) {
        if (adds.isEmpty()) {
            adds = new HashMap<>();
        }
        adds.put(add.sequence(), add);
        pending += add.isOfTransaction() ? 1 : 0;
    }

    /** @return what is writing the message, {@code null} when nothing is; it may be needless by now */
    Add get(long sequence) {
        return adds.get(sequence);
    }

    boolean isEmpty() {
        return adds.isEmpty();
    }

    /** @return whether it belongs to a transaction of which nobody knows yet whether it is on the disk */
    boolean isPending(long sequence) {
        if (pending == 0) {
            return false;
        }
        Add add = adds.get(sequence);
        return add != null && add.isOfTransaction();
    }

    /** Nothing is writing that message any more. */
    void release(long sequence) {
        Add add = adds.remove(sequence);
        pending -= add != null && add.isOfTransaction() ? 1 : 0;
        if (adds.isEmpty()) {
            adds = Map.of();
        }
    }

    /** Takes back all that is not being written just now. @return what has to be told that it is settled */
    List<Add> takeBack() {
        List<Add> taken = adds.values().stream().filter(Add::takeBack).toList();
        taken.forEach(add -> release(add.sequence()));
        return taken;
    }
}
