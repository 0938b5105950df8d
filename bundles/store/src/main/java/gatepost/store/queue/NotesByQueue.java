package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.activemq.command.ActiveMQQueue;

/** Notes of inboxes, whether the broker has them or not. Any thread. */
final class NotesByQueue implements StoredNotes {

    private final QueueStores stores;

    NotesByQueue(QueueStores stores) {
        this.stores = stores;
    }

    @Override
    public Optional<byte[]> note(ActiveMQQueue inbox, String name) {
        StoredMessages messages = stores.messages(inbox.getPhysicalName());
        if (messages == null) {
            return Optional.empty();
        }
        synchronized (messages) {
            return Optional.ofNullable(messages.notes().sure(name));
        }
    }

    @Override
    public Durability note(ActiveMQQueue inbox, Note note, boolean urgent) {
        return with(inbox, messages -> messages.notes().note(note, urgent));
    }

    @Override
    public Durability note(ActiveMQQueue inbox, List<Note> notes) {
        return with(inbox, messages -> {
            Alongside noted = Alongside.of(messages, notes);
            stores.commits().submit(noted);
            return noted;
        });
    }

    /** @param noting is done under the lock of an inbox, which is made where there is none */
    private Durability with(ActiveMQQueue inbox, Function<StoredMessages, Durability> noting) {
        List<Durability> stored = new ArrayList<>(1);
        stores.with(inbox, messages -> {
            messages.definition().becomeLog(stores.commits());
            synchronized (messages) {
                stored.add(noting.apply(messages));
            }
        });
        return stored.get(0);
    }

    @Override
    public void forAll(String prefix, BiConsumer<ActiveMQQueue, Map<String, byte[]>> reader) {
        for (StoredMessages messages : stores.messages()) {
            Map<String, byte[]> found;
            synchronized (messages) {
                found = messages.hasNotes() ? messages.notes().allSure(prefix) : Map.of();
            }
            if (!found.isEmpty()) {
                reader.accept(messages.queue(), found);
            }
        }
    }

    @Override
    public void forEach(String name, BiConsumer<ActiveMQQueue, byte[]> reader) {
        for (StoredMessages messages : stores.messages()) {
            byte[] value;
            synchronized (messages) {
                value = messages.hasNotes() ? messages.notes().sure(name) : null;
            }
            if (value != null) {
                reader.accept(messages.queue(), value);
            }
        }
    }
}
