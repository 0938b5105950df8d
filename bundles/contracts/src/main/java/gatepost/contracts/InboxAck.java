package gatepost.contracts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.command.MessageAck;

/**
 * An acknowledgement on its way to the broker. An inbox says of each message that it speaks of what came of it, before the broker
 * answers and on the same thread.
 */
public final class InboxAck extends MessageAck {

    private final List<Durability> stored = new ArrayList<>(1);
    private boolean asked;
    private boolean settled;

    /** @param waited whether one of the messages that it speaks of was waiting; called for each of them */
    public void settles(boolean waited) {
        asked = true;
        settled |= waited;
    }

    /** @return whether it settled anything, as far as an inbox has said; not where all was done before, by another subscription */
    public boolean isSettling() {
        return settled || !asked;
    }

    /** @param change is what it has brought about for one of them */
    public void stored(Durability change) {
        stored.add(change);
    }

    /** Returns when all that it has brought about is safe. @throws IOException when something of it is not, and will not be */
    public void await() throws IOException {
        for (Durability change : stored) {
            change.await();
        }
    }
}
