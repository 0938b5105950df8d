package gatepost.contracts.http;

import gatepost.contracts.Account;
import gatepost.contracts.Durability;
import gatepost.contracts.GateQuestion.Right;
import gatepost.contracts.InboxPage.Stored;
import gatepost.contracts.InboxRequest;
import java.util.Map;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;

/** A session with the broker of whoever calls over HTTP. The gate judges what it does as it does that of any client. Its own thread only. */
public interface CallSession {

    /**
     * A message as its readers get it.
     *
     * @param headers those of a MESSAGE frame (STOMP 1.2) that do not speak of the subscription
     */
    record Described(Map<String, String> headers, byte[] body) {}

    Account account();

    /** @return where the client connects from, as a URI */
    String address();

    /**
     * Sends a message, as a SEND frame with a receipt does.
     *
     * @param queue neither a pattern nor several, and without options
     * @param headers as on the frame, without {@code destination} and {@code receipt}
     * @param body is taken over
     * @return settled when its receipt would come, or when there is no hope of it
     */
    Durability send(ActiveMQQueue queue, Map<String, String> headers, byte[] body) throws CallRefused;

    /**
     * Asks something of an inbox.
     *
     * @return settled when what was changed is on the disk
     */
    Durability ask(InboxRequest request) throws CallRefused;

    /** @throws CallRefused unless the gate lets the caller do that with a destination, which may be a pattern */
    void require(Right right, ActiveMQDestination destination) throws CallRefused;

    /**
     * @return whether {@link #require} lets it pass; a denial is written down as there
     * @throws CallRefused when the gate could not be asked
     */
    default boolean may(Right right, ActiveMQDestination destination) throws CallRefused {
        try {
            require(right, destination);
            return true;
        } catch (CallRefused e) {
            if (e.reason() == CallRefused.Reason.DENIED) {
                return false;
            }
            throw e;
        }
    }

    /** @throws CallRefused when it cannot be read */
    Described describe(Stored stored, String epoch) throws CallRefused;
}
