package gatepost.events.feed;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What was reported and is not in the backlog yet. Any thread puts in and never waits; the sender's takes out. */
final class Intake {

    private final Worker worker;
    private final Runnable drain;
    private final Queue<Pending> reported = new ConcurrentLinkedQueue<>();
    private final Queue<Pending> settled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    /** @param drain takes out what there is, on the worker's thread */
    Intake(Worker worker, Runnable drain) {
        this.worker = worker;
        this.drain = drain;
    }

    /** Before anything is written of it, so that it has its place before whatever comes later. */
    void report(Pending event) {
        reported.add(event);
    }

    void settle(Pending event) {
        settled.add(event);
        if (woken.compareAndSet(false, true)) {
            worker.run(drain);
        }
    }

    /** What is put in from now on has it drained again. */
    void begin() {
        woken.set(false);
    }

    /** @return {@code null} when there is nothing more */
    Pending reported() {
        return reported.poll();
    }

    /** @return what was reported before; {@code null} when there is nothing more */
    Pending settled() {
        return settled.poll();
    }
}
