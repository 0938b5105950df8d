package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.IdentityRefused;
import gatepost.contracts.InboxPosition;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The names under which messages were sent to one inbox: an id, by which the same message is told from another one, the name of what is
 * sent once, and the key of what takes the place of an earlier one. Used under its own lock, which is held for nothing that waits.
 */
final class Identities {

    /** So many ids are remembered of messages that do not wait any more. */
    static final int REMEMBERED = 1_000;
    /** So many names of what is sent once there may be. */
    static final int ONCE_MAX = 1_000;

    private static final String IDS = "id:";
    private static final String ONCE = "once:";
    private static final String KEYS = "collapse:";

    /** A message that came. */
    private static final class Sent {

        private final long offset;
        private final byte[] body;
        /** {@code null} when it is on the disk. */
        private volatile Durability stored;

        /** When its id is forgotten, milliseconds since 1970; not while it waits. */
        private long until = Long.MAX_VALUE;

        Sent(long offset, byte[] body, Durability stored) {
            this.offset = offset;
            this.body = body;
            this.stored = stored;
        }
    }

    private final MessageLog log;
    /** Milliseconds for which the id of what does not wait any more is remembered. */
    private final LongSupplier window;

    private final Executor tasks;

    // most inboxes have none of these: each is made with the first that is put there
    private Map<String, Sent> ids = Collections.emptyMap();
    private Map<Long, List<String>> byOffset = Collections.emptyMap();
    /** Names of ids in the order in which they are forgotten. */
    private final Deque<String> leaving = new ArrayDeque<>(0);

    private Map<String, Sent> once = Collections.emptyMap();
    private Map<String, Long> keys = Collections.emptyMap();

    /**
     * @param tasks for what has to wait for this object's lock
     * @param notes all that is remembered of the inbox
     */
    Identities(MessageLog log, LongSupplier window, Executor tasks, Map<String, byte[]> notes) {
        this.log = log;
        this.window = window;
        this.tasks = tasks;
        notes.forEach(this::recover);
    }

    private void recover(String name, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        if (name.startsWith(IDS)) {
            long offset = bytes.getLong();
            putId(name, new Sent(offset, Arrays.copyOfRange(value, Long.BYTES, value.length), null));
            remember(offset, name);
            if (!log.isWaiting(offset)) {
                leave(name);
            }
        } else if (name.startsWith(ONCE)) {
            putOnce(name, new Sent(bytes.getLong(), null, null));
        } else if (name.startsWith(KEYS)) {
            putKey(name, bytes.getLong());
            remember(bytes.getLong(0), name);
        }
    }

    private void putId(String name, Sent sent) {
        ids = writable(ids);
        ids.put(name, sent);
    }

    private void putOnce(String name, Sent sent) {
        once = writable(once);
        once.put(name, sent);
    }

    private void putKey(String name, long offset) {
        keys = writable(keys);
        keys.put(name, offset);
    }

    private static <K, V> Map<K, V> writable(Map<K, V> map) {
        return map instanceof HashMap ? map : new HashMap<>(2);
    }

    private void remember(long offset, String name) {
        byOffset = writable(byOffset);
        byOffset.computeIfAbsent(offset, any -> new ArrayList<>(1)).add(name);
    }

    /**
     * @return what came under one of these names before, which is the same message: it is not sent again; nothing for a new one
     * @throws IdentityRefused when it came with another body, or there is no room for its name
     */
    Optional<Durability> earlier(Names names) throws IdentityRefused {
        forgetOld(System.currentTimeMillis());
        Sent same = names.id().map(id -> ids.get(IDS + id.key())).orElse(null);
        if (same != null) {
            names.requireSame(same.body);
        }
        if (same == null) {
            same = names.once().map(name -> sentOnce(ONCE + name)).orElse(null);
            if (same == null && names.once().isPresent() && once.size() >= ONCE_MAX) {
                throw new IdentityRefused("gatepost-once:" + names.once().get()
                        + " cannot be remembered: an inbox has at most " + ONCE_MAX + " such names");
            }
        }
        return Optional.ofNullable(same).map(this::answer);
    }

    /** It may have been noted in the store since this was loaded. @return {@code null} for what was not sent */
    private Sent sentOnce(String note) {
        Sent sent = once.get(note);
        if (sent == null && log.note(note).isPresent()) {
            sent = new Sent(0, null, null);
            once.put(note, sent);
        }
        return sent;
    }

    private Durability answer(Sent same) {
        Durability stored = same.stored;
        if (stored != null) {
            return stored;
        }
        Durability safe = Durability.alreadySafe();
        if (same.offset != 0) {
            safe.position(new InboxPosition(log.epoch(), same.offset));
        }
        return safe;
    }

    /** @return the offset of what waits and is replaced by a message with these names, 0 for none */
    long replaced(Names names) {
        long before = names.collapse().map(key -> keys.get(KEYS + key.key())).orElse(0L);
        return before != 0 && log.isWaiting(before) ? before : 0;
    }

    /** @return what the store has to remember with the message */
    List<Note> notes(Names names, long offset) {
        List<Note> notes = new ArrayList<>();
        byte[] place = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
        names.id()
                .ifPresent(id -> notes.add(new Note(
                        IDS + id.key(),
                        ByteBuffer.allocate(Long.BYTES + names.body().length)
                                .putLong(offset)
                                .put(names.body())
                                .array())));
        names.once().ifPresent(name -> notes.add(new Note(ONCE + name, place)));
        names.collapse().ifPresent(key -> notes.add(new Note(KEYS + key.key(), place)));
        return notes;
    }

    /** A message with these names was taken. */
    void sent(Names names, long offset, Durability stored) {
        Sent sent = new Sent(offset, names.body(), stored);
        names.id().ifPresent(id -> {
            putId(IDS + id.key(), sent);
            remember(offset, IDS + id.key());
        });
        names.once().ifPresent(name -> putOnce(ONCE + name, sent));
        names.collapse().ifPresent(key -> {
            putKey(KEYS + key.key(), offset);
            remember(offset, KEYS + key.key());
        });
        // on the store's own thread, which must not wait for our lock while one who has it waits for the store
        stored.whenSettled(() -> {
            if (stored.isSafe()) {
                sent.stored = null;
            } else {
                tasks.execute(() -> failed(names, sent));
            }
        });
    }

    /** What could not be stored was not sent. */
    private synchronized void failed(Names names, Sent sent) {
        names.id().ifPresent(id -> ids.remove(IDS + id.key(), sent));
        names.once().ifPresent(name -> once.remove(ONCE + name, sent));
        names.collapse().ifPresent(key -> keys.remove(KEYS + key.key(), sent.offset));
        byOffset.remove(sent.offset);
    }

    /** A message does not wait any more. */
    synchronized void left(long offset) {
        List<String> names = byOffset.remove(offset);
        if (names == null) {
            return;
        }
        for (String name : names) {
            if (name.startsWith(IDS)) {
                leave(name);
            } else if (keys.remove(name, offset)) {
                log.note(new Note(name, null), false);
            }
        }
    }

    private void leave(String name) {
        Sent sent = ids.get(name);
        if (sent == null) {
            return;
        }
        sent.until = System.currentTimeMillis() + window.getAsLong();
        leaving.add(name);
        while (leaving.size() > REMEMBERED) {
            forget(leaving.poll());
        }
    }

    /** @param now milliseconds since 1970 */
    synchronized void forgetOld(long now) {
        for (String name = leaving.peek(); name != null; name = leaving.peek()) {
            Sent sent = ids.get(name);
            if (sent != null && sent.until > now) {
                return;
            }
            forget(leaving.poll());
        }
    }

    private void forget(String name) {
        if (ids.remove(name) != null) {
            log.note(new Note(name, null), false);
        }
    }

    /**
     * @param ofAnybody whether another sender's messages are looked for, too
     * @return the offsets of what came under that id and is remembered
     */
    synchronized List<Long> find(Names.Key id, boolean ofAnybody) {
        return ids.entrySet().stream()
                .filter(entry -> ofAnybody
                        ? entry.getKey().startsWith(IDS + id.prefix())
                        : entry.getKey().equals(IDS + id.key()))
                .map(entry -> entry.getValue().offset)
                .toList();
    }

    /** The log is going to be emptied. @return what is to be remembered after that: what was sent once is not sent again */
    synchronized List<Note> kept() throws IOException {
        return log.notes().keySet().stream()
                .filter(name -> name.startsWith(ONCE))
                .map(Identities::withoutMessage)
                .toList();
    }

    /** @return what has to be remembered so that what has this name is not sent to the inbox (again) */
    static Note once(String name) {
        return withoutMessage(ONCE + name);
    }

    private static Note withoutMessage(String note) {
        return new Note(note, new byte[Long.BYTES]);
    }

    /** The log was emptied, and what was sent once may be sent again. */
    synchronized void erased() {
        purged();
        once.clear();
    }

    /** The log was emptied. */
    synchronized void purged() {
        ids.clear();
        byOffset.clear();
        leaving.clear();
        keys.clear();
        once.replaceAll((name, sent) -> new Sent(0, null, null));
    }
}
