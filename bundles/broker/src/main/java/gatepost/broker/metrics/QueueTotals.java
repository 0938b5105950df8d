package gatepost.broker.metrics;

import gatepost.broker.EmbeddedBroker;
import gatepost.broker.queue.KnownQueue;
import java.util.List;

/**
 * What all queues hold together and the fullest one alone: one look at each, however many there are.
 *
 * @param queues that exist
 * @param messages in all of them
 * @param deepest messages in the fullest one
 * @param subscriptions to all of them
 */
public record QueueTotals(long queues, long messages, long deepest, long subscriptions) {

    public static QueueTotals of(EmbeddedBroker broker) {
        long queues = 0;
        long messages = 0;
        long deepest = 0;
        long subscriptions = 0;
        for (KnownQueue queue : broker.running().map(KnownQueue::all).orElse(List.of())) {
            long depth = queue.messages();
            queues++;
            messages += depth;
            deepest = Math.max(deepest, depth);
            subscriptions += queue.consumers();
        }
        return new QueueTotals(queues, messages, deepest, subscriptions);
    }
}
