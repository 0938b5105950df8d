package gatepost.store.queue;

import gatepost.contracts.inbox.Mark;
import gatepost.store.queue.Sent.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
    /** What came in its place, or {@code null}. */
    private Entry replacement;

    private Claims<Boolean> read = new Claims<>(false);
    private Claims<Boolean> archived = new Claims<>(false);

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
        return removed || isReplaced();
    }

    /** Another one comes in its place. */
    void replacedBy(Entry other) {
        replacement = other;
    }

    private boolean isReplaced() {
        return replacement != null && !replacement.sending.isFailed();
    }

    /** @return whether it may not be there, since what came in its place is confirmed; a purge calls all safe that does not matter any more */
    boolean isSurelyReplaced() {
        return !removed && replacement != null && replacement.sending.isSafe();
    }

    /** @return whether the other one is there, so that this one is not */
    boolean isReplacedByOneOf(Collection<Entry> here) {
        return replacement != null && here.contains(replacement);
    }

    /** @return what was said of it */
    Claims<Boolean> marks(Mark mark) {
        return mark == Mark.READ ? read : archived;
    }

    /** It has these marks for sure. */
    void marked(Set<Mark> marks) {
        read = new Claims<>(marks.contains(Mark.READ));
        archived = new Claims<>(marks.contains(Mark.ARCHIVED));
    }

    /** @return what it has while it is in use */
    Set<Mark> marks() {
        return Arrays.stream(Mark.values())
                .filter(mark -> marks(mark).now())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Mark.class)));
    }

    /** @return whether it was asked to be done, and that has not failed */
    boolean isDone() {
        return done.stream().anyMatch(request -> !request.isFailed());
    }

    boolean isWaiting() {
        return !isRemoved() && !sending.isFailed() && !isDone();
    }

    void look(long appends) {
        sending.look(appends);
        done.forEach(request -> request.look(appends));
    }

    /** @return whether it has to be there after a crash; what was done before it was written may be lost until that is */
    boolean mustBeHere() {
        return !removed && !mayBeReplaced() && (done.isEmpty() ? sending.isSafe() : isSurelyDone() || onDisk);
    }

    /** @return whether it may have gone for another one, though that one need not be there any more */
    private boolean mayBeReplaced() {
        return isReplaced() && (replacement.sending.isSafe() || replacement.isRemoved());
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
