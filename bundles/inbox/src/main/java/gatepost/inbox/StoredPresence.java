package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventReport;
import gatepost.contracts.events.PresenceRecords;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredNotes;
import gatepost.inbox.InboxService.Whose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.command.ActiveMQQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who is on line, and who was when, as notes of the running broker's store with their inboxes: of several kinds, the first one's. */
@Component(service = PresenceRecords.class)
public final class StoredPresence implements PresenceRecords {

    private final InboxService inboxes;
    private final InboxPlugin plugin;

    @Activate
    public StoredPresence(@Reference InboxService inboxes, @Reference InboxPlugin plugin) {
        this.inboxes = inboxes;
        this.plugin = plugin;
    }

    @Override
    public Map<String, Long> online() throws IOException {
        Map<String, Long> online = new HashMap<>();
        plugin.notes()
                .forEach(
                        StoredNotes.ONLINE_SINCE,
                        (queue, since) -> inboxes.whose(queue.getPhysicalName())
                                .map(Whose::user)
                                .ifPresent(user -> online.put(user, number(since))));
        return online;
    }

    @Override
    public Durability online(String user, long since, EventReport report) throws IOException {
        return note(inbox(user), report, new Note(StoredNotes.ONLINE_SINCE, bytes(since)));
    }

    @Override
    public void offline(String user, long seen, EventReport report) throws IOException {
        ActiveMQQueue inbox = inbox(user);
        StoredNotes notes = plugin.notes();
        if (notes.note(inbox, StoredNotes.ONLINE_SINCE).isPresent()) {
            note(inbox, report, new Note(StoredNotes.SEEN_AT, bytes(seen)), new Note(StoredNotes.ONLINE_SINCE, null));
        } else {
            report.dropped();
        }
    }

    private Durability note(ActiveMQQueue inbox, EventReport report, Note... notes) throws IOException {
        List<Note> all = new ArrayList<>(List.of(notes));
        all.addAll(report.notes());
        Durability stored = plugin.notes().note(inbox, all);
        report.written(inbox.getPhysicalName(), stored);
        return stored;
    }

    @Override
    public OptionalLong lastSeen(String user) throws IOException {
        Optional<byte[]> seen = plugin.notes().note(inbox(user), StoredNotes.SEEN_AT);
        return seen.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(seen.get()));
    }

    private ActiveMQQueue inbox(String user) throws IOException {
        return inboxes.ownInbox(user).orElseThrow(() -> new IOException(user + " can have no inbox"));
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }
}
