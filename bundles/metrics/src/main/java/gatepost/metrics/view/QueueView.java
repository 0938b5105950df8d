package gatepost.metrics.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A service of the bundle that has the queues. */
public interface QueueView {

    /**
     * The fullest queues. One look at each there is: ask no more often than somebody looks.
     *
     * @param most as many, at most
     * @return the fullest first; none that is empty
     */
    List<QueueRow> deepest(int most);

    /**
     * A queue.
     *
     * @param name without a scheme
     * @param messages that it holds
     * @param consumers subscriptions to it
     * @param oldest when the message came that has been here longest, where that is known
     */
    record QueueRow(String name, long messages, long consumers, Optional<Instant> oldest) {}
}
