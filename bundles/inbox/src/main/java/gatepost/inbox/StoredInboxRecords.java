package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxRecords;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredNotes;
import gatepost.inbox.InboxService.Whose;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.activemq.command.ActiveMQQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the running broker's store remembers of inboxes, those that are loaded and those that are not. */
@Component(service = InboxRecords.class)
public final class StoredInboxRecords implements InboxRecords {

    private final InboxService inboxes;
    private final InboxPlugin plugin;

    @Activate
    public StoredInboxRecords(@Reference InboxService inboxes, @Reference InboxPlugin plugin) {
        this.inboxes = inboxes;
        this.plugin = plugin;
    }

    @Override
    public Optional<String> owner(String queue) {
        return inboxes.isInbox(queue) ? inboxes.whose(queue).map(Whose::user) : Optional.empty();
    }

    @Override
    public boolean wasSent(String queue, String name) throws IOException {
        return store().note(inbox(queue), Identities.once(name).name()).isPresent();
    }

    @Override
    public Durability noteSent(String queue, String name) throws IOException {
        ActiveMQQueue inbox = inbox(queue);
        Note sent = Identities.once(name);
        StoredNotes store = store();
        // the offset of a message that was sent is of use to whoever sends it again
        Optional<byte[]> before = store.note(inbox, sent.name());
        return store.note(inbox, new Note(sent.name(), before.orElse(sent.value())), true);
    }

    @Override
    public OptionalLong lastSeen(String queue) throws IOException {
        Optional<byte[]> seen = store().note(inbox(queue), StoredNotes.SEEN_AT);
        return seen.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(seen.get()).getLong());
    }

    @Override
    public Durability noteSeen(String queue, long time) throws IOException {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(time).array();
        return store().note(inbox(queue), new Note(StoredNotes.SEEN_AT, value), false);
    }

    private ActiveMQQueue inbox(String queue) {
        if (owner(queue).isEmpty()) {
            throw new IllegalArgumentException("queue://" + queue + " is no inbox: expected one that a pattern of PID "
                    + InboxService.PID + " stands for");
        }
        return new ActiveMQQueue(queue);
    }

    private StoredNotes store() throws IOException {
        return plugin.notes();
    }
}
