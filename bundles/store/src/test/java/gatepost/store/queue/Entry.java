package gatepost.store.queue;

import gatepost.store.queue.Sent.Request;
import java.util.ArrayList;
import java.util.List;

/** A message of an inbox as the simulator knows it: what was asked to be done with it, and what was confirmed of that. */
final class Entry {

    private final int number;
    private final long offset;
    private final Request sending;
    /** What made it done and kept, or is about to. */
    private final List<Request> done = new ArrayList<>();

    private boolean refused;
    /** It was asked to go, in a way that nobody is told of. */
    private boolean removed;

    private boolean trimmed;

    Entry(int number, long offset, Request sending) {
        this.number = number;
        this.offset = offset;
        this.sending = sending;
    }

    int number() {
        return number;
    }

    long offset() {
        return offset;
    }

    Request sending() {
        return sending;
    }

    boolean isRefused() {
        return refused;
    }

    void done(Request by, boolean as) {
        done.add(by);
        refused = as;
    }

    void removed(boolean since) {
        removed = true;
        trimmed = since;
    }

    boolean isTrimmed() {
        return trimmed;
    }

    boolean isRemoved() {
        return removed;
    }

    /** @return whether it was asked to be done, and that has not failed */
    boolean isDone() {
        return done.stream().anyMatch(request -> !request.isFailed());
    }

    boolean isWaiting() {
        return !removed && !sending.isFailed() && !isDone();
    }

    void look(long appends) {
        sending.look(appends);
        done.forEach(request -> request.look(appends));
    }

    /** @return whether it has to be there after a crash; what was done before it was written may be lost until that is */
    boolean mustBeHere() {
        return !removed && (done.isEmpty() ? sending.isSafe() : isSurelyDone() || onDisk);
    }

    private boolean onDisk;

    /** It was on the disk before anything else was asked of it. */
    void onDisk() {
        onDisk = true;
    }

    boolean isSurelyDone() {
        return done.stream().anyMatch(Request::isSafe);
    }

    /** @return whether that was asked once, so that it is known in which way it was done */
    boolean isDoneOnce() {
        return done.size() == 1;
    }

    boolean mayBeDone() {
        return !done.isEmpty();
    }

    /** @return whether it cannot be there: it was refused, and something was written after that */
    boolean mustBeGone(long appends) {
        return sending.done(appends) == Sent.Presence.GONE && !isSurelyDone();
    }

    @Override
    public String toString() {
        return number + " at " + offset + (sending.isSafe() ? " safe" : sending.isFailed() ? " refused" : " open")
                + (done.isEmpty() ? "" : isSurelyDone() ? ", done" : ", being done")
                + (removed ? trimmed ? ", trimmed" : ", removed" : "");
    }
}
