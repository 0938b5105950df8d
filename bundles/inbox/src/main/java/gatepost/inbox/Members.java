package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The members of one audience, by name. They are kept in {@value #BUCKETS} notes of its log, by a hash of the name, so that few bytes are
 * written when few join. Any thread; changes wait for the disk, once for all names of a call.
 */
final class Members {

    /** Of 100,000 members a note has about a hundred; there is room for 1,000,000 with names of ten bytes. */
    static final int BUCKETS = 1 << 10;

    private static final String NOTE = "members:";

    /** Puts the bits of a hash into disorder, the highest of which say the bucket. */
    private static final int SCATTER = 0x9e3779b1;

    private final MessageLog log;
    private final AtomicReferenceArray<byte[]> buckets = new AtomicReferenceArray<>(BUCKETS);
    private volatile int size;

    /** @param notes all that is remembered of the audience */
    Members(MessageLog log, Map<String, byte[]> notes) {
        this.log = log;
        int found = 0;
        for (int i = 0; i < BUCKETS; i++) {
            byte[] bucket = notes.getOrDefault(NOTE + i, Bucket.EMPTY);
            buckets.set(i, bucket);
            found += Bucket.size(bucket);
        }
        size = found;
    }

    int size() {
        return size;
    }

    boolean contains(String name) {
        return Bucket.names(buckets.get(bucket(name))).contains(name);
    }

    /** In no particular order. Who joins or leaves meanwhile is among them or is not. */
    void forEach(Consumer<String> reader) {
        for (int i = 0; i < BUCKETS; i++) {
            Bucket.forEach(buckets.get(i), reader);
        }
    }

    /**
     * Returns when they are members on the disk, too.
     *
     * @param names each at most as long as a user's name may be
     * @return how many were none before
     * @throws IllegalStateException when there is no room for all of them; then none of them has become one
     */
    int add(Collection<String> names) throws IOException {
        return change(names, true);
    }

    /** Returns when they are none on the disk, too. @return how many were members before */
    int remove(Collection<String> names) throws IOException {
        return change(names, false);
    }

    /** As {@link #remove}, all that there are. */
    int removeAll() throws IOException {
        List<String> all = new ArrayList<>();
        forEach(all::add);
        return remove(all);
    }

    private int change(Collection<String> names, boolean joining) throws IOException {
        Map<Integer, SortedSet<String>> touched = new TreeMap<>();
        List<Durability> written = new ArrayList<>();
        int changed = 0;
        synchronized (this) {
            for (String name : names) {
                SortedSet<String> bucket =
                        touched.computeIfAbsent(bucket(name), index -> Bucket.names(buckets.get(index)));
                if (joining ? bucket.add(name) : bucket.remove(name)) {
                    changed++;
                }
            }
            Map<Integer, byte[]> next = new TreeMap<>();
            touched.forEach((index, bucket) -> next.put(index, Bucket.of(bucket)));
            for (Map.Entry<Integer, byte[]> one : next.entrySet()) {
                byte[] bucket = one.getValue();
                // names only join, or only leave: what is as long as before is the same
                if (bucket.length != buckets.get(one.getKey()).length) {
                    buckets.set(one.getKey(), bucket);
                    written.add(log.note(new Note(NOTE + one.getKey(), bucket.length == 0 ? null : bucket), true));
                }
            }
            size = size + (joining ? changed : -changed);
        }
        for (Durability one : written) {
            one.await();
        }
        return changed;
    }

    private static int bucket(String name) {
        return name.hashCode() * SCATTER >>> Integer.SIZE - Integer.numberOfTrailingZeros(BUCKETS);
    }
}
