package gatepost.store.queue;

import gatepost.contracts.inbox.Note;
import gatepost.store.journal.DamagedRecord;
import gatepost.store.journal.GroupCommit;
import gatepost.store.journal.Operation;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How messages go out of a queue, and what the journal is told of that. Any thread. */
final class Departure {

    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

    private Departure() {}

    /**
     * @param done whether nobody needs it any more, so that it need not be written when it is not yet
     * @param trim whether it goes since history holds only so much
     * @param notes what is remembered of that, in one record with it
     * @return what is being written for it, or what need not be written any more; {@code null} when there is no such message
     */
    static Operation of(
            StoredMessages messages, long sequence, boolean urgent, boolean done, boolean trim, List<Note> notes) {
        GroupCommit commits = messages.stores().commits();
        Add add;
        Alongside alone = null;
        synchronized (messages) {
            Contents contents = messages.contents();
            add = contents.underway().get(sequence);
            long location = contents.remove(sequence);
            if (location == 0) {
                return null;
            }
            boolean needless = add != null && done && add.takeBack();
            if (needless) {
                if (add.along() != null) {
                    add.along().sure();
                }
                alone = Alongside.joined(messages, add.along(), notes);
            }
            if (alone != null) {
                // not later than what says that it is done
                commits.submit(alone);
            }
            if (trim) {
                messages.definition().trimmed(sequence);
            }
            if (!needless || trim) {
                Alongside beside = needless ? null : Alongside.joined(messages, null, notes);
                Remove removal = new Remove(commits, messages.definition().number(), sequence, urgent, trim, beside);
                if (add == null || needless) {
                    messages.died(location);
                    // under the lock: whoever sees the queue empty may delete its name, after all that was handed over
                    // until then
                    commits.submit(removal);
                } else {
                    follow(add, removal);
                }
                if (!needless) {
                    return removal;
                }
            }
            contents.settled(sequence);
        }
        add.settledBy(alone);
        return add;
    }

    /** Has that written after the message; what was to follow it so far says less. */
    static void follow(Add add, Leaving next) {
        Leaving before = add.follow(next);
        if (before != null) {
            next.takeOver(before);
            next.whenSettled(before::safe);
        }
    }

    /** Another message comes in the place of that one, under the lock. @return whether there is one */
    static boolean replace(StoredMessages messages, long sequence) {
        Add add = messages.contents().underway().get(sequence);
        if (!messages.contents().replace(sequence)) {
            return false;
        }
        if (add != null) {
            // what says that it is gone must not come before it in the journal
            messages.stores().commits().submit(add);
        }
        return true;
    }

    /**
     * What should be a message is none: it is given up, so that it does not stop who reads the queue.
     *
     * @return false when it is no longer there anyway
     */
    static boolean lost(StoredMessages messages, long sequence, long location, DamagedRecord reason) {
        synchronized (messages) {
            if (messages.contents().get(sequence) != location) {
                return false;
            }
            lost(messages, sequence, location);
        }
        LOG.error("a message of {} is damaged on the disk, and lost", messages.queue(), reason);
        return true;
    }

    /** Gives up a message that should be there, under the lock. An inbox tells later that something is missing. */
    static void lost(StoredMessages messages, long sequence, long location) {
        QueueDefinition definition = messages.definition();
        GroupCommit commits = messages.stores().commits();
        messages.stores().journal().damaged(location);
        messages.contents().remove(sequence);
        messages.contents().replaced().remove(sequence);
        messages.died(location);
        if (definition.isLog()) {
            definition.trimmed(sequence);
            commits.submit(new Remove(commits, definition.number(), sequence, false, true, null));
        }
    }

    /**
     * Removes all messages and notes at once; nothing happens while the broker does not have the queue.
     *
     * @param kept what is remembered from then on
     * @return what is being written for it, which may be nothing
     */
    static List<Operation> all(StoredMessages messages, List<Note> kept) {
        GroupCommit commits = messages.stores().commits();
        List<Operation> records = new ArrayList<>();
        List<Add> waiting;
        synchronized (messages) {
            if (messages.attachment().isDetached()) {
                return List.of();
            }
            QueueDefinition definition = messages.definition();
            final boolean stored =
                    !definition.isNowhere() || !messages.contents().isVacant();
            final Drop drop = new Drop(commits, definition.number());
            waiting = messages.clear();
            definition.renumber(messages.stores().renumber(messages));
            // a crash leaves a beginning of these: with the first, the new number counts, and the old one is dropped
            if (!kept.isEmpty()) {
                records.add(Alongside.of(messages, kept));
            }
            if (definition.isLog()) {
                // the number is a part of what clients know it by
                records.add(new Define(commits, definition, definition.number()));
            }
            if (stored) {
                records.add(drop);
            }
            // under the lock, as a single removal
            records.forEach(commits::submit);
        }
        waiting.forEach(Add::settled);
        return records;
    }
}
