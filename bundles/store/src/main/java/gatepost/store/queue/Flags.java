package gatepost.store.queue;

import gatepost.contracts.inbox.Mark;

/** What can be true of a message of an inbox, as bits. The journal keeps all eight, and knows none. */
final class Flags {

    static final byte NONE = 0;
    /** Nobody waits for it any more, and it is kept as history. */
    static final byte DONE = 1;
    /** It is done since the owner would not have it. */
    static final byte REFUSED = 2;
    /** The owner has read it, waiting or done. */
    static final byte READ = 4;

    static final byte ARCHIVED = 8;
    /** What the owner says of it, as often as he likes. */
    static final byte MARKS = READ | ARCHIVED;

    private Flags() {}

    static byte done(boolean refused) {
        return refused ? DONE | REFUSED : DONE;
    }

    static byte of(Mark mark) {
        return switch (mark) {
            case READ -> READ;
            case ARCHIVED -> ARCHIVED;
        };
    }

    static boolean areDone(byte flags) {
        return (flags & DONE) != 0;
    }

    static boolean areMarks(byte flags) {
        return (flags & MARKS) != 0;
    }
}
