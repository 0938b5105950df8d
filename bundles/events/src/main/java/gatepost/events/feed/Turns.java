package gatepost.events.feed;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Whose turn it is: who has waited longest, of those who need not wait after a failure. One thread. */
final class Turns {

    private final Queue<Line> ready = new ArrayDeque<>();
    private final PriorityQueue<Line> delayed = new PriorityQueue<>(Comparator.comparingLong(line -> line.notBefore));

    /** Has a line take its turn, if it has something to be told. */
    void offer(Line line, long now) {
        if (line != null && !line.queued && line.isReady()) {
            line.queued = true;
            if (line.notBefore - now > 0 && line.failures > 0) {
                delayed.add(line);
            } else {
                ready.add(line);
            }
        }
    }

    /** @return {@code null} when it is nobody's turn */
    Line next(long now) {
        while (!delayed.isEmpty() && delayed.peek().notBefore - now <= 0) {
            ready.add(delayed.poll());
        }
        return poll(ready);
    }

    /** @return the same without regard to when it was to be: the subscriber fails for everybody */
    Line probe() {
        Line line = poll(ready);
        return line == null ? poll(delayed) : line;
    }

    /** Nobody has to wait any more. */
    void hurry() {
        ready.addAll(delayed);
        delayed.clear();
    }

    /** This one has not to wait any more, and is next. */
    void hurry(Line line) {
        delayed.remove(line);
        ready.remove(line);
        Queue<Line> others = new ArrayDeque<>(ready);
        ready.clear();
        ready.add(line);
        ready.addAll(others);
        line.queued = true;
    }

    boolean isEmpty() {
        return ready.isEmpty() && delayed.isEmpty();
    }

    /** @return when the next has waited for long enough; {@link Long#MAX_VALUE} when none waits */
    long nextAt() {
        return delayed.isEmpty() ? Long.MAX_VALUE : delayed.peek().notBefore;
    }

    private static Line poll(Queue<Line> queue) {
        for (Line line = queue.poll(); line != null; line = queue.poll()) {
            line.queued = false;
            if (line.isReady()) {
                return line;
            }
        }
        return null;
    }
}
