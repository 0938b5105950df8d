package gatepost.store.queue;

import gatepost.store.journal.Batch;
import gatepost.store.journal.Cleaning;
import gatepost.store.journal.GroupCommit;
import gatepost.store.journal.Journal;
import java.util.Optional;

/**
 * Under which number the journal knows a queue, and where it says what that one is called: with the first message, not before.
 * Any thread, under the lock of the queue's {@link StoredMessages}.
 */
final class QueueDefinition {

    private static final long NOWHERE = 0;
    private static final long BEING_WRITTEN = -1;
    /** No queue has that number. */
    private static final long NOBODY = -1;

    private final Object lock;
    private final String name;
    private final Journal journal;
    private long number;
    private long location = NOWHERE;
    /** Whether the queue is an inbox, and whether the journal says so. */
    private boolean log;

    private boolean storedAsLog;
    private long trimmed;

    QueueDefinition(Object lock, String name, Journal journal, long number) {
        this.lock = lock;
        this.name = name;
        this.journal = journal;
        this.number = number;
    }

    /** It was found in the journal. */
    void recovered(FoundQueue found) {
        synchronized (lock) {
            location = found.definition();
            log = found.isLog();
            storedAsLog = log;
            trimmed = found.trimmed();
            if (location != NOWHERE) {
                journal.born(location);
            }
        }
    }

    /** From now on the queue is an inbox, if it was none. The journal is told with its first message, or at once if it has a name there. */
    void becomeLog(GroupCommit commits) {
        synchronized (lock) {
            if (!log) {
                log = true;
                if (location != NOWHERE) {
                    commits.submit(new Define(commits, this, number));
                }
            }
        }
    }

    boolean isLog() {
        synchronized (lock) {
            return log;
        }
    }

    /** @return the highest sequence that is not kept any more though it was done, 0 for none */
    long trimmed() {
        synchronized (lock) {
            return trimmed;
        }
    }

    /** What was done up to there is not all kept any more. */
    void trimmed(long sequence) {
        synchronized (lock) {
            trimmed = Math.max(trimmed, sequence);
        }
    }

    long number() {
        synchronized (lock) {
            return number;
        }
    }

    /** @return whether the queue still has that number, and was not emptied as a whole */
    boolean isOf(long queue) {
        synchronized (lock) {
            return queue == number;
        }
    }

    /** The queue was emptied as a whole, and gets another number, under which nothing is written yet. */
    void renumber(long next) {
        synchronized (lock) {
            giveUp();
            location = NOWHERE;
            number = next;
            trimmed = 0;
        }
    }

    /** @return whether there is nothing of it in the journal, nor on its way there */
    boolean isNowhere() {
        synchronized (lock) {
            return location == NOWHERE;
        }
    }

    boolean isAt(long where) {
        synchronized (lock) {
            return location == where;
        }
    }

    /** Writes it where the journal does not have it yet. @return the offset, or -1 */
    int write(Batch batch, long queue) {
        synchronized (lock) {
            if (location != NOWHERE || queue != number) {
                return -1;
            }
            location = BEING_WRITTEN;
            storedAsLog = log;
            return log ? batch.log(number, trimmed, name) : batch.queue(number, name);
        }
    }

    /** Writes that it is an inbox, where the journal does not say so yet. @return the offset, or -1 */
    int rewrite(Batch batch, long queue) {
        synchronized (lock) {
            if (queue != number || location != NOWHERE && storedAsLog) {
                return -1;
            }
            if (location == NOWHERE) {
                location = BEING_WRITTEN;
            }
            storedAsLog = true;
            return batch.log(number, trimmed, name);
        }
    }

    void rewritten(long queue, long where) {
        synchronized (lock) {
            if (queue == number) {
                if (isStored()) {
                    journal.died(location);
                }
                location = where;
                journal.born(where);
            }
        }
    }

    void written(long queue, long where) {
        synchronized (lock) {
            if (location == BEING_WRITTEN && queue == number) {
                location = where;
                journal.born(where);
            }
        }
    }

    /** It could not be written. */
    void lost(long queue) {
        synchronized (lock) {
            if (queue == number) {
                location = isStored() ? location : NOWHERE;
                storedAsLog = false;
            }
        }
    }

    /** The cleaning has copied it. */
    void moved(long from, long to) {
        synchronized (lock) {
            if (location == from) {
                journal.died(from);
                location = to;
                journal.born(to);
            }
        }
    }

    /** It need not be kept in the journal if it is there. */
    void giveUp() {
        synchronized (lock) {
            if (isStored()) {
                journal.died(location);
                location = NOWHERE;
            }
        }
    }

    /** The queue is forgotten. */
    void drop(GroupCommit commits) {
        synchronized (lock) {
            if (location != NOWHERE) {
                commits.submit(new Drop(commits, number));
            }
            giveUp();
            // what is still to be written of it must not bring it back
            number = NOBODY;
        }
    }

    /** @return what has to be said anew if that file is lost */
    Optional<Cleaning.Definition> in(Cleaning.Extent file) {
        synchronized (lock) {
            return isStored() && file.holds(location)
                    ? Optional.of(new Cleaning.Definition(number, name, storedAsLog, location))
                    : Optional.empty();
        }
    }

    private boolean isStored() {
        return location > 0;
    }
}
