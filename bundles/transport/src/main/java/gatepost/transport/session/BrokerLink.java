package gatepost.transport.session;

import gatepost.transport.connector.CloseReason;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.activemq.command.Command;
import org.apache.activemq.command.ExceptionResponse;
import org.apache.activemq.command.Response;
import org.apache.activemq.transport.TransportListener;

/**
 * The way from a session into ActiveMQ's connection. ActiveMQ serves a command on the calling thread and hands back the
 * response, before it returns, through the transport's {@code oneway}, so a request is a plain method call here.
 *
 * <p>Used by the session's thread only, except {@link #response}, which that same thread calls from within a request.
 */
final class BrokerLink {

    private final Supplier<TransportListener> broker;
    private int lastCommandId;
    private Response response;

    BrokerLink(TransportListener broker) {
        this(() -> broker);
    }

    /** @param broker gives the listener, which ActiveMQ sets after the transport was made */
    BrokerLink(Supplier<TransportListener> broker) {
        this.broker = broker;
    }

    /**
     * Serves a command and waits until it is done: for a persistent message, until it is on the disk.
     *
     * @param doing what is being tried, for a message to the client
     * @throws Refusal when the broker or the gate refuses it
     */
    void request(Command command, String doing) throws Refusal {
        Optional<Throwable> failure = ask(command);
        if (failure.isPresent()) {
            throw Refusal.of(failure.get(), doing);
        }
    }

    /**
     * As {@link #request}.
     *
     * @return why the broker or the gate refuses it; nothing when it is done
     * @throws Refusal when nobody is there to be asked
     */
    Optional<Throwable> ask(Command command) throws Refusal {
        command.setResponseRequired(true);
        command.setCommandId(++lastCommandId);
        response = null;
        broker.get().onCommand(command);
        if (response == null) {
            throw new Refusal("the connection is closing", CloseReason.GOING_AWAY);
        }
        return response instanceof ExceptionResponse failure ? Optional.of(failure.getException()) : Optional.empty();
    }

    /** Serves a command without waiting for the disk; a failure comes back as a ConnectionError. */
    void send(Command command) {
        command.setResponseRequired(false);
        command.setCommandId(++lastCommandId);
        broker.get().onCommand(command);
    }

    void response(Response answer) {
        response = answer;
    }
}
