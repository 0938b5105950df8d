package gatepost.broker.trace;

import gatepost.broker.trace.TraceEvent.Kind;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.MessageId;

/** Remembers of one message to an audience where it has come. Any thread. */
public final class SpreadTrace {

    private static final String FULL = "the inbox is full";

    private final Trace trace;
    private final MessageId message;
    private final SentToMany sender;

    SpreadTrace(Trace trace, MessageId message, SentToMany sender) {
        this.trace = trace;
        this.message = message;
        this.sender = sender;
    }

    /** An inbox that is in memory has it. */
    public void arrived(ActiveMQQueue inbox) {
        trace.add(inbox, Kind.SPREAD, message, sender);
    }

    /** One that is not has it. There may be very many, of which most are asked for by nobody: what waits there tells of itself. */
    public void kept(ActiveMQQueue inbox) {
        trace.addToKnown(inbox, Kind.SPREAD, message, sender);
    }

    /** One has no room for it. */
    public void skipped(ActiveMQQueue inbox) {
        trace.refusedByKnown(inbox, message, sender, FULL);
    }

    /** It is on the disk. */
    public void isStored() {
        sender.isStored();
    }
}
