package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.IdentityRefused;
import gatepost.contracts.Reach;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The ids under which messages were sent to one audience lately, and what became of them. They are remembered for a while from the SEND
 * on: an audience does not know when its message is done. Any thread; of two that send under an id at once the second waits for the first.
 */
final class SentIds {

    /** So many are remembered. */
    static final int REMEMBERED = 1_000;

    private static final String NOTE = "id:";
    private static final int HEAD = Long.BYTES + 2 * Integer.BYTES;

    /** Sends a message to who gets it. */
    @FunctionalInterface
    interface Sending {

        /** @param along says what is to be remembered with it, in the same record */
        Durability send(Function<Reach, List<Note>> along) throws Exception;
    }

    /**
     * @param at milliseconds since 1970
     * @param stored what its sender was told
     */
    private record Sent(long at, byte[] body, Durability stored) {}

    private final MessageLog log;
    private final LongSupplier window;
    private final Executor tasks;
    private final LongAdder duplicates;
    private final ReentrantLock lock = new ReentrantLock();
    /** By the names of their notes, the oldest first. */
    private final Map<String, Sent> sent = new LinkedHashMap<>();

    /**
     * @param window milliseconds for which an id is remembered
     * @param tasks for what has to wait for this object's lock
     * @param duplicates counts messages that were sent before
     * @param notes all that is remembered of the audience
     */
    SentIds(MessageLog log, LongSupplier window, Executor tasks, LongAdder duplicates, Map<String, byte[]> notes) {
        this.log = log;
        this.window = window;
        this.tasks = tasks;
        this.duplicates = duplicates;
        notes.entrySet().stream()
                .filter(note -> note.getKey().startsWith(NOTE))
                .map(note -> Map.entry(note.getKey(), recovered(note.getValue())))
                .sorted(Comparator.comparingLong(one -> one.getValue().at()))
                .forEach(one -> sent.put(one.getKey(), one.getValue()));
    }

    private static Sent recovered(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        long at = bytes.getLong();
        Durability safe = Durability.alreadySafe();
        safe.reach(new Reach(bytes.getInt(), bytes.getInt()));
        byte[] body = new byte[bytes.remaining()];
        bytes.get(body);
        return new Sent(at, body, safe);
    }

    private static Note note(String name, long at, byte[] body, Reach reach) {
        return new Note(
                name,
                ByteBuffer.allocate(HEAD + body.length)
                        .putLong(at)
                        .putInt(reach.count())
                        .putInt(reach.skipped())
                        .put(body)
                        .array());
    }

    /**
     * Sends a message, unless one came under its id before. What reached nobody, for there was nobody, is not remembered.
     *
     * @param names with an id
     * @return what its sender is told; of one that came before, what was told then
     * @throws IdentityRefused when another body came under the id
     */
    Durability send(Names names, long now, Sending sending) throws Exception {
        String name = NOTE + names.id().orElseThrow().key();
        lock.lock();
        try {
            forgetOld(now);
            Sent earlier = sent.get(name);
            if (earlier != null) {
                names.requireSame(earlier.body);
                duplicates.increment();
                return earlier.stored;
            }
            Durability stored = sending.send(reach -> List.of(note(name, now, names.body(), reach)));
            if (stored.reach()
                    .filter(reach -> reach.count() + reach.skipped() > 0)
                    .isPresent()) {
                remember(name, new Sent(now, names.body(), stored));
            }
            return stored;
        } finally {
            lock.unlock();
        }
    }

    private void remember(String name, Sent message) {
        sent.put(name, message);
        while (sent.size() > REMEMBERED) {
            forget(sent.keySet().iterator().next());
        }
        // on the store's own thread, which must not wait for our lock while one who has it waits for the store
        message.stored.whenSettled(() -> {
            if (!message.stored.isSafe()) {
                tasks.execute(() -> failed(name, message));
            }
        });
    }

    /** What could not be stored was not sent. */
    private void failed(String name, Sent message) {
        lock.lock();
        try {
            sent.remove(name, message);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is old, unless a message is being sent just now. */
    void lookThrough(long now) {
        // who looks through all queues must not wait for a message to many
        if (lock.tryLock()) {
            try {
                forgetOld(now);
            } finally {
                lock.unlock();
            }
        }
    }

    private void forgetOld(long now) {
        long oldest = now - window.getAsLong();
        List<String> old = new ArrayList<>();
        for (Iterator<Map.Entry<String, Sent>> all = sent.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Sent> next = all.next();
            if (next.getValue().at > oldest) {
                break;
            }
            old.add(next.getKey());
        }
        old.forEach(this::forget);
    }

    private void forget(String name) {
        sent.remove(name);
        log.note(new Note(name, null), false);
    }

    /** Nothing is remembered any more, nor on the disk when this returns. */
    void forgetAll() throws IOException {
        List<Durability> forgotten = new ArrayList<>();
        lock.lock();
        try {
            sent.keySet().forEach(name -> forgotten.add(log.note(new Note(name, null), true)));
            sent.clear();
        } finally {
            lock.unlock();
        }
        for (Durability one : forgotten) {
            one.await();
        }
    }
}
