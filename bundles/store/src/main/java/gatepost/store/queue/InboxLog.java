package gatepost.store.queue;

import gatepost.contracts.Durability;
import gatepost.contracts.inbox.Along;
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

    private final QueueStore store;
    private final StoredMessages messages;
    private final QueueStores stores;
    private final QueueReader reader;
    private volatile Epoch epoch;

    InboxLog(QueueStore store, StoredMessages messages, QueueReader reader) {
        this.store = store;
        this.messages = messages;
        this.stores = messages.stores();
        this.reader = reader;
    }

    @Override
    public String epoch() {
        long number = messages.definition().number();
        Epoch known = epoch;
        if (known == null || known.number() != number) {
            known = new Epoch(
                    number,
                    Long.toString(stores.sequences().epoch(), Character.MAX_RADIX)
                            + "-"
                            + Long.toString(number, Character.MAX_RADIX));
            epoch = known;
        }
        return known.text();
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
    public Durability add(ConnectionContext context, Message message, boolean delayed, LongFunction<Along> along) {
        throw new UnsupportedOperationException("notes are not stored yet");
    }

    @Override
    public Map<String, byte[]> notes() {
        return Map.of();
    }

    @Override
    public Durability note(Note note, boolean urgent) {
        throw new UnsupportedOperationException("notes are not stored yet");
    }

    @Override
    public Optional<Marked> mark(long offset, gatepost.contracts.inbox.Mark mark, boolean on, boolean urgent) {
        throw new UnsupportedOperationException("marks are not stored yet");
    }

    @Override
    public Optional<Marked> markUpTo(long offset, gatepost.contracts.inbox.Mark mark, boolean on, boolean urgent) {
        throw new UnsupportedOperationException("marks are not stored yet");
    }

    @Override
    public Set<gatepost.contracts.inbox.Mark> marks(long offset) {
        return Set.of();
    }

    @Override
    public int unread() {
        return 0;
    }

    @Override
    public int above(long offset) {
        return 0;
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
            return visible(Math.min(contents.next(offset), contents.nextDone(offset)));
        }
    }

    private long visible(long offset) {
        return messages.contents().isPending(offset) ? Long.MAX_VALUE : offset;
    }

    boolean isPending(long offset) {
        synchronized (messages) {
            return messages.contents().isPending(offset);
        }
    }

    @Override
    public boolean isPendingAfter(long offset) {
        synchronized (messages) {
            return messages.contents().isPending(messages.contents().next(offset));
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
    public Optional<Durability> done(long offset, boolean refused, boolean keep, boolean urgent) {
        if (!keep) {
            return discard(offset, urgent);
        }
        byte flags = Flags.done(refused);
        Operation record;
        Add needless = null;
        synchronized (messages) {
            Contents contents = messages.contents();
            if (!contents.isWaiting(offset) || contents.isPending(offset)) {
                return Optional.empty();
            }
            contents.done(offset, flags);
            Add add = contents.unwritten(offset);
            if (add != null && add.takeBack()) {
                needless = add;
                Add instead = new Add(messages, add.queue(), offset, add.message(), false, flags);
                contents.release(offset);
                contents.write(instead);
                record = instead;
                submit(instead, urgent);
            } else {
                record = new Mark(stores.commits(), messages.definition().number(), offset, flags, urgent);
                if (add == null) {
                    stores.commits().submit(record);
                } else {
                    StoredMessages.follow(add, record);
                }
            }
        }
        if (needless != null) {
            // whoever sent it was promised that it is on the disk or done
            needless.settled();
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

    private Optional<Durability> discard(long offset, boolean urgent) {
        if (!isWaiting(offset) || isPending(offset)) {
            return Optional.empty();
        }
        // another may have been faster
        return Optional.ofNullable(messages.remove(offset, urgent, true, true));
    }

    @Override
    public void done(TransactionId transaction, long offset, boolean refused, boolean keep) {
        if (keep) {
            stores.transactions().done(transaction, messages, offset, Flags.done(refused));
        } else {
            stores.transactions().remove(transaction, messages, offset);
        }
    }

    @Override
    public void remove(long offset, boolean trimmed) {
        messages.remove(offset, false, true, trimmed);
    }

    @Override
    public int waiting() {
        return messages.count();
    }

    @Override
    public int history() {
        synchronized (messages) {
            return messages.contents().doneSize();
        }
    }

    @Override
    public long historyBytes() {
        synchronized (messages) {
            return messages.contents().doneBytes();
        }
    }

    @Override
    public long oldestDone() {
        synchronized (messages) {
            return messages.contents().nextDone(Long.MIN_VALUE);
        }
    }

    @Override
    public void purge(List<Note> kept) throws IOException {
        store.removeAllMessages(null);
    }
}
