package gatepost.store.quota;

/** How much is kept for one name: of a user, or in a queue. Any thread; its lock is held for a few additions only. */
public final class Charge {

    /** What became of a wish for more. */
    enum Outcome { TAKEN, FULL, GONE }

    private final String name;
    private long bytes;
    private long messages;
    /** Nothing is kept, and {@link Charges} has forgotten it: what comes is counted on another one. */
    private boolean gone;

    public Charge(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public synchronized long bytes() {
        return bytes;
    }

    public synchronized long messages() {
        return messages;
    }

    /** Counts what is there, whether it may be or not. @return false when this one is forgotten */
    public synchronized boolean add(long moreBytes, long moreMessages) {
        if (gone) {
            return false;
        }
        bytes += moreBytes;
        messages += moreMessages;
        return true;
    }

    /** Counts it if it stays within these, of which 0 is no limit. */
    synchronized Outcome reserve(long moreBytes, long moreMessages, long mostBytes, long mostMessages) {
        if (gone) {
            return Outcome.GONE;
        }
        if (mostBytes > 0 && bytes + moreBytes > mostBytes || mostMessages > 0 && messages + moreMessages > mostMessages) {
            return Outcome.FULL;
        }
        add(moreBytes, moreMessages);
        return Outcome.TAKEN;
    }

    /** Takes back what was counted. */
    public synchronized void subtract(long lessBytes, long lessMessages) {
        bytes -= lessBytes;
        messages -= lessMessages;
    }

    /** @return whether nothing is kept any more, so that it is to be forgotten */
    synchronized boolean retire() {
        gone |= messages == 0;
        return gone;
    }

    @Override
    public synchronized String toString() {
        return name + ": " + messages + " messages, " + bytes + " bytes";
    }
}
