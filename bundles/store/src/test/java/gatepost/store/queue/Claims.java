package gatepost.store.queue;

import gatepost.contracts.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What was said of one thing, one after another, as the simulator knows it: after a crash the last holds that was confirmed, or one after
 * it. What came along with a message holds where that is there, and only there.
 */
final class Claims<T> {

    private static final class Claim<T> {

        private final T value;
        private final Durability by;
        private final Entry with;
        /** Whether it was confirmed when all that was said so far lost its meaning. */
        private boolean confirmed;

        private boolean frozen;

        private Claim(T value, Durability by, Entry with) {
            this.value = value;
            this.by = by;
            this.with = with;
        }

        private boolean isConfirmed() {
            return frozen ? confirmed : by == null || by.isSafe();
        }

        private boolean isFailed() {
            return by != null && by.failure().isPresent();
        }
    }

    private final List<Claim<T>> all = new ArrayList<>();

    Claims(T first) {
        all.add(new Claim<>(first, null, null));
    }

    void say(T value, Durability by) {
        all.add(new Claim<>(value, by, null));
    }

    void say(T value, Entry with) {
        all.add(new Claim<>(value, with.sending().durability(), with));
    }

    /** What was said so far and is not confirmed yet may be called so though it is not on the disk. */
    void freeze() {
        all.forEach(claim -> {
            claim.confirmed = claim.isConfirmed();
            claim.frozen = true;
        });
    }

    /** @return what holds while it is in use */
    T now() {
        T now = null;
        for (Claim<T> claim : all) {
            now = claim.isFailed() ? now : claim.value;
        }
        return now;
    }

    /** @return whether that may hold after a crash, which left those messages */
    boolean mayBe(T found, List<Entry> here) {
        int first = 0;
        for (int i = 0; i < all.size(); i++) {
            Claim<T> claim = all.get(i);
            if (claim.isConfirmed() && !claim.isFailed() || claim.with != null && here.contains(claim.with)) {
                first = i;
            }
        }
        return all.subList(first, all.size()).stream()
                .filter(claim -> claim.with == null || here.contains(claim.with) || claim.with.isRemoved())
                .anyMatch(claim -> Objects.equals(claim.value, found));
    }

    @Override
    public String toString() {
        return all.stream()
                .map(claim -> claim.value
                        + (claim.with == null ? "" : " with " + claim.with)
                        + (claim.isConfirmed() ? " confirmed" : claim.isFailed() ? " failed" : ""))
                .toList()
                .toString();
    }
}
