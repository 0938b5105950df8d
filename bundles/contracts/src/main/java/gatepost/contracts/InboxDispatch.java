package gatepost.contracts;

import org.apache.activemq.command.MessageDispatch;

/**
 * A message of an inbox on its way to one subscription. The message itself is shared by all of them; what is said of it to this one
 * stands here. Written by the inbox before it is handed over, and not changed after that.
 */
public final class InboxDispatch extends MessageDispatch {

    private final String epoch;
    private final long offset;
    private final boolean gap;
    private final boolean redelivered;
    private final String state;
    private final long replaces;

    /**
     * @param epoch of the inbox
     * @param offset in it; 0 for a message that has none, since it is not persistent
     * @param gap whether something before it may be missing
     * @param redelivered whether an earlier subscription of the same account had it and ended
     * @param state what is true of it, such as {@code done}, separated by commas; empty for nothing
     * @param replaces the offset of the one in whose place it came, 0 for none
     */
    public InboxDispatch(String epoch, long offset, boolean gap, boolean redelivered, String state, long replaces) {
        this.epoch = epoch;
        this.offset = offset;
        this.gap = gap;
        this.redelivered = redelivered;
        this.state = state;
        this.replaces = replaces;
    }

    public String epoch() {
        return epoch;
    }

    /** @return 0 when it has none */
    public long offset() {
        return offset;
    }

    public boolean isGap() {
        return gap;
    }

    public boolean isRedelivered() {
        return redelivered;
    }

    public String state() {
        return state;
    }

    /** @return the offset of the one in whose place it came, 0 for none */
    public long replaces() {
        return replaces;
    }
}
