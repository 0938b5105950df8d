package gatepost.broker.queue;

import gatepost.contracts.inbox.LoadedInbox;
import gatepost.store.JournalStore;
import gatepost.store.queue.QueueStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.broker.region.Queue;
import org.apache.activemq.broker.region.RegionBroker;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;

/**
 * A queue, whether the broker has it in memory or it is in the store only. Looking at it never loads it, and never touches
 * the order in which its readers get their messages.
 *
 * @param loaded the broker's own, or {@code null}
 * @param stored what is kept of it, or {@code null} where nothing is kept on a disk
 */
public record KnownQueue(String name, Destination loaded, QueueStore stored) {

    /** @return all queues of a running broker, in no particular order */
    public static List<KnownQueue> all(BrokerService broker) {
        Map<ActiveMQDestination, Destination> loaded = new HashMap<>(
                ((RegionBroker) broker.getRegionBroker()).getQueueRegion().getDestinationMap());
        List<KnownQueue> queues = new ArrayList<>();
        if (store(broker) instanceof JournalStore journal) {
            for (QueueStore store : journal.stores()) {
                queues.add(new KnownQueue(
                        store.getDestination().getPhysicalName(), loaded.remove(store.getDestination()), store));
            }
        }
        loaded.forEach((name, queue) -> queues.add(new KnownQueue(name.getPhysicalName(), queue, null)));
        return queues;
    }

    /** @return the queue of that name, where there is one; does not look at others */
    public static Optional<KnownQueue> named(BrokerService broker, ActiveMQQueue name) {
        Destination loaded = ((RegionBroker) broker.getRegionBroker())
                .getQueueRegion()
                .getDestinationMap()
                .get(name);
        QueueStore stored = store(broker) instanceof JournalStore journal
                ? journal.store(name).orElse(null)
                : null;
        return loaded == null && stored == null
                ? Optional.empty()
                : Optional.of(new KnownQueue(name.getPhysicalName(), loaded, stored));
    }

    /** @return bytes of messages that are kept in it */
    public long bytes() {
        return stored == null
                ? loaded.getMemoryUsage().getUsage()
                : stored.kept().bytes();
    }

    /** @return messages in it, those on their way to a reader included */
    public long messages() {
        if (loaded == null) {
            return stored.getMessageCount();
        }
        return loaded instanceof LoadedInbox inbox
                ? inbox.waiting()
                : loaded.getDestinationStatistics().getMessages().getCount();
    }

    /** @return subscriptions to it */
    public long consumers() {
        if (loaded == null) {
            return 0;
        }
        return loaded instanceof LoadedInbox inbox
                ? inbox.getConsumers().size()
                : loaded.getDestinationStatistics().getConsumers().getCount();
    }

    private long inFlight() {
        if (loaded == null) {
            return 0;
        }
        return loaded instanceof LoadedInbox inbox
                ? inbox.inFlight()
                : loaded.getDestinationStatistics().getInflight().getCount();
    }

    QueueState state() {
        long messages = messages();
        return new QueueState(
                name, messages, bytes(), inFlight(), consumers(), messages == 0 ? Optional.empty() : oldest());
    }

    /** @return the messages that would be read next; of those that only memory holds none while somebody reads */
    List<Message> peek(int limit) {
        boolean whollyStored = stored != null && stored.getMessageCount() == messages();
        if (stored != null && (whollyStored || consumers() > 0)) {
            try {
                return stored.first(limit);
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be read from the store", e);
            }
        }
        // browsing loads hundreds of messages; a queue can be asked for a few
        if (loaded instanceof Queue queue) {
            List<Message> messages = new ArrayList<>();
            queue.doBrowse(messages, limit);
            return messages.subList(0, Math.min(limit, messages.size()));
        }
        return Stream.of(loaded.browse()).limit(limit).toList();
    }

    /**
     * Looks at the first messages that wait, one after another, so that no more than one of an inbox's is in memory for it: a user may
     * ask for that as often as they like. What an inbox has in memory only is passed over.
     *
     * @param bytes end with the one with which so many were read
     */
    void look(int limit, long bytes, Consumer<Message> looker) {
        if (stored == null || !isInbox()) {
            peek(limit).forEach(looker);
            return;
        }
        try {
            stored.first(limit, bytes, looker);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the store", e);
        }
    }

    /** @return whether every reader gets every message; of one that the broker does not have, as far as the store says */
    boolean isInbox() {
        return loaded == null ? stored.epoch().isPresent() : loaded instanceof LoadedInbox;
    }

    private Optional<Instant> oldest() {
        return peek(1).stream().findFirst().map(message -> Instant.ofEpochMilli(message.getBrokerInTime()));
    }

    private static Object store(BrokerService broker) {
        try {
            return broker.getPersistenceAdapter();
        } catch (IOException e) {
            throw new UncheckedIOException("the store is not there", e);
        }
    }
}
