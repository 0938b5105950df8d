package gatepost.store.queue;

import gatepost.contracts.inbox.Note;
import gatepost.store.journal.Batch;
import gatepost.store.journal.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a transaction does, as one record: all of it or nothing is there after a crash. */
final class Group extends Operation {

    private final List<Operation> members;
    private final List<Operation> encoded = new ArrayList<>();

    Group(List<Operation> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public boolean encode(Batch batch) {
        batch.beginGroup();
        for (Operation member : members) {
            if (member.encode(batch)) {
                encoded.add(member);
            } else if (member.failure().isPresent()) {
                // all of it or nothing
                batch.cancelGroup();
                lost(member.failure().get());
                return false;
            }
        }
        batch.endGroup();
        return true;
    }

    @Override
    public void written(Written where) {
        for (Operation member : encoded) {
            member.written(where);
            member.safe();
        }
    }

    @Override
    public void lost(IOException reason) {
        for (Operation member : members) {
            if (!member.isSettled()) {
                member.lost(reason);
            }
        }
        failed(reason);
    }

    /** A message is done by a transaction: until it is written the message waits, and does so on if that fails. */
    static final class Done extends Operation {

        private final StoredMessages store;
        private final long queue;
        private final long sequence;
        private final byte flags;

        Done(StoredMessages store, long queue, long sequence, byte flags) {
            this.store = store;
            this.queue = queue;
            this.sequence = sequence;
            this.flags = flags;
        }

        @Override
        public boolean encode(Batch batch) {
            batch.flags(queue, sequence, (byte) (flags | store.marks(queue, sequence)));
            return true;
        }

        @Override
        public void written(Written where) {
            store.done(sequence, flags);
        }

        @Override
        public void lost(IOException reason) {
            failed(reason);
        }
    }

    /** What is remembered when a transaction is committed: until it is written nobody knows it, and nobody does if that fails. */
    static final class Noted extends Operation {

        private final StoredMessages store;
        private final Alongside notes;

        Noted(StoredMessages store, List<Note> notes) {
            this.store = store;
            synchronized (store) {
                this.notes = Alongside.pending(store, notes);
            }
        }

        @Override
        public boolean encode(Batch batch) {
            notes.members(batch);
            return true;
        }

        @Override
        public void written(Written where) {
            notes.written(where, this);
        }

        @Override
        public void lost(IOException reason) {
            synchronized (store) {
                notes.undo();
            }
            failed(reason);
        }
    }

    /** The removal of a message by a transaction: until it is written the message is there, and stays there if that fails. */
    static final class Removal extends Operation {

        private final StoredMessages store;
        private final long queue;
        private final long sequence;

        Removal(StoredMessages store, long queue, long sequence) {
            this.store = store;
            this.queue = queue;
            this.sequence = sequence;
        }

        @Override
        public boolean encode(Batch batch) {
            batch.remove(queue, sequence);
            return true;
        }

        @Override
        public void written(Written where) {
            store.forget(sequence);
        }

        @Override
        public void lost(IOException reason) {
            failed(reason);
        }
    }
}
