package gatepost.store.queue;

import gatepost.contracts.QuotaReached;
import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Operation;
import gatepost.store.quota.Admission.Wish;
import gatepost.store.quota.Reservation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageId;
import org.apache.activemq.command.TransactionId;

/** What transactions have done to queues so far. It is written when one is committed, as one record. */
public final class QueueTransactions {

    private record Sent(StoredMessages store, ConnectionContext context, Message message) {}

    /**
     * @param flags what is true of it from then on, 0 when it goes
     * @param notes what is remembered with that
     */
    private record Taken(StoredMessages store, long sequence, byte flags, List<Note> notes) {

        void addTo(List<Operation> members) {
            long queue = store.definition().number();
            members.add(
                    flags == Flags.NONE
                            ? new Group.Removal(store, queue, sequence)
                            : new Group.Done(store, queue, sequence, flags));
            if (!notes.isEmpty()) {
                members.add(new Group.Noted(store, notes));
            }
        }
    }

    private record Work(List<Sent> sent, List<Taken> taken) {}

    /** What is being written of a transaction, and what it sends. */
    record Committing(Group group, List<Sending> sending) {}

    record Sending(Add add, MessageId identity) {}

    private final QueueStores stores;
    private final Map<TransactionId, Work> open = new ConcurrentHashMap<>();

    QueueTransactions(QueueStores stores) {
        this.stores = stores;
    }

    void add(TransactionId transaction, StoredMessages store, ConnectionContext context, Message message) {
        open.computeIfAbsent(transaction, key -> new Work(new ArrayList<>(), new ArrayList<>()))
                .sent()
                .add(new Sent(store, context, message));
    }

    void remove(TransactionId transaction, StoredMessages store, long sequence) {
        take(transaction, new Taken(store, sequence, Flags.NONE, List.of()));
    }

    /**
     * It is done once the transaction is committed.
     *
     * @param flags what is true of it from then on, {@link Flags#NONE} when it goes
     * @param notes what is remembered with that
     */
    void done(TransactionId transaction, StoredMessages store, long sequence, byte flags, List<Note> notes) {
        take(transaction, new Taken(store, sequence, flags, notes));
    }

    private void take(TransactionId transaction, Taken taken) {
        open.computeIfAbsent(transaction, key -> new Work(new ArrayList<>(), new ArrayList<>()))
                .taken()
                .add(taken);
    }

    /** Returns when all of it is on the disk. @throws IOException when none of it is, a {@link QuotaReached} being the cause of one */
    public void commit(TransactionId transaction) throws IOException {
        Optional<Committing> committing = begin(transaction);
        if (committing.isPresent()) {
            committing.get().group().await();
            // only now the broker may send them on
            committing
                    .get()
                    .sending()
                    .forEach(sent ->
                            sent.identity().setFutureOrSequenceLong(sent.add().sequence()));
        }
    }

    /** Hands it over to be written. @return nothing when it did nothing */
    Optional<Committing> begin(TransactionId transaction) throws IOException {
        Work work = open.remove(transaction);
        if (work == null) {
            return Optional.empty();
        }
        for (Taken taken : work.taken()) {
            Add unwritten = taken.store().unwritten(taken.sequence());
            if (unwritten != null) {
                // its removal must not come before it in the journal, in which both come in the order in which they
                // were handed over
                stores.commits().submit(unwritten);
            }
        }
        stores.reserve(work.sent().size());
        try (Reservation room = admit(work.sent())) {
            return Optional.of(write(work));
        } catch (QuotaReached e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Takes room for all that the transaction has sent, or for nothing. */
    private Reservation admit(List<Sent> sent) throws QuotaReached {
        Map<StoredMessages, Wish> wishes = new LinkedHashMap<>();
        for (Sent one : sent) {
            wishes.merge(
                    one.store(),
                    new Wish(
                            one.store().kept(),
                            one.store().isInbox(),
                            one.message().getSize(),
                            1),
                    Wish::and);
        }
        return stores.admission().admit(sent.isEmpty() ? null : sent.get(0).context(), List.copyOf(wishes.values()));
    }

    private Committing write(Work work) throws IOException {
        List<Operation> members = new ArrayList<>();
        List<Sending> sending = new ArrayList<>();
        for (Sent sent : work.sent()) {
            Add add = sent.store().begin(sent.context(), sent.message());
            members.add(add);
            sending.add(new Sending(add, sent.message().getMessageId()));
        }
        for (Taken taken : work.taken()) {
            taken.addTo(members);
        }
        Group group = new Group(members);
        stores.commits().submit(group);
        return new Committing(group, sending);
    }

    public void rollback(TransactionId transaction) {
        open.remove(transaction);
    }
}
