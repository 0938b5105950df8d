package gatepost.events;

import gatepost.contracts.Durability;
import gatepost.contracts.events.EventRecords;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** A journal in memory. What is written while the disk is stuck is seen at once, and gone with a crash. */
public final class FakeRecords implements EventRecords {

    private record Unwritten(Durability durability, Runnable change) {}

    /** Of {@code USER NUL NAME}. */
    private Map<String, byte[]> notes = new LinkedHashMap<>();

    private Map<String, byte[]> notesOnDisk = new LinkedHashMap<>();
    private Map<String, byte[]> ledger = new HashMap<>();
    private Map<String, byte[]> ledgerOnDisk = new HashMap<>();
    private final TreeMap<Long, WaitingMessage> waiting = new TreeMap<>();
    private final List<Unwritten> unwritten = new ArrayList<>();
    private long head;

    public boolean away;
    /** Whether nothing gets to the disk for now. */
    public boolean stuck;
    /** After how many more records the power fails: what follows is not on the disk. */
    public int until = Integer.MAX_VALUE;

    LongSupplier clock = () -> 0;

    FakeRecords afterCrash() {
        FakeRecords next = new FakeRecords();
        next.notes = new LinkedHashMap<>(notesOnDisk);
        next.notesOnDisk = new LinkedHashMap<>(notesOnDisk);
        next.ledger = new HashMap<>(ledgerOnDisk);
        next.ledgerOnDisk = new HashMap<>(ledgerOnDisk);
        next.waiting.putAll(waiting);
        next.head = head;
        return next;
    }

    /** A message comes. @return its offset */
    public long message(String user) {
        head++;
        waiting.put(
                head,
                new WaitingMessage(
                        "user." + user,
                        user,
                        "e",
                        head,
                        Optional.empty(),
                        OptionalLong.of(clock.getAsLong()),
                        Optional.empty()));
        return head;
    }

    public void done(long offset) {
        waiting.remove(offset);
    }

    public void erase(String user) {
        notes.keySet().removeIf(key -> key.startsWith(user + "\0"));
        notesOnDisk.keySet().removeIf(key -> key.startsWith(user + "\0"));
        waiting.values().removeIf(message -> message.user().equals(user));
    }

    public void unstick() {
        stuck = false;
        List<Unwritten> all = List.copyOf(unwritten);
        unwritten.clear();
        all.forEach(one -> {
            one.change().run();
            one.durability().safe();
        });
    }

    public List<String> names() {
        return notes.keySet().stream()
                .map(key -> key.substring(key.indexOf(0) + 1))
                .toList();
    }

    Durability write(String user, List<Note> all) {
        return write(notes, notesOnDisk, all, user + "\0");
    }

    private Durability write(Map<String, byte[]> seen, Map<String, byte[]> disk, List<Note> all, String prefix) {
        put(seen, all, prefix);
        Durability durability = new Durability();
        Runnable change = () -> put(disk, all, prefix);
        if (stuck) {
            unwritten.add(new Unwritten(durability, change));
        } else if (until-- > 0) {
            change.run();
            durability.safe();
        }
        return durability;
    }

    private static void put(Map<String, byte[]> map, List<Note> all, String prefix) {
        for (Note note : all) {
            if (note.value() == null) {
                map.remove(prefix + note.name());
            } else {
                map.put(prefix + note.name(), note.value());
            }
        }
    }

    private void there() throws IOException {
        if (away) {
            throw new IOException("the broker is not there");
        }
    }

    @Override
    public void forEach(Reader reader) throws IOException {
        there();
        List.copyOf(notes.entrySet()).forEach(entry -> {
            String user = entry.getKey().substring(0, entry.getKey().indexOf(0));
            reader.read("user." + user, user, entry.getKey().substring(user.length() + 1), entry.getValue());
        });
    }

    @Override
    public Optional<byte[]> read(String queue, String name) throws IOException {
        there();
        return Optional.ofNullable(notes.get(queue.substring(5) + "\0" + name));
    }

    @Override
    public Durability note(String user, List<Note> all) throws IOException {
        there();
        return write(user, all);
    }

    @Override
    public Optional<String> queue(String user) {
        return user.startsWith("gatepost.") ? Optional.empty() : Optional.of("user." + user);
    }

    @Override
    public Durability forget(String queue, String name) throws IOException {
        there();
        return write(queue.substring(5), List.of(new Note(name, null)));
    }

    @Override
    public long head() throws IOException {
        there();
        return head;
    }

    @Override
    public void forEachWaiting(long above, long upTo, MessageReader reader) throws IOException {
        there();
        for (WaitingMessage message :
                List.copyOf(waiting.subMap(above, false, upTo, true).values())) {
            reader.read(message);
        }
    }

    @Override
    public boolean isWaiting(WaitingMessage message) throws IOException {
        there();
        WaitingMessage one = waiting.get(message.offset());
        return one != null && one.epoch().equals(message.epoch()) && one.queue().equals(message.queue());
    }

    @Override
    public Optional<Durability> note(WaitingMessage message, List<Note> all) throws IOException {
        return isWaiting(message) ? Optional.of(write(message.user(), all)) : Optional.empty();
    }

    @Override
    public Map<String, byte[]> ledger() throws IOException {
        there();
        return new HashMap<>(ledger);
    }

    @Override
    public Durability record(Note note) throws IOException {
        there();
        return write(ledger, ledgerOnDisk, List.of(note), "");
    }
}
