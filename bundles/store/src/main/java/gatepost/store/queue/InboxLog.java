package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.Mark;
import gatepost.contracts.inbox.Marked;
import gatepost.contracts.inbox.MessageLog;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Operation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.TransactionId;

/** A queue's store as an inbox uses it; the offsets are the journal's own numbers. */
public final class InboxLog implements MessageLog {

    /** What a queue's number makes of the journal's epoch: asked for at each message, and changed by a purge alone. */
    private record Epoch(long number, String text) {}

    private static final long LOWEST = 1;

    private final QueueStore store;
    private final StoredMessages messages;
    private final QueueStores stores;
    private final QueueReader reader;
    private final Marks marks;
    private volatile Epoch epoch;

    InboxLog(QueueStore store, StoredMessages messages, QueueReader reader) {
        this.store = store;
        this.messages = messages;
        this.stores = messages.stores();
        this.reader = reader;
        this.marks = new Marks(messages);
    }

    @Override
    public String epoch() {
        long number = messages.definition().number();
        Epoch known = epoch;
        if (known == null || known.number() != number) {
            known = new Epoch(number, epoch(stores, number));
            epoch = known;
        }
        return known.text();
    }

    /** @return that of a queue of that number */
    static String epoch(QueueStores stores, long number) {
        return Long.toString(stores.sequences().epoch(), Character.MAX_RADIX)
                + "-"
                + Long.toString(number, Character.MAX_RADIX);
    }

    @Override
    public long head() {
        return Math.max(messages.head(), stores.sequences().start());
    }

    @Override
    public long lost() {
        return Math.max(messages.definition().trimmed(), stores.sequences().lost());
    }

    @Override
    public long yielded() {
        return messages.yielded();
    }

    @Override
    public Durability add(ConnectionContext context, Message message, boolean delayed) throws IOException {
        if (message.isInTransaction()) {
            store.addMessage(context, message);
            return null;
        }
        return store.add(context, message, delayed);
    }

    @Override
    public Durability add(ConnectionContext context, Message message, boolean delayed, LongFunction<Along> along)
            throws IOException {
        if (message.isInTransaction()) {
            throw new IllegalStateException("what a transaction sends has nothing that comes along with it");
        }
        return store.add(context, message, delayed, along);
    }

    @Override
    public Map<String, byte[]> notes() {
        synchronized (messages) {
            return messages.notes().all();
        }
    }

    @Override
    public Optional<byte[]> note(String name) {
        synchronized (messages) {
            return Optional.ofNullable(messages.notes().get(name));
        }
    }

    @Override
    public Durability note(Note note, boolean urgent) {
        synchronized (messages) {
            return messages.notes().note(note, urgent);
        }
    }

    @Override
    public Optional<Marked> mark(long offset, Mark mark, boolean on, boolean urgent) {
        return marks.mark(offset, offset, mark, on, urgent);
    }

    @Override
    public Optional<Marked> markUpTo(long offset, Mark mark, boolean on, boolean urgent) {
        return marks.mark(LOWEST, offset, mark, on, urgent);
    }

    @Override
    public Set<Mark> marks(long offset) {
        return marks.of(offset);
    }

    @Override
    public int unread() {
        synchronized (messages) {
            return messages.contents().unmarked();
        }
    }

    @Override
    public int above(long offset) {
        synchronized (messages) {
            return messages.contents().above(offset);
        }
    }

    @Override
    public void number(LongConsumer taker) {
        synchronized (messages) {
            taker.accept(stores.sequences().next());
        }
    }

    @Override
    public long waitingAfter(long offset) {
        synchronized (messages) {
            return visible(messages.contents().next(offset));
        }
    }

    @Override
    public long after(long offset) {
        synchronized (messages) {
            Contents contents = messages.contents();
            return visible(Math.min(contents.next(offset), contents.history().next(offset)));
        }
    }

    private long visible(long offset) {
        return messages.contents().underway().isPending(offset) ? Long.MAX_VALUE : offset;
    }

    boolean isPending(long offset) {
        synchronized (messages) {
            return messages.contents().underway().isPending(offset);
        }
    }

    @Override
    public boolean isPendingAfter(long offset) {
        synchronized (messages) {
            return messages.contents().underway().isPending(messages.contents().next(offset));
        }
    }

    @Override
    public Message inMemory(long offset) {
        return messages.unwrittenMessage(offset);
    }

    @Override
    public Optional<Message> read(long offset) throws IOException {
        return reader.read(offset);
    }

    @Override
    public boolean isWaiting(long offset) {
        synchronized (messages) {
            return messages.contents().isWaiting(offset);
        }
    }

    @Override
    public boolean isDone(long offset) {
        synchronized (messages) {
            return Flags.areDone(messages.contents().flags(offset));
        }
    }

    boolean isRefused(long offset) {
        synchronized (messages) {
            return (messages.contents().flags(offset) & Flags.REFUSED) != 0;
        }
    }

    @Override
    public Optional<Durability> done(long offset, boolean refused, boolean keep, boolean urgent, List<Note> along) {
        if (!keep) {
            return discard(offset, urgent, along);
        }
        byte flags = Flags.done(refused);
        Operation record;
        Add needless = null;
        synchronized (messages) {
            Contents contents = messages.contents();
            if (!contents.isWaiting(offset) || contents.underway().isPending(offset)) {
                return Optional.empty();
            }
            contents.done(offset, flags);
            Add add = contents.underway().get(offset);
            if (add != null && add.takeBack()) {
                needless = add;
                Alongside beside = Alongside.joined(messages, add.along(), along);
                Add instead = new Add(messages, add.queue(), offset, add.message(), false, flags, beside);
                contents.settled(offset);
                contents.underway(instead);
                record = instead;
                submit(instead, urgent);
            } else {
                Finish finish = new Finish(messages, offset, flags, urgent, Alongside.joined(messages, null, along));
                record = finish;
                if (add == null) {
                    stores.commits().submit(finish);
                } else {
                    Departure.follow(add, finish);
                }
            }
        }
        if (needless != null) {
            // whoever sent it was promised that it is on the disk or done
            needless.settledBy(needless.along() == null ? null : record);
        }
        return Optional.of(record);
    }

    private void submit(Add add, boolean urgent) {
        if (urgent) {
            stores.commits().submit(add);
        } else {
            stores.commits().submitDelayed(add);
        }
    }

    private Optional<Durability> discard(long offset, boolean urgent, List<Note> along) {
        if (!isWaiting(offset) || isPending(offset)) {
            return Optional.empty();
        }
        // another may have been faster
        return Optional.ofNullable(messages.remove(offset, urgent, true, true, along));
    }

    @Override
    public void done(TransactionId transaction, long offset, boolean refused, boolean keep, List<Note> along) {
        stores.transactions().done(transaction, messages, offset, keep ? Flags.done(refused) : Flags.NONE, along);
    }

    @Override
    public Optional<Durability> remove(long offset, boolean trimmed, boolean urgent, List<Note> along) {
        return Optional.ofNullable(messages.remove(offset, urgent, true, trimmed, along));
    }

    @Override
    public Optional<Durability> noteWaiting(long offset, List<Note> notes) {
        synchronized (messages) {
            if (!messages.contents().isWaiting(offset)
                    || messages.contents().underway().isPending(offset)) {
                return Optional.empty();
            }
            Alongside noted = Alongside.of(messages, notes);
            stores.commits().submit(noted);
            return Optional.of(noted);
        }
    }

    @Override
    public int waiting() {
        return messages.count();
    }

    @Override
    public int history() {
        synchronized (messages) {
            return messages.contents().history().size();
        }
    }

    @Override
    public long historyBytes() {
        synchronized (messages) {
            return messages.contents().history().bytes();
        }
    }

    @Override
    public long oldestDone() {
        synchronized (messages) {
            return messages.contents().history().next(Long.MIN_VALUE);
        }
    }

    @Override
    public void purge(List<Note> kept) throws IOException {
        store.purge(kept);
    }
}
