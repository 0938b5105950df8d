package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Note;
import gatepost.contracts.inbox.StoredLedger;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.activemq.command.ActiveMQQueue;

/**
 * Notes that belong to no queue. In the journal a ledger is a log in which there is no message, under a name that is kept from queues; in
 * memory it is apart from them, so that nobody lists, loads, empties or forgets it. Any thread.
 */
final class Ledgers implements StoredLedger {

    private static final Set<String> NAMES = Set.of(REVOCATIONS, EVENTS);

    private final QueueStores stores;
    private final Map<String, StoredMessages> byName = new ConcurrentHashMap<>();
    private volatile boolean read;

    Ledgers(QueueStores stores) {
        this.stores = stores;
    }

    /** @return whether no queue can be called so */
    static boolean isReserved(String name) {
        return NAMES.contains(name);
    }

    /** One was found in the journal. */
    void found(String name, StoredMessages messages) {
        byName.put(name, messages);
    }

    /** All that is in the journal was found. */
    void read() {
        read = true;
    }

    @Override
    public Map<String, byte[]> ledger(String ledger) throws IOException {
        StoredMessages messages = existing(ledger, byName::get);
        if (messages == null) {
            return Map.of();
        }
        synchronized (messages) {
            return messages.notes().all();
        }
    }

    @Override
    public Durability record(String ledger, Note note, boolean urgent) throws IOException {
        StoredMessages messages = existing(ledger, name -> byName.computeIfAbsent(name, this::make));
        synchronized (messages) {
            return messages.notes().note(note, urgent);
        }
    }

    private StoredMessages existing(String ledger, Function<String, StoredMessages> messages) throws IOException {
        if (!isReserved(ledger)) {
            throw new IllegalArgumentException("there is no ledger " + ledger + ": expected one of " + NAMES);
        }
        if (!read) {
            throw new IOException("the journal is not read yet");
        }
        return messages.apply(ledger);
    }

    private StoredMessages make(String name) {
        StoredMessages messages = stores.make(new ActiveMQQueue(name));
        messages.definition().becomeLog(stores.commits());
        return messages;
    }
}
