package gatepost.broker.region;

import java.util.List;
import org.apache.activemq.broker.region.MessageReference;

/**
 * Looks through the messages of a queue for those that a reader wants. ActiveMQ's cursors hand all over, and its queue stops when 200 of
 * them wait for a reader: whose selector matches none of those gets nothing ever. What no reader wants is passed over, and looked
 * through in its order, before anything else, when there is a reader who may want it.
 *
 * <p>ActiveMQ's queue holds a lock while it uses it.
 */
final class SelectiveLook {

    /** So many messages that nobody wants are looked at before other queues get their turn. */
    static final int LOOKED_AT_IN_A_TURN = 500;

    /** Takes the message that was given last from where it is. */
    @FunctionalInterface
    interface Removal {

        void remove();
    }

    /** The messages that were not looked at yet, as ActiveMQ's cursor gives them. */
    interface Fresh extends Removal {

        boolean hasNext();

        MessageReference next();
    }

    /** There was no room for it where those are that nobody wants. */
    private static final Removal REMOVED = () -> {};

    private final Selection selection;
    private final Fresh fresh;
    private final List<PassedOver> passedOver;
    private Readers readers = Readers.OF_ALL;
    private int left;
    private boolean unfinished;
    private boolean given;
    private boolean again;
    /** What {@link #hasNext} found and {@link #next} gives. */
    private MessageReference found;

    private Removal removal;

    /** @param passedOver of each kind, the last one takes any */
    SelectiveLook(Selection selection, Fresh fresh, PassedOver... passedOver) {
        this.selection = selection;
        this.fresh = fresh;
        this.passedOver = List.of(passedOver);
    }

    /**
     * @param left how many there are that were not looked at yet
     * @param waiting how many wait for a reader
     * @return whether to go on, because its turn was over, or all that it gave was taken at once; says so once
     */
    boolean goesOn(int left, int waiting) {
        boolean goesOn = unfinished || given && left > 0 && waiting == 0;
        unfinished = false;
        given = false;
        return goesOn;
    }

    /** @return how many there are that nobody wanted */
    int size() {
        int size = 0;
        for (PassedOver kind : passedOver) {
            size += kind.size();
        }
        return size;
    }

    /** What nobody wanted may have expired, and is looked through once more. */
    void lookAgain() {
        again = true;
    }

    void begin() {
        left = LOOKED_AT_IN_A_TURN;
        unfinished = false;
        passedOver.forEach(PassedOver::begin);
        Readers now = selection.readers();
        if (again || now.mayWantMoreThan(readers)) {
            again = false;
            passedOver.forEach(PassedOver::rewind);
        }
        readers = now;
    }

    boolean hasNext() {
        if (found == null && findAgain()) {
            find();
        }
        return found != null;
    }

    /** @return whether all that nobody wanted was looked at, and nobody wants it now */
    private boolean findAgain() {
        for (PassedOver kind : passedOver) {
            while (kind.hasNext()) {
                if (!isMyTurn()) {
                    return false;
                }
                MessageReference message = kind.current();
                if (message == null) {
                    continue;
                }
                if (readers.want(message)) {
                    found(message, kind::remove);
                    return false;
                }
                left--;
                if (!kind.pass()) {
                    found(message, REMOVED);
                    return false;
                }
            }
        }
        return true;
    }

    private void find() {
        while (isMyTurn() && fresh.hasNext()) {
            MessageReference message = fresh.next();
            if (readers.want(message)) {
                found(message, fresh);
                return;
            }
            left--;
            fresh.remove();
            if (!isKept(message)) {
                found(message, REMOVED);
                return;
            }
        }
    }

    private boolean isKept(MessageReference message) {
        for (PassedOver kind : passedOver) {
            if (kind.takes(message)) {
                return kind.add(message);
            }
        }
        return false;
    }

    private void found(MessageReference message, Removal remove) {
        found = message;
        removal = remove;
    }

    private boolean isMyTurn() {
        unfinished = left <= 0;
        return !unfinished;
    }

    MessageReference next() {
        if (!hasNext()) {
            return null;
        }
        MessageReference next = found;
        found = null;
        given = true;
        return next;
    }

    /** Removes what was given last. */
    void remove() {
        removal.remove();
    }

    void end() {
        if (found != null) {
            found.decrementReferenceCount();
            found = null;
        }
        passedOver.forEach(PassedOver::end);
    }

    /** Everything is read from the store again. */
    void reread() {
        passedOver.forEach(PassedOver::reread);
    }

    void close() {
        passedOver.forEach(PassedOver::close);
    }
}
