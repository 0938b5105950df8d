package gatepost.welcome;

import gatepost.contracts.Durability;
import gatepost.contracts.InboxRecords;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is remembered of inboxes here: it survives whoever asks, and is on the disk at once. */
final class TestRecords implements InboxRecords {

    final Set<String> sent = ConcurrentHashMap.newKeySet();
    final Map<String, Long> seen = new ConcurrentHashMap<>();
    /** What inboxes begin with. */
    volatile String prefix = "user.";
    /** Why nothing can be said right now; empty where it can. */
    volatile String trouble = "";

    volatile boolean failing;
    volatile int questions;

    @Override
    public Optional<String> owner(String queue) {
        return queue.startsWith(prefix) ? Optional.of(queue.substring(prefix.length())) : Optional.empty();
    }

    @Override
    public synchronized boolean wasSent(String queue, String name) throws IOException {
        questions++;
        return sent.contains(inbox(queue) + " " + name);
    }

    @Override
    public Durability noteSent(String queue, String name) throws IOException {
        sent.add(inbox(queue) + " " + name);
        return stored();
    }

    @Override
    public OptionalLong lastSeen(String queue) throws IOException {
        Long time = seen.get(inbox(queue));
        return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    }

    @Override
    public Durability noteSeen(String queue, long time) throws IOException {
        seen.put(inbox(queue), time);
        return stored();
    }

    private Durability stored() {
        Durability stored = new Durability();
        if (failing) {
            stored.failed(new IOException("no space"));
        } else {
            stored.safe();
        }
        return stored;
    }

    private String inbox(String queue) throws IOException {
        if (!trouble.isEmpty()) {
            throw new IOException(trouble);
        }
        if (owner(queue).isEmpty()) {
            throw new IllegalArgumentException(queue + " is no inbox");
        }
        return queue;
    }
}
