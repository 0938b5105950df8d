package gatepost.store.queue;

import gatepost.contracts.Reach;
import gatepost.contracts.inbox.Along;
import gatepost.contracts.inbox.InboxLimits;
import gatepost.contracts.inbox.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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

        /** One that the broker does not have has the message, which is about to be written. */
        default void kept(ActiveMQQueue inbox) {}

        /** One has no room, and does not get it. */
        default void skipped(ActiveMQQueue inbox) {}

        /** In one that the broker does not have, the oldest message has gone for it. */
        void dropped(ActiveMQQueue inbox);
    }

    /**
     * Puts it into all that have room, and has it written; takes milliseconds for thousands of them. Those that the broker has are told
     * first: should it fail after that, they had a message that is not there, as when the disk fails.
     *
     * @param limits of each inbox
     * @param along asked once, when all have it
     * @param listener is told of each
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
        // whoever is there has it before the others are gone through, who may be many
        List<ActiveMQQueue> there = new ArrayList<>();
        List<ActiveMQQueue> away = new ArrayList<>(inboxes.size());
        inboxes.forEach(inbox -> (isLoaded(inbox) ? there : away).add(inbox));
        stores.reserve(there.size() + 1);
        long number = stores.sequences().take();
        int size = message.getSize();
        List<Add> adds = new ArrayList<>(inboxes.size());
        Consumer<StoredMessages> begin = store -> {
            if (limits.admit(store.kept().messages(), store.kept().bytes(), size)) {
                adds.add(store.beginShared(message, number));
            } else {
                listener.skipped(store.queue());
            }
        };
        List<Add> untold = new ArrayList<>(away.size());
        SharedAdd shared = null;
        try {
            begin(there, begin, adds);
            adds.stream().filter(add -> !tell(add, message, listener)).forEach(untold::add);
            int begun = adds.size();
            begin(away, begin, adds);
            untold.addAll(adds.subList(begun, adds.size()));
            Reach reach = new Reach(adds.size(), inboxes.size() - adds.size());
            shared = record(message, number, adds, along.apply(reach));
            shared.reach(reach);
        } finally {
            if (shared == null) {
                adds.forEach(add -> Arrival.lost(add.store(), add));
            }
        }
        stores.commits().submit(shared);
        for (Add add : untold) {
            if (!tell(add, message, listener)) {
                listener.kept(add.store().queue());
                makeRoom(add, limits, listener);
            }
        }
        return shared;
    }

    private void begin(List<ActiveMQQueue> inboxes, Consumer<StoredMessages> begin, List<Add> adds) throws IOException {
        int before = adds.size();
        inboxes.forEach(inbox -> stores.with(inbox, begin));
        for (Add add : adds.subList(before, adds.size())) {
            if (!stores.sequences().isReserved(add.sequence())) {
                throw new IOException("messages come faster than the store can number them");
            }
        }
    }

    private SharedAdd record(Message message, long number, List<Add> adds, List<Note> notes) {
        synchronized (sender) {
            return new SharedAdd(message, number, adds, sender, Alongside.of(sender, new Along(notes, 0)));
        }
    }

    /** @return whether the broker has the inbox */
    private static boolean tell(Add add, Message message, Listener listener) {
        if (add.store().attachment().isDetached()) {
            return false;
        }
        Message own = add.store().own(message);
        own.getMessageId().setFutureOrSequenceLong(add.sequence());
        listener.arrived(add.store().queue(), add.sequence(), own);
        return true;
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
