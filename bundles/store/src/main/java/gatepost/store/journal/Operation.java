package gatepost.store.journal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Something to be written, completed once it is on the disk or does not matter any more. What it is asked to do it does on
 * the journal's thread.
 */
public abstract class Operation extends CompletableFuture<Void> {

    /** Tells where the records of a batch are now. */
    @FunctionalInterface
    public interface Written {

        /** @param offset as {@link Batch} returned it */
        long location(int offset);
    }

    /** @return whether there is anything to be written */
    public abstract boolean encode(Batch batch);

    /** Called once it is written, and before it is completed. */
    public abstract void written(Written where);

    /** Called when it could not be written; completes it, or has it tried again. */
    public abstract void failed(IOException reason);

    /** @return whether somebody waits until it is on the disk */
    public boolean isUrgent() {
        return true;
    }
}
