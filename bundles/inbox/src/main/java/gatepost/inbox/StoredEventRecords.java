package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxHeaders;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.inbox.InboxLogs;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredLedger;
import gatepost.inbox.InboxService.Whose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as notes of the running broker's store with the inboxes of those whom they are about. */
@Component(service = EventRecords.class)
public final class StoredEventRecords implements EventRecords {

    private static final Logger LOG = LoggerFactory.getLogger(StoredEventRecords.class);

    private record Place(ActiveMQQueue queue, long offset) {}

    private final InboxService inboxes;
    private final InboxPlugin plugin;

    @Activate
    public StoredEventRecords(@Reference InboxService inboxes, @Reference InboxPlugin plugin) {
        this.inboxes = inboxes;
        this.plugin = plugin;
    }

    @Override
    public void forEach(Reader reader) throws IOException {
        plugin.notes().forAll(PREFIX, (queue, notes) -> {
            String name = queue.getPhysicalName();
            inboxes.whose(name)
                    .map(Whose::user)
                    .ifPresent(user -> notes.forEach((note, value) -> reader.read(name, user, note, value)));
        });
    }

    @Override
    public Optional<byte[]> read(String queue, String name) throws IOException {
        return plugin.notes().note(new ActiveMQQueue(queue), name);
    }

    @Override
    public Durability note(String user, List<Note> notes) throws IOException {
        String queue = queue(user).orElseThrow(() -> new IOException(user + " can have no inbox"));
        return plugin.notes().note(new ActiveMQQueue(queue), notes);
    }

    @Override
    public Optional<String> queue(String user) {
        return inboxes.ownInbox(user).map(ActiveMQQueue::getPhysicalName);
    }

    @Override
    public Durability forget(String queue, String name) throws IOException {
        ActiveMQQueue inbox = new ActiveMQQueue(queue);
        if (plugin.notes().note(inbox, name).isEmpty()) {
            // else an inbox that is forgotten would come back for it
            return Durability.alreadySafe();
        }
        return plugin.notes().note(inbox, new Note(name, null), false);
    }

    @Override
    public long head() throws IOException {
        return logs().head();
    }

    @Override
    public void forEachWaiting(long above, long upTo, MessageReader reader) throws IOException {
        InboxLogs logs = logs();
        // messages are read afterwards: each look at an inbox holds its lock
        List<Place> places = new ArrayList<>();
        logs.waiting(above, upTo, (queue, offset) -> places.add(new Place(queue, offset)));
        for (Place place : places) {
            Optional<String> user =
                    inboxes.whose(place.queue().getPhysicalName()).map(Whose::user);
            Optional<MessageLog> log = logs.log(place.queue());
            if (user.isPresent() && log.isPresent()) {
                Optional<WaitingMessage> message = message(place, user.get(), log.get());
                if (message.isPresent()) {
                    reader.read(message.get());
                }
            }
        }
    }

    private static Optional<WaitingMessage> message(Place place, String user, MessageLog log) {
        String queue = place.queue().getPhysicalName();
        try {
            Message unwritten = log.inMemory(place.offset());
            Optional<Message> message = unwritten == null ? log.read(place.offset()) : Optional.of(unwritten);
            if (message.isEmpty() || message.get().isExpired()) {
                return Optional.empty();
            }
            return Optional.of(new WaitingMessage(
                    queue,
                    user,
                    log.epoch(),
                    place.offset(),
                    Optional.ofNullable(Names.text(message.get(), InboxHeaders.ID)),
                    OptionalLong.of(message.get().getBrokerInTime()),
                    Names.trace(message.get())));
        } catch (IOException e) {
            LOG.warn(
                    "message {} of {} cannot be read: it is told of without what its sender said",
                    place.offset(),
                    queue,
                    e);
            return Optional.of(new WaitingMessage(
                    queue,
                    user,
                    log.epoch(),
                    place.offset(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty()));
        }
    }

    @Override
    public boolean isWaiting(WaitingMessage message) throws IOException {
        return log(message).filter(log -> log.isWaiting(message.offset())).isPresent();
    }

    @Override
    public Optional<Durability> note(WaitingMessage message, List<Note> notes) throws IOException {
        return log(message).flatMap(log -> log.noteWaiting(message.offset(), notes));
    }

    /** @return nothing once the inbox was purged or forgotten */
    private Optional<MessageLog> log(WaitingMessage message) throws IOException {
        return logs().log(new ActiveMQQueue(message.queue()))
                .filter(log -> log.epoch().equals(message.epoch()));
    }

    @Override
    public Map<String, byte[]> ledger() throws IOException {
        return store().ledger(StoredLedger.EVENTS);
    }

    @Override
    public Durability record(Note note) throws IOException {
        return store().record(StoredLedger.EVENTS, note, true);
    }

    private InboxLogs logs() throws IOException {
        return plugin.store(InboxLogs.class);
    }

    private StoredLedger store() throws IOException {
        return plugin.store(StoredLedger.class);
    }
}
