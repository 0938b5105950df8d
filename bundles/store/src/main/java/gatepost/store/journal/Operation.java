package gatepost.store.journal;

import gatepost.contracts.Durability;
import java.io.IOException;

/**
 * Something to be written, safe once it is on the disk or does not matter any more. What it is asked to do it does on
 * the journal's thread.
 */
public abstract class Operation extends Durability {

    /** Tells where the records of a batch are now. */
    @FunctionalInterface
    public interface Written {

        /** @param offset as {@link Batch} returned it */
        long location(int offset);
    }

    /** @return whether there is anything to be written */
    public abstract boolean encode(Batch batch);

    /** Called once it is written, and before it is safe. */
    public abstract void written(Written where);

    /** Called when it could not be written: settles it, or has it tried again. */
    public abstract void lost(IOException reason);

    /** Is safe, or fails, when that one is or does, which says as much. */
    public final void settleAs(Operation other) {
        other.whenSettled(() -> other.failure().ifPresentOrElse(this::failed, this::safe));
    }

    /** @return whether somebody waits until it is on the disk */
    public boolean isUrgent() {
        return true;
    }
}
