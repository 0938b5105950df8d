package gatepost.contracts;

import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQMessage;

/**
 * Whether whoever is signed in may do something, asked on their own connection by a part of Gatepost that does it for them. It goes to the
 * gate as a message does, is judged and written down as one, and goes no further.
 */
public final class GateQuestion extends ActiveMQMessage {

    /** What somebody may do with a destination, as the entry map has it. */
    public enum Right {
        READ,
        WRITE,
        ADMIN
    }

    private final Right right;
    private boolean granted;

    public GateQuestion(Right right, ActiveMQDestination destination) {
        this.right = right;
        setDestination(destination);
        setPersistent(false);
    }

    public Right right() {
        return right;
    }

    /** The gate says yes; it says no by an exception. */
    public void grant() {
        granted = true;
    }

    /** @return whether the gate has said yes: without a gate nobody has */
    public boolean isGranted() {
        return granted;
    }
}
