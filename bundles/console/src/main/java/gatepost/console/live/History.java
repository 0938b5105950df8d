package gatepost.console.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the charts show of the past: the last hour, a sample each ten seconds or, where looking takes long, each minute, whether anybody
 * watches or not; and of the last five minutes in which somebody watched one each second. Bounded; for one thread.
 */
final class History {

    /** Milliseconds between two samples while nobody watches, at least and at most. */
    private static final long PAUSE = 10_000;

    private static final long PAUSE_MAX = 60_000;
    /** So many times as long as a look has taken nobody looks again: there may be a hundred thousand inboxes to count. */
    private static final long REST = 100;

    private static final int COARSE = 360;
    private static final int FINE = 300;

    private final Deque<Sample> coarse = new ArrayDeque<>();
    private final Deque<Sample> fine = new ArrayDeque<>();

    /**
     * @param nanos that the last look at the metrics has taken
     * @return milliseconds until the next one
     */
    static long pause(long nanos) {
        return Math.min(PAUSE_MAX, Math.max(PAUSE, nanos / 1_000_000 * REST));
    }

    /** Takes one of those that there are at all times. */
    void coarse(Sample sample) {
        remember(coarse, sample, COARSE);
    }

    /** Takes one of those that there are while somebody watches. */
    void fine(Sample sample) {
        remember(fine, sample, FINE);
    }

    /** Nobody watches any more. */
    void unwatched() {
        fine.clear();
    }

    /** @return all in the order of time: where there are fine ones, none of the others */
    List<Sample> all() {
        long from = fine.isEmpty() ? Long.MAX_VALUE : fine.getFirst().at();
        List<Sample> all = new ArrayList<>(coarse.size() + fine.size());
        coarse.stream().filter(sample -> sample.at() < from).forEach(all::add);
        all.addAll(fine);
        return all;
    }

    private static void remember(Deque<Sample> past, Sample latest, int most) {
        past.addLast(latest);
        if (past.size() > most) {
            past.removeFirst();
        }
    }
}
