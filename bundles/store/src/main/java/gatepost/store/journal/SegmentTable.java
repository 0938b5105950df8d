package gatepost.store.journal;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The journal's files. The journal's thread adds and removes them; any thread finds one, which happens for each message. */
final class SegmentTable {

    private final TreeMap<Integer, Segment> byId = new TreeMap<>();
    /** Each at the lowest bits of its id, of which there are enough to tell those apart that exist. Never changed, but replaced. */
    private volatile Segment[] slots = {null};

    private volatile long capacity;

    synchronized void add(Segment segment) {
        byId.put(segment.id(), segment);
        changed();
    }

    synchronized void remove(Segment segment) {
        byId.remove(segment.id());
        changed();
    }

    private void changed() {
        long bytes = 0;
        for (Segment segment : byId.values()) {
            bytes += segment.size();
        }
        capacity = bytes;
        slots = slots(byId);
    }

    /** @return the file of that location, or {@code null} when it is gone */
    Segment of(long location) {
        int number = Location.segment(location);
        Segment[] current = slots;
        Segment segment = current[number & current.length - 1];
        return segment != null && (segment.id() & Location.SEGMENTS - 1) == number ? segment : null;
    }

    /** @return the oldest, or {@code null} when there are fewer than two */
    synchronized Segment oldestOfSeveral() {
        return byId.size() < 2 ? null : byId.firstEntry().getValue();
    }

    /** @return bytes of records that are needed */
    synchronized long liveBytes() {
        long bytes = 0;
        for (Segment segment : byId.values()) {
            bytes += segment.liveBytes();
        }
        return bytes;
    }

    /** @return bytes of all files */
    long capacity() {
        return capacity;
    }

    synchronized void close() throws IOException {
        for (Segment segment : byId.values()) {
            segment.close();
        }
    }

    private static Segment[] slots(SortedMap<Integer, Segment> byId) {
        int span = byId.isEmpty() ? 1 : byId.lastKey() - byId.firstKey() + 1;
        Segment[] slots = new Segment[Math.min(Location.SEGMENTS, Integer.highestOneBit(2 * span - 1))];
        for (Map.Entry<Integer, Segment> entry : byId.entrySet()) {
            slots[entry.getKey() & slots.length - 1] = entry.getValue();
        }
        return slots;
    }
}
