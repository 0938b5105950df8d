package gatepost.store.queue;

/** What can be true of a message of an inbox, as bits. The journal keeps all eight, and knows none. */
final class Flags {

    static final byte NONE = 0;
    /** Nobody waits for it any more, and it is kept as history. */
    static final byte DONE = 1;
    /** It is done since the owner would not have it. */
    static final byte REFUSED = 2;

    private Flags() {}

    static byte done(boolean refused) {
        return refused ? DONE | REFUSED : DONE;
    }

    static boolean areDone(byte flags) {
        return (flags & DONE) != 0;
    }
}
