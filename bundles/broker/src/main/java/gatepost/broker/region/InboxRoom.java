package gatepost.broker.region;

import gatepost.broker.quota.InboxQuota;
import gatepost.broker.trace.SpreadTrace;
import gatepost.broker.trace.TraceFilter;
import gatepost.contracts.Durability;
import gatepost.contracts.Reach;
import gatepost.contracts.inbox.LoadedInbox;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.Room;
import gatepost.contracts.inbox.TakenAway;
import gatepost.store.queue.QueueStore;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.DestinationStatistics;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ConsumerId;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.thread.TaskRunnerFactory;

/**
 * The place of one inbox among the queues of a broker with a journal.
 *
 * @param unloadAfter milliseconds without a reader after which it may be unloaded, 0 for never
 */
record InboxRoom(
        BrokerService service,
        ActiveMQQueue name,
        QueueStore store,
        DestinationStatistics statistics,
        TaskRunnerFactory tasks,
        LoadingRegionBroker region,
        long unloadAfter,
        InboxQuota quota)
        implements Room {

    @Override
    public MessageLog log() {
        return store.log();
    }

    @Override
    public boolean mayHoldExpired(long now) {
        return store.mayHoldExpired(now);
    }

    @Override
    public void detach() {
        store.detach();
    }

    @Override
    public void admit(ConnectionContext context, Message message, Next next) throws Exception {
        quota.send(context, message, next::send);
    }

    @Override
    public Durability spread(Message message, Collection<ActiveMQQueue> inboxes, Function<Reach, List<Note>> along)
            throws IOException {
        Optional<TraceFilter> filter = trace();
        Optional<SpreadTrace> trace =
                filter.isPresent() ? Optional.of(filter.get().spreading(name, message)) : Optional.empty();
        Durability stored = store.spreading()
                .spread(message, inboxes, region.inboxes().limits(), along, new Spread(region.queues(), quota, trace));
        trace.ifPresent(told -> stored.whenSettled(() -> {
            if (stored.isSafe()) {
                told.isStored();
            }
        }));
        return stored;
    }

    private Optional<TraceFilter> trace() {
        return TraceFilter.in(region.getRoot());
    }

    @Override
    public boolean isTraced() {
        return trace().filter(filter -> filter.covers(name)).isPresent();
    }

    @Override
    public void takenAway(MessageId message, TakenAway how, Optional<ConsumerId> reader) {
        trace().ifPresent(filter -> filter.takenAway(name, message, how, reader));
    }

    @Override
    public void queues(Consumer<ActiveMQQueue> reader) {
        // whatever the broker has a queue for has its store, and so a place there
        store.queues(reader);
    }

    @Override
    public void held(Message message) {
        quota.held(message);
    }

    @Override
    public boolean isOverfull() {
        return quota.isOverfull();
    }

    @Override
    public void dropped(Message message) {
        quota.dropped();
        region.getRoot().messageDiscarded(region.ownContext(), null, message);
    }

    @Override
    public void released(Message message) {
        quota.released(message);
    }

    @Override
    public void resend(ProducerBrokerExchange exchange, Message message) throws Exception {
        region.resend(exchange, message);
    }

    @Override
    public boolean mayUnload(long idleSince) {
        return unloadAfter > 0 && (System.currentTimeMillis() - idleSince >= unloadAfter || region.hasTooManyIdle());
    }

    @Override
    public void unloading(LoadedInbox inbox) {
        region.unloading(inbox);
    }

    @Override
    public boolean forget(LoadedInbox inbox) throws Exception {
        return region.forget(inbox);
    }

    @Override
    public long expiryCheck() {
        return service.getDestinationPolicy().getEntryFor(name).getExpireMessagesPeriod();
    }
}
