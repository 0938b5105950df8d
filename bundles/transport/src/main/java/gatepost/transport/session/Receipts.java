package gatepost.transport.session;

import gatepost.contracts.Durability;
import gatepost.transport.frame.Frame;
import gatepost.transport.session.Session.FrameEncoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The receipts of one connection, in the order of the frames that asked for them. A message that is on its way to the disk
 * holds up its receipt and those after it, but nothing else: the next frames are served meanwhile.
 *
 * <p>The session's thread adds; whichever thread completes a message writes what has become due.
 */
final class Receipts {

    /** Where receipts go; any thread. */
    interface Exit {

        /** @param arrived when the frame came that asked for it, as {@link System#nanoTime} says */
        void receipt(FrameEncoder receipt, long arrived);

        /** A message could not be stored; no receipt after it will come, and what was to run afterwards does not. */
        void notStored(Throwable reason, Frame frame);
    }

    private record Due(Durability stored, FrameEncoder receipt, Frame frame, long arrived) {

        boolean isSettled() {
            return stored == null || stored.isSettled();
        }

        Optional<IOException> failure() {
            return stored == null ? Optional.empty() : stored.failure();
        }
    }

    private final Exit exit;
    private final Queue<Due> waiting = new ArrayDeque<>();
    private Runnable afterwards;

    Receipts(Exit exit) {
        this.exit = exit;
    }

    /**
     * Notes a frame that was served.
     *
     * @param stored what it brought and is on its way to the disk, {@code null} when there is nothing to wait for
     * @param receipt what the client asked for, {@code null} for nothing
     * @param arrived when the frame came, as {@link System#nanoTime} says
     */
    void add(Durability stored, FrameEncoder receipt, Frame frame, long arrived) {
        synchronized (this) {
            if (waiting.isEmpty() && (stored == null || stored.isSafe())) {
                if (receipt != null) {
                    exit.receipt(receipt, arrived);
                }
                return;
            }
            waiting.add(new Due(stored, receipt, frame, arrived));
        }
        if (stored != null) {
            stored.whenSettled(this::settle);
        }
    }

    /** Has that run once all that was added is settled; at once when it is. Call it once, and add nothing after it. */
    void afterwards(Runnable next) {
        synchronized (this) {
            if (!waiting.isEmpty()) {
                afterwards = next;
                return;
            }
        }
        next.run();
    }

    private void settle() {
        Due failed = null;
        Runnable next = null;
        synchronized (this) {
            while (failed == null && !waiting.isEmpty() && waiting.peek().isSettled()) {
                Due due = waiting.remove();
                if (due.failure().isPresent()) {
                    failed = due;
                    waiting.clear();
                    afterwards = null;
                } else if (due.receipt() != null) {
                    exit.receipt(due.receipt(), due.arrived());
                }
            }
            if (waiting.isEmpty()) {
                next = afterwards;
                afterwards = null;
            }
        }
        if (failed != null) {
            exit.notStored(failed.failure().orElseThrow(), failed.frame());
        }
        if (next != null) {
            next.run();
        }
    }
}
