package gatepost.broker.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rings of so many queues and no more: for one too many, that of the queue to which nothing happened for longest is taken. With
 * more users than that a ring changes hands at nearly every message, so what finds a ring and the order of use are in arrays of
 * numbers: they are near each other, where the entries of a map would have to be fetched one by one, and a collection of the
 * young generation has nothing to look for in them (see {@link EventRing}).
 *
 * <p>Whoever calls it, or uses a ring of it, holds its lock, for no more than a look-up.
 */
final class RecentQueues {

    /** A power of two. */
    private static final int FEW = 16;

    private static final int NONE = -1;

    private final int limit;
    private final List<EventRing> rings = new ArrayList<>();
    /** The hash code of the name of each ring's queue. */
    private int[] hashes = new int[FEW];
    /** The ring that was used next after the one of that number, and the one before it. */
    private int[] later = new int[FEW];

    private int[] earlier = new int[FEW];
    private int latest = NONE;
    private int earliest = NONE;
    /** The first ring whose name's hash code ends in these bits, and for each ring the next such one. */
    private int[] first = none(FEW);

    private int[] next = new int[FEW];

    /** @param limit of queues, at least one */
    RecentQueues(int limit) {
        this.limit = limit;
    }

    /** @return the ring of a queue, which is the one used last from now on */
    EventRing use(String queue) {
        EventRing ring = find(queue);
        if (ring == null) {
            ring = rings.size() < limit ? another() : forgotten();
            ring.reset(queue);
            enter(ring.number(), queue.hashCode());
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
        int hash = queue.hashCode();
        for (int number = first[slot(hash)]; number != NONE; number = next[number]) {
            if (hashes[number] == hash && rings.get(number).queue().equals(queue)) {
                return rings.get(number);
            }
        }
        return null;
    }

    List<String> names() {
        return rings.stream().map(EventRing::queue).toList();
    }

    private EventRing another() {
        int number = rings.size();
        if (number == hashes.length) {
            grow();
        }
        later[number] = NONE;
        earlier[number] = NONE;
        EventRing ring = new EventRing(number);
        rings.add(ring);
        return ring;
    }

    private void grow() {
        int size = 2 * hashes.length;
        hashes = Arrays.copyOf(hashes, size);
        later = Arrays.copyOf(later, size);
        earlier = Arrays.copyOf(earlier, size);
        next = new int[size];
        first = none(size);
        for (EventRing ring : rings) {
            enter(ring.number(), hashes[ring.number()]);
        }
    }

    /** @return the ring that was used least recently, which is no queue's any more */
    private EventRing forgotten() {
        int slot = slot(hashes[earliest]);
        if (first[slot] == earliest) {
            first[slot] = next[earliest];
        } else {
            int before = first[slot];
            while (next[before] != earliest) {
                before = next[before];
            }
            next[before] = next[earliest];
        }
        return rings.get(earliest);
    }

    private void enter(int number, int hash) {
        int slot = slot(hash);
        hashes[number] = hash;
        next[number] = first[slot];
        first[slot] = number;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> Short.SIZE) & first.length - 1;
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

    private static int[] none(int size) {
        int[] numbers = new int[size];
        Arrays.fill(numbers, NONE);
        return numbers;
    }
}
