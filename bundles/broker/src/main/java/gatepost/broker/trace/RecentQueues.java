package gatepost.broker.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rings of so many queues and no more: for one too many, that of the queue to which nothing happened for longest is taken. The
 * order of use changes with each message and is in arrays of numbers, for the reason that {@link EventRing} gives.
 *
 * <p>Whoever calls it, or uses a ring of it, holds its lock, for no more than a look-up.
 */
final class RecentQueues {

    private static final int FEW = 16;
    private static final int NONE = -1;

    private final int limit;
    private final Map<String, EventRing> byName = new HashMap<>();
    private final List<EventRing> byNumber = new ArrayList<>();
    /** The ring that was used next after the one of that number, and the one before it. */
    private int[] later = new int[FEW];
    private int[] earlier = new int[FEW];
    private int latest = NONE;
    private int earliest = NONE;

    /** @param limit of queues, at least one */
    RecentQueues(int limit) {
        this.limit = limit;
    }

    /** @return the ring of a queue, which is the one used last from now on */
    EventRing use(String queue) {
        EventRing ring = byName.get(queue);
        if (ring == null) {
            ring = byNumber.size() < limit ? another() : takenFrom(byNumber.get(earliest));
            ring.reset(queue);
            byName.put(queue, ring);
        }
        int number = ring.number();
        if (number != latest) {
            unlink(number);
            link(number);
        }
        return ring;
    }

    /** @return the ring of a queue, or {@code null} */
    EventRing find(String queue) {
        return byName.get(queue);
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    private EventRing another() {
        int number = byNumber.size();
        if (number == later.length) {
            later = Arrays.copyOf(later, 2 * number);
            earlier = Arrays.copyOf(earlier, 2 * number);
        }
        later[number] = NONE;
        earlier[number] = NONE;
        EventRing ring = new EventRing(number);
        byNumber.add(ring);
        return ring;
    }

    private EventRing takenFrom(EventRing ring) {
        byName.remove(ring.queue());
        return ring;
    }

    private void unlink(int number) {
        int before = earlier[number];
        int after = later[number];
        if (before != NONE) {
            later[before] = after;
        } else if (earliest == number) {
            earliest = after;
        }
        if (after != NONE) {
            earlier[after] = before;
        }
    }

    private void link(int number) {
        earlier[number] = latest;
        later[number] = NONE;
        if (latest == NONE) {
            earliest = number;
        } else {
            later[latest] = number;
        }
        latest = number;
    }
}
