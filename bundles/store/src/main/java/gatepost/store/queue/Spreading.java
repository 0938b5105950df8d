package gatepost.store.queue;

import gatepost.contracts.Reach;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.Message;

/** One message for many inboxes, whether the broker has them or not. Any thread. */
public final class Spreading {

    private final QueueStores stores;
    private final StoredMessages sender;

    /** @param sender the queue that it was sent to, whose notes come along */
    Spreading(StoredMessages sender) {
        this.sender = sender;
        this.stores = sender.stores();
    }

    /** Whoever has to be told what became of inboxes. */
    public interface Listener {

        /**
         * One that the broker has has the message.
         *
         * @param message as its own
         */
        void arrived(ActiveMQQueue inbox, long offset, Message message);

        /** In one that the broker does not have, the oldest message has gone for it. */
        void dropped(ActiveMQQueue inbox);
    }

    /**
     * Puts it into all that have room, and has it written; takes milliseconds for thousands of them.
     *
     * @param limits of each inbox
     * @param along asked once, when all have it
     * @param listener is told afterwards
     * @return safe when it is on the disk
     * @throws IOException when it cannot be taken; then nobody has it
     */
    public SharedAdd spread(
            Message message,
            Collection<ActiveMQQueue> inboxes,
            InboxLimits limits,
            Function<Reach, List<Note>> along,
            Listener listener)
            throws IOException {
        int loaded = (int) inboxes.stream().filter(this::isLoaded).count();
        stores.reserve(loaded + 1);
        long number = stores.sequences().take();
        List<Add> adds = new ArrayList<>(inboxes.size());
        int size = message.getSize();
        for (ActiveMQQueue inbox : inboxes) {
            stores.with(inbox, store -> {
                if (limits.admit(store.kept().messages(), store.kept().bytes(), size)) {
                    adds.add(store.beginShared(message, number));
                }
            });
        }
        Reach reach = new Reach(adds.size(), inboxes.size() - adds.size());
        SharedAdd shared = write(message, number, adds, () -> along.apply(reach));
        shared.reach(reach);
        stores.commits().submit(shared);
        for (Add add : adds) {
            if (add.store().attachment().isDetached()) {
                makeRoom(add, limits, listener);
            } else {
                tell(add, message, listener);
            }
        }
        return shared;
    }

    private SharedAdd write(Message message, long number, List<Add> adds, Supplier<List<Note>> along)
            throws IOException {
        boolean whole = false;
        try {
            if (adds.stream().anyMatch(add -> !stores.sequences().isReserved(add.sequence()))) {
                throw new IOException("messages come faster than the store can number them");
            }
            List<Note> notes = along.get();
            synchronized (sender) {
                Alongside beside = Alongside.of(sender, new Along(notes, 0));
                SharedAdd shared = new SharedAdd(message, number, adds, sender, beside);
                whole = true;
                return shared;
            }
        } finally {
            if (!whole) {
                adds.forEach(add -> Arrival.lost(add.store(), add));
            }
        }
    }

    private static void tell(Add add, Message message, Listener listener) {
        Message own = add.store().own(message);
        own.getMessageId().setFutureOrSequenceLong(add.sequence());
        listener.arrived(add.store().queue(), add.sequence(), own);
    }

    private static void makeRoom(Add add, InboxLimits limits, Listener listener) {
        StoredMessages store = add.store();
        while (limits.areExceeded(store.kept().messages(), store.kept().bytes())) {
            long oldest = store.after(Long.MIN_VALUE);
            if (oldest >= add.sequence() || store.remove(oldest, false, true, true) == null) {
                return;
            }
            listener.dropped(store.queue());
        }
    }

    private boolean isLoaded(ActiveMQQueue inbox) {
        StoredMessages known = stores.messages(inbox.getPhysicalName());
        return known != null && !known.attachment().isDetached();
    }
}
