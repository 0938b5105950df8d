package gatepost.authentication.throttle;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was not used for the longest time once it holds too much. Guarded by its owner. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int limit;

    BoundedMap(int limit) {
        super(16, 0.75f, true);
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
