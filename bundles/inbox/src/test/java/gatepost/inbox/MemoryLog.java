package gatepost.inbox;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Mark;
import gatepost.contracts.inbox.Marked;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;

/** A log without a disk, for one thread: everything in it is safe at once. */
final class MemoryLog implements MessageLog {

    private static final class Entry {

        private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
        private boolean done;
    }

    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final Map<String, byte[]> notes = new HashMap<>();
    private long last;
    private long lost;
    private int epoch = 1;

    /** @return its offset */
    long put() {
        entries.put(++last, new Entry());
        return last;
    }

    void done(long offset) {
        entries.get(offset).done = true;
    }

    @Override
    public String epoch() {
        return "e-" + epoch;
    }

    @Override
    public long head() {
        return last;
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public long yielded() {
        return 0;
    }

    @Override
    public Durability add(ConnectionContext context, Message message, boolean delayed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Durability add(ConnectionContext context, Message message, boolean delayed, LongFunction<Along> along) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, byte[]> notes() {
        return Map.copyOf(notes);
    }

    @Override
    public Optional<byte[]> note(String name) {
        return Optional.ofNullable(notes.get(name));
    }

    @Override
    public Durability note(Note note, boolean urgent) {
        if (note.value() == null) {
            notes.remove(note.name());
        } else {
            notes.put(note.name(), note.value());
        }
        return safe();
    }

    private static Durability safe() {
        Durability safe = new Durability();
        safe.safe();
        return safe;
    }

    @Override
    public void number(LongConsumer taker) {
        taker.accept(++last);
    }

    @Override
    public long waitingAfter(long offset) {
        return entries.tailMap(offset, false).entrySet().stream()
                .filter(entry -> !entry.getValue().done)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public long after(long offset) {
        Long next = entries.higherKey(offset);
        return next == null ? Long.MAX_VALUE : next;
    }

    @Override
    public boolean isPendingAfter(long offset) {
        return false;
    }

    @Override
    public Message inMemory(long offset) {
        return null;
    }

    @Override
    public Optional<Message> read(long offset) {
        return Optional.empty();
    }

    @Override
    public boolean isWaiting(long offset) {
        return entries.containsKey(offset) && !entries.get(offset).done;
    }

    @Override
    public boolean isDone(long offset) {
        return entries.containsKey(offset) && entries.get(offset).done;
    }

    @Override
    public Optional<Durability> done(long offset, boolean refused, boolean keep, boolean urgent, List<Note> along) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void done(TransactionId transaction, long offset, boolean refused, boolean keep, List<Note> along) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Durability> remove(long offset, boolean trimmed, boolean urgent, List<Note> along) {
        lost = trimmed ? Math.max(lost, offset) : lost;
        return entries.remove(offset) == null ? Optional.empty() : Optional.of(safe());
    }

    @Override
    public Optional<Durability> noteWaiting(long offset, List<Note> noted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Marked> mark(long offset, Mark mark, boolean on, boolean urgent) {
        Entry entry = entries.get(offset);
        boolean changed = entry != null && (on ? entry.marks.add(mark) : entry.marks.remove(mark));
        return changed ? Optional.of(new Marked(List.of(offset), safe())) : Optional.empty();
    }

    @Override
    public Optional<Marked> markUpTo(long offset, Mark mark, boolean on, boolean urgent) {
        List<Long> changed = new ArrayList<>();
        for (long each : entries.headMap(offset, true).keySet()) {
            mark(each, mark, on, urgent).ifPresent(marked -> changed.addAll(marked.offsets()));
        }
        return changed.isEmpty() ? Optional.empty() : Optional.of(new Marked(changed, safe()));
    }

    @Override
    public Set<Mark> marks(long offset) {
        return entries.containsKey(offset) ? entries.get(offset).marks : Set.of();
    }

    @Override
    public int unread() {
        return (int)
                entries.values().stream().filter(entry -> entry.marks.isEmpty()).count();
    }

    @Override
    public int above(long offset) {
        return entries.tailMap(offset, false).size();
    }

    @Override
    public int waiting() {
        return (int) entries.values().stream().filter(entry -> !entry.done).count();
    }

    @Override
    public int history() {
        return entries.size() - waiting();
    }

    @Override
    public long historyBytes() {
        return 0;
    }

    @Override
    public long oldestDone() {
        return entries.keySet().stream().filter(this::isDone).findFirst().orElse(Long.MAX_VALUE);
    }

    @Override
    public void purge(List<Note> kept) {
        entries.clear();
        notes.clear();
        kept.forEach(note -> note(note, false));
        epoch++;
    }
}
